// One row of the code: gutter, source line, address, instruction.

import type { CodePicture, Listing } from "../../../host/picture/code.ts";
import type { Place } from "../../page/breakpoints.ts";
import { hexText } from "../../page/text.ts";
import { Line } from "../../source/Line.tsx";
import { Gutter } from "./Gutter.tsx";
import { beginsLine, type Row, type Sources } from "./rows.ts";

interface Props {
  readonly number: number;
  readonly row: Row;
  readonly code: CodePicture;
  readonly listing: Listing;
  /** Null where instructions stand alone. */
  readonly sources: Sources | null;
  /** Instructions are shown. */
  readonly hasCode: boolean;
  /** Where its instruction is; null: it has none. */
  readonly place: Place | null;
  readonly isCursor: boolean;
  readonly choose: () => void;
  /** Brings the instruction at an address into view. */
  readonly reach: (address: number) => void;
  /** The next instruction is in this row. */
  readonly isPc: boolean;
  /** The one after it will be. */
  readonly isNext: boolean;
}

export function CodeRow(props: Props) {
  const { number, row, code, listing, sources, hasCode, place, isCursor, choose, reach, isPc, isNext } =
    props;
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
      id={`code-row-${number}`}
      class={`code-row${isPc ? " code-pc" : ""}${isCursor ? " code-cursor" : ""}`}
      role="row"
      aria-rowindex={number + 1}
      aria-selected={isCursor}
      aria-current={isPc ? "step" : undefined}
      onClick={choose}
    >
      <span role="gridcell">{place !== null && <Gutter place={place} />}</span>
      <span class="code-gutter" role="gridcell">
        {isPc ? "▸" : isNext ? "▹" : ""}
      </span>
      {sources !== null && (
        <>
          <span class="code-number" role="gridcell">
            {row.line || ""}
          </span>
          <span class="code-source" role="gridcell">
            {row.line > 0 && <Line text={sources[row.file]?.[row.line - 1] ?? ""} />}
          </span>
        </>
      )}
      {sources === null && row.index >= 0 && (
        <span class="code-origin" role="gridcell">
          {originOf(listing, row.index)}
        </span>
      )}
      {hasCode && (
        <>
          <span class="code-address" role="gridcell">
            {row.index >= 0 && hexText(listing.addresses[row.index])}
          </span>
          <span class="code-text" role="gridcell">
            {text !== undefined && (
              <Instruction text={text} target={code.targets[row.index - code.from]} reach={reach} />
            )}
          </span>
        </>
      )}
    </div>
  );
}

/** The source line, where an instruction begins one; of the file its name alone. */
function originOf(listing: Listing, index: number): string {
  const { lines, file, files } = listing;
  return beginsLine(listing, index) ? `${files[file[index]].replace(/^.*\//, "")}:${lines[index]}` : "";
}

interface InstructionProps {
  readonly text: string;
  /** Address that it may jump to; 0: none. */
  readonly target: number;
  readonly reach: (address: number) => void;
}

/** Mnemonics stand in a column of their own; where a jump leads, one can go and look. */
function Instruction({ text, target, reach }: InstructionProps) {
  const [mnemonic, operands = ""] = text.split("\t");
  const symbol = / <(.*)>$/.exec(operands);
  const rest = symbol === null ? operands : operands.slice(0, symbol.index);
  return (
    <>
      <span class="code-mnemonic">{mnemonic}</span>
      {rest.replace(/,/g, ", ")}
      {target !== 0 && (
        <button
          type="button"
          tabIndex={-1}
          class="code-symbol"
          title="Shows where it leads"
          onClick={(event) => {
            event.stopPropagation();
            reach(target);
          }}
        >
          {` ${symbol?.[1] ?? "→"}`}
        </button>
      )}
    </>
  );
}
