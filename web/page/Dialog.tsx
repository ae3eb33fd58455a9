// What lies over the page: a heading, a way to close it, and something to show.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { overlay } from "./view.ts";

export function Dialog({ title, id, children }: { title: string; id: string; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  const close = () => {
    overlay.value = "";
  };
  return (
    <dialog ref={dialog} class="overlay" aria-labelledby={`${id}-title`} onClose={close}>
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
