// The record as it lies in linear memory: 128 words, four to a line.

import type { PcbPicture } from "../../../host/picture/pcb.ts";
import type { PcbRow } from "../../../host/picture/pcb-fields.ts";
import { hexText } from "../../page/text.ts";
import { wordAt } from "./words.ts";

interface Props {
  readonly pcb: PcbPicture;
  readonly before: PcbPicture | null;
  readonly marked: PcbRow;
  /** The byte offset that is pointed at; -1: none. */
  readonly point: (at: number) => void;
  readonly choose: (at: number) => void;
}

const LINE = 16;
const WORD = 4;

export function Dump({ pcb, before, marked, point, choose }: Props) {
  const lines = Array.from({ length: pcb.bytes.length / LINE }, (_, index) => index * LINE);
  return (
    // The pointer's way only: the table beside it says and does the same by keyboard.
    <div
      class="pcb-dump code"
      role="group"
      aria-label="The words of the record"
      onPointerLeave={() => point(-1)}
    >
      {lines.map((start) => (
        <div key={start} class="pcb-line">
          <span class="pcb-at">{hexText(pcb.address + start)}</span>
          {[0, 1, 2, 3].map((index) => {
            const at = start + index * WORD;
            return (
              <button
                type="button"
                tabIndex={-1}
                key={at}
                class={wordClass(at, pcb, before, marked)}
                onPointerEnter={() => point(at)}
                onClick={() => choose(at)}
              >
                {hexText(wordAt(pcb.bytes, at))}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function wordClass(
  at: number,
  pcb: PcbPicture,
  before: PcbPicture | null,
  { offset, field }: PcbRow,
): string {
  const word = wordAt(pcb.bytes, at);
  const classes = [
    "pcb-word",
    word === 0 && "pcb-zero",
    before !== null && wordAt(before.bytes, at) !== word && "pcb-changed",
    offset <= at && at < offset + field.size && "pcb-marked",
  ];
  return classes.filter(Boolean).join(" ");
}
