// The process control block of the process in focus: its fields in words, beside the words in linear memory that
// they are. What is pointed at or chosen on one side is marked on the other.

import "./pcb.css";
import { useState } from "preact/hooks";
import type { PcbPicture } from "../../../host/picture/pcb.ts";
import { type PcbRow, pcbRows } from "../../../host/picture/pcb-fields.ts";
import { Nothing } from "../../page/Nothing.tsx";
import { picture, previous } from "../../page/store.ts";
import { hexText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { useWidth } from "../../page/useWidth.ts";
import { type Column, VirtualTable } from "../../page/VirtualTable.tsx";
import { Dump } from "./Dump.tsx";
import { wordAt, wordsOf } from "./words.ts";

const ROWS = pcbRows();
/** Lines of the table: a title before each group. */
const LINES: readonly (PcbRow | string)[] = ROWS.flatMap((row, index) =>
  row.group === ROWS[index - 1]?.group ? [row] : [row.group.title, row],
);

const COLUMNS: readonly Column[] = [
  { title: "at", width: "3ch", align: "end", hint: "Offset in the record" },
  { title: "field", width: "20ch" },
  { title: "value", width: "minmax(18ch, 1fr)" },
  { title: "words", width: "17ch", align: "end", hint: "As they lie in memory, the low one first" },
  { title: "Δ", width: "1ch", hint: "Changed by the last movement" },
];
const COLUMNS_BESIDE_WORDS = COLUMNS.filter(({ title }) => title !== "words");

/** From this width of the panel on both sides are shown. Pixels. */
const BOTH_SIDES = 740;

export default function Pcb() {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={box} class="pcb">
      <Record hasBoth={width >= BOTH_SIDES} />
    </div>
  );
}

function Record({ hasBoth }: { hasBoth: boolean }) {
  const pcb = usePart("pcb", true);
  const [chosenLine, choose] = useState(1);
  const [pointed, point] = useState(-1);
  const [wantsDump, wantDump] = useState(false);
  const focus = picture.value?.focus;
  if (!pcb || !focus) return <Nothing part={pcb} />;
  const before = previous.value?.focus?.pid === focus.pid ? (previous.value.pcb ?? null) : null;
  const marked = rowAt(pointed) ?? rowAt(chosenLine) ?? ROWS[0];
  return (
    <>
      <div class="panel-bar">
        <span>
          pid <span class="figure">{focus.pid}</span>, slot <span class="figure">{pcb.slot}</span> at{" "}
          <span class="figure">0x{hexText(pcb.address)}</span>
        </span>
        {!hasBoth && (
          <button
            type="button"
            class="button button-small pcb-switch"
            aria-pressed={wantsDump}
            title="The record's words as they lie in memory"
            onClick={() => wantDump(!wantsDump)}
          >
            Words
          </button>
        )}
      </div>
      <div class="pcb-sides">
        {(hasBoth || !wantsDump) && (
          <VirtualTable
            label="Fields of the process control block"
            columns={hasBoth ? COLUMNS_BESIDE_WORDS : COLUMNS}
            rows={LINES.length}
            rowKey={(line) => line}
            cells={(line) => cellsOf(LINES[line], pcb, before, hasBoth)}
            rowClass={(line) => lineClass(line, marked, pcb, before)}
            isChosen={(line) => line === chosenLine}
            choose={choose}
            point={point}
            reveal={chosenLine}
          />
        )}
        {(hasBoth || wantsDump) && (
          <Dump
            pcb={pcb}
            before={before}
            marked={marked}
            point={(at) => point(lineAt(at))}
            choose={(at) => choose(lineAt(at))}
          />
        )}
      </div>
      <Detail row={marked} pcb={pcb} />
    </>
  );
}

function rowAt(line: number): PcbRow | null {
  const found = LINES[line];
  return found === undefined || typeof found === "string" ? null : found;
}

/** The line with the value that the byte at an offset belongs to; -1: none. */
function lineAt(at: number): number {
  return LINES.findIndex(
    (row) => typeof row !== "string" && row.offset <= at && at < row.offset + row.field.size,
  );
}

function cellsOf(row: PcbRow | string, pcb: PcbPicture, before: PcbPicture | null, isBesideWords: boolean) {
  if (typeof row === "string") return ["", row, row === "Saved context" ? liveText(pcb) : ""];
  const words = wordsOf(row, pcb, picture.value!.clockHz);
  const sign = isChanged(row, pcb, before) ? "◂" : "";
  return isBesideWords
    ? [row.offset, row.label, words, sign]
    : [row.offset, row.label, words, hexOf(row, pcb), sign];
}

function liveText({ liveHart }: PcbPicture): string {
  return liveHart < 0 ? "" : `of the last trap: hart ${liveHart} has the live ones`;
}

function lineClass(line: number, marked: PcbRow, pcb: PcbPicture, before: PcbPicture | null): string {
  const row = rowAt(line);
  if (row === null) return "pcb-title";
  const classes = [
    row === marked && "pcb-marked",
    isChanged(row, pcb, before) && "changed",
    row.group.title === "Saved context" && pcb.liveHart >= 0 && "pcb-stale",
  ];
  return classes.filter(Boolean).join(" ");
}

function hexOf({ offset, field }: PcbRow, { bytes }: PcbPicture): string {
  const words = Array.from({ length: field.size / 4 }, (_, index) =>
    hexText(wordAt(bytes, offset + index * 4)),
  );
  return words.length > 2 ? `${words.slice(0, 1).join(" ")} …` : words.join(" ");
}

function isChanged({ offset, field }: PcbRow, pcb: PcbPicture, before: PcbPicture | null): boolean {
  if (before === null) return false;
  for (let at = offset; at < offset + field.size; at++) if (pcb.bytes[at] !== before.bytes[at]) return true;
  return false;
}

function Detail({ row, pcb }: { row: PcbRow; pcb: PcbPicture }) {
  const { field, group, offset } = row;
  return (
    <div class="pcb-detail">
      <span class="code">
        {field.constant}
        {field.elements && `[${(offset - field.offset) / field.size}]`}
      </span>
      <span class="figure quiet">
        0x{hexText(pcb.address + offset)}, {field.size} bytes
      </span>
      <span>{field.meaning}.</span>
      <span class="quiet">Written by {group.writer}.</span>
    </div>
  );
}
