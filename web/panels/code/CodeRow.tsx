// One row of the code: gutter, source line, address, instruction.

import type { CodePicture, Listing } from "../../../host/picture/code.ts";
import { hexText } from "../../page/text.ts";
import { Line } from "../../source/Line.tsx";
import type { Row } from "./rows.ts";

interface Props {
  readonly number: number;
  readonly row: Row;
  readonly code: CodePicture;
  readonly listing: Listing;
  readonly source: readonly string[] | null;
  /** Instructions are shown. */
  readonly hasCode: boolean;
  /** The next instruction is in this row. */
  readonly isPc: boolean;
  /** The one after it will be. */
  readonly isNext: boolean;
}

export function CodeRow({ number, row, code, listing, source, hasCode, isPc, isNext }: Props) {
  const text = row.index < 0 ? undefined : code.texts[row.index - code.from];
  if (row.label !== undefined) {
    return (
      <div class="code-row code-heading" role="row" aria-rowindex={number + 1}>
        <span role="gridcell">{row.label}</span>
      </div>
    );
  }
  return (
    <div
      class={`code-row${isPc ? " code-pc" : ""}`}
      role="row"
      aria-rowindex={number + 1}
      aria-current={isPc ? "step" : undefined}
    >
      <span class="code-gutter" role="gridcell">
        {isPc ? "▸" : isNext ? "▹" : ""}
      </span>
      {source !== null && (
        <>
          <span class="code-number" role="gridcell">
            {row.line || ""}
          </span>
          <span class="code-source" role="gridcell">
            {row.line > 0 && <Line text={source[row.line - 1]} />}
          </span>
        </>
      )}
      {hasCode && (
        <>
          <span class="code-address" role="gridcell">
            {row.index >= 0 && hexText(listing.addresses[row.index])}
          </span>
          <span class="code-text" role="gridcell">
            {text !== undefined && <Instruction text={text} />}
          </span>
        </>
      )}
    </div>
  );
}

/** Mnemonics stand in a column of their own. */
function Instruction({ text }: { text: string }) {
  const [mnemonic, operands = ""] = text.split("\t");
  const target = / <(.*)>$/.exec(operands);
  return (
    <>
      <span class="code-mnemonic">{mnemonic}</span>
      {target === null ? operands.replace(/,/g, ", ") : operands.slice(0, target.index).replace(/,/g, ", ")}
      {target !== null && <span class="code-symbol"> {target[1]}</span>}
    </>
  );
}
