// docs/commands.md: the help of every command, written by `npm run generate`.

import { COMMANDS } from "./commands.ts";
import { commandHelp, overview } from "./help.ts";

export function writeCommandsPage(): string {
  const sections = COMMANDS.map((command) => `## ${command.name}\n\n\`\`\`\n${commandHelp(command)}\`\`\`\n`);
  return [
    "# Commands\n",
    "<!-- Generated from host/cli by scripts/generate.mjs: do not edit. -->\n",
    `\`\`\`\n${overview(COMMANDS)}\`\`\`\n`,
    ...sections,
  ].join("\n");
}
