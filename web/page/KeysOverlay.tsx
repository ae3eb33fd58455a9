// The list of all keys, over the page.

import { COMMANDS } from "./commands.ts";
import { Dialog } from "./Dialog.tsx";

export default function KeysOverlay() {
  return (
    <Dialog title="Keys" id="keys">
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
      <p class="quiet">
        Arrows move within tables, tabs and dividers; Tab goes on to the next part of the page. Keys that are
        typed into a field, the editor or the terminal are theirs.
      </p>
    </Dialog>
  );
}
