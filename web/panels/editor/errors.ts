// The assembler's errors, marked where they are, a moment after the typing stops.

import { linter, lintGutter, type Diagnostic as Mark } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { Diagnostic } from "../../../host/toolchain/diagnostics.ts";
import { machine } from "../../page/worker.ts";
import { draft, errors } from "./draft.ts";

const DELAY_MS = 250;

export const marks = [
  linter(
    async ({ state: { doc } }) => {
      const found = await find(doc.toString());
      return found.flatMap((one) => markOf(one, doc) ?? []);
    },
    { delay: DELAY_MS },
  ),
  lintGutter(),
];

async function find(text: string): Promise<readonly Diagnostic[]> {
  const name = draft.value?.name ?? "program";
  const found = await machine.sourceErrors(new URL("./", document.baseURI).href, name, text);
  if (draft.value?.text === text) errors.value = found;
  return found;
}

/** Where an error is in the text; one of a file that is included, or of the whole, is at the first line. */
function markOf({ file, line, column, message, expected }: Diagnostic, doc: Text): Mark | null {
  const isHere = file === `${draft.value?.name}.s` && line > 0;
  const { from, to, text } = doc.line(isHere ? Math.min(line, doc.lines) : 1);
  const start = isHere ? Math.min(Math.max(0, column - 1), text.length) : 0;
  const word = /^[\w.$%]+|^./.exec(text.slice(start))?.[0].length ?? 0;
  return {
    from: from + start,
    to: Math.min(to, from + start + Math.max(1, word)),
    severity: "error",
    message: `${isHere || line === 0 ? "" : `${file}:${line}: `}${message}${expected ? `; expected ${expected}` : ""}`,
  };
}
