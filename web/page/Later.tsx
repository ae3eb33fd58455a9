// A component that is loaded when it is first shown, after the first view.

import type { ComponentChild, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { tell } from "./actions.ts";
import { firstViewEnds } from "./first-view.ts";

type Load = () => Promise<{ readonly default: ComponentType }>;

const loaded = new Map<Load, ComponentType>();

interface Props {
  readonly load: Load;
  /** What is in its place until then; default: nothing. */
  readonly placeholder?: ComponentChild;
}

export function Later({ load, placeholder = null }: Props) {
  const [, rerender] = useState(0);
  const Content = loaded.get(load);
  useEffect(() => {
    if (Content) return;
    firstViewEnds.then(load).then(
      ({ default: content }) => {
        loaded.set(load, content);
        rerender((count) => count + 1);
      },
      (error: Error) => tell(error.message),
    );
  }, [load]);
  return Content ? <Content /> : placeholder;
}
