// A panel's frame: loads its code, and keeps an error of one panel from the others.

import { Component, type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Panel } from "../../panels/registry.ts";
import { firstViewEnds } from "../first-view.ts";

interface Props {
  readonly panel: Panel;
  readonly labelledBy: string;
}

/** Panels whose code was loaded. */
const loaded = new Map<string, ComponentType>();

export function PanelBody({ panel, labelledBy }: Props) {
  return (
    <div
      class="panel"
      id={`panel-${panel.id}`}
      role="tabpanel"
      aria-labelledby={labelledBy}
      data-panel={panel.id}
    >
      <Boundary title={panel.title}>
        <Loading panel={panel} />
      </Boundary>
    </div>
  );
}

function Loading({ panel }: { panel: Panel }) {
  const [failure, setFailure] = useState<Error | null>(null);
  const [, rerender] = useState(0);
  const Content = "content" in panel ? panel.content : loaded.get(panel.id);
  useEffect(() => {
    if ("content" in panel || Content) return;
    const show = ({ default: content }: { readonly default: ComponentType }) => {
      loaded.set(panel.id, content);
      rerender((count) => count + 1);
    };
    firstViewEnds.then(panel.load).then(show, setFailure);
  }, [panel]);
  if (failure) throw failure;
  return Content ? <Content /> : <p class="empty">Loading…</p>;
}

/** Shows what went wrong in a panel, and tries again when asked. */
class Boundary extends Component<{ title: string }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static override getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error): void {
    console.error(error);
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div class="empty" role="alert">
        <p>{this.props.title} cannot be shown.</p>
        <p class="quiet">{error.message}</p>
        <button type="button" class="button" onClick={() => this.setState({ error: null })}>
          Try again
        </button>
      </div>
    );
  }
}
