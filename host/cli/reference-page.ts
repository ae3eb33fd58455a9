// docs/commands.md: the help of every command, written by `npm run generate`.

import { COMMANDS } from "./commands.ts";
import { DEBUGGER_COMMANDS, commandHelp as debuggerHelp } from "./debugger/table.ts";
import { commandHelp, overview } from "./help.ts";

/** Every command of the debugger, as its help explains it. */
function debuggerReference(): string[] {
  return DEBUGGER_COMMANDS.map((command) => {
    const [title, ...lines] = debuggerHelp(command);
    return `- \`${title}\`: ${lines.map((line) => (line.endsWith(".") ? line : `${line}.`)).join(" ")}`;
  });
}

export function writeCommandsPage(): string {
  const sections = COMMANDS.map((command) => `## ${command.name}\n\n\`\`\`\n${commandHelp(command)}\`\`\`\n`);
  return [
    "# Commands\n",
    "<!-- Generated from host/cli by scripts/generate.mjs: do not edit. -->\n",
    `\`\`\`\n${overview(COMMANDS)}\`\`\`\n`,
    ...sections,
    "## Commands of the debugger\n",
    ...debuggerReference(),
  ].join("\n");
}
