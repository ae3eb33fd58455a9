// What lies over the page: a heading, a way to close it, and something to show.

import "../style/overlay.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { overlay } from "./view.ts";

interface Props {
  readonly title: string;
  readonly id: string;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

export function Dialog({ title, id, wide = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  const close = () => {
    overlay.value = "";
  };
  return (
    <dialog
      ref={dialog}
      class={wide ? "overlay overlay-wide" : "overlay"}
      aria-labelledby={`${id}-title`}
      onClose={close}
    >
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        <button
          type="button"
          class="button button-icon"
          aria-label="Close"
          title="Close (Escape)"
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="overlay-body">{children}</div>
    </dialog>
  );
}
