// A component that is loaded when it is first shown.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { tell } from "./actions.ts";

type Load = () => Promise<{ readonly default: ComponentType }>;

const loaded = new Map<Load, ComponentType>();

export function Later({ load }: { load: Load }) {
  const [, rerender] = useState(0);
  const Content = loaded.get(load);
  useEffect(() => {
    if (Content) return;
    load().then(
      ({ default: content }) => {
        loaded.set(load, content);
        rerender((count) => count + 1);
      },
      (error: Error) => tell(error.message),
    );
  }, [load]);
  return Content ? <Content /> : null;
}
