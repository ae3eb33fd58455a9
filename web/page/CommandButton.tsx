// A button that performs a command; its tooltip names the keys that do the same.

import { type Command, tooltip } from "./commands.ts";
import { Icon } from "./Icon.tsx";

export function CommandButton({ command, words = false }: { command: Command; words?: boolean }) {
  return (
    <button
      type="button"
      class={words ? "button" : "button button-icon"}
      title={tooltip(command)}
      aria-label={command.title}
      aria-keyshortcuts={command.keys.map((key) => (key.length === 1 ? key.toUpperCase() : key)).join(" ")}
      disabled={!command.enabled()}
      onClick={command.perform}
      data-command={command.id}
    >
      <Icon name={command.icon} mirrored={command.isBack === true} />
      {words && <span>{command.title}</span>}
    </button>
  );
}
