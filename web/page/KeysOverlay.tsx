// The list of all keys, over the page.

import { useEffect, useRef } from "preact/hooks";
import { COMMANDS } from "./commands.ts";
import { Icon } from "./Icon.tsx";
import { overlay } from "./view.ts";

export function KeysOverlay() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    overlay.value = "";
  };
  return (
    <dialog ref={dialog} class="overlay" aria-labelledby="keys-title" onClose={close}>
      <header>
        <h2 id="keys-title">Keys</h2>
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
      <table>
        <tbody>
          {COMMANDS.map(({ id, title, keys, help }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              <td class="keys">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{help}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </dialog>
  );
}
