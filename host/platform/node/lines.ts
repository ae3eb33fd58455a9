// Lines from a terminal by Node's readline. Between two lines the terminal is as it was, so that Ctrl-C is a signal
// while something runs.

import { createInterface } from "node:readline";
import type { Completer, LineEditor } from "../platform.ts";

const HISTORY_SIZE = 1000;

export function lineEditor(complete: Completer): LineEditor {
  let history: string[] = [];
  return {
    read: (prompt) =>
      new Promise((resolve) => {
        const lines = createInterface({
          input: process.stdin,
          output: process.stdout,
          completer: (line: string) => complete(line) as [string[], string],
          history,
          historySize: HISTORY_SIZE,
          removeHistoryDuplicates: true,
          prompt,
        });
        let answer: string | null = null;
        lines.on("history", (entries: string[]) => {
          history = entries;
        });
        lines.on("line", (line) => {
          answer = line;
          lines.close();
        });
        lines.on("SIGINT", () => {
          process.stdout.write("^C\n");
          lines.write(null, { ctrl: true, name: "u" });
          lines.prompt();
        });
        lines.on("close", () => resolve(answer));
        lines.prompt();
      }),
  };
}
