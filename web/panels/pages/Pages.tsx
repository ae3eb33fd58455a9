// The page table of the process in focus, region by region: where each page lies, what may be done with it, who else
// has its frame, and how it came there.

import "./pages.css";
import { useState } from "preact/hooks";
import { entryWords, protectionText } from "../../../host/picture/page-words.ts";
import type { PageRow, PagesPicture, PagesRow, RegionRow } from "../../../host/picture/pages.ts";
import { Nothing } from "../../page/Nothing.tsx";
import { picture, previous } from "../../page/store.ts";
import { countText, hexText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { type Column, VirtualTable } from "../../page/VirtualTable.tsx";
import { Translation } from "./Translation.tsx";
import { absentText, cameText, plural, sharingText, usedText } from "./words.ts";

const COLUMNS: readonly Column[] = [
  { title: "page", width: "8ch", hint: "Its first virtual address" },
  { title: "access", width: "6ch", hint: "What the program may do now: r read, w write, x execute" },
  { title: "frame", width: "6ch", align: "end" },
  {
    title: "users",
    width: "5ch",
    align: "end",
    hint: "How many use the frame: mappings, and the page cache",
  },
  { title: "shared", width: "minmax(25ch, 1fr)", hint: "With which processes, and what a write does" },
  {
    title: "came by",
    width: "16ch",
    hint: "The page fault that brought the frame; empty: had from the parent",
  },
  { title: "used", width: "4ch", hint: "a accessed, d dirty: as the page table says" },
  { title: "root → table", width: "12ch", hint: "Entry of the root → entry of the leaf table" },
];

/** Bytes. */
const PAGE_SIZE = 4096;

export default function Pages() {
  const [range, setRange] = useState({ from: 0, to: 40 });
  const [chosenRow, choose] = useState(-1);
  const pages = usePart("pages", range);
  const focus = picture.value?.focus;
  if (!pages || !focus) return <Nothing part={pages} />;
  if (pages.root === 0) {
    return <p class="empty">Process {focus.pid} has ended: its page table and its frames were given back.</p>;
  }
  const rowAt = (row: number): PagesRow | undefined => pages.rows[row - pages.from];
  const chosenPage = rowAt(chosenRow);
  return (
    <div class="pages">
      <Summary pages={pages} />
      <VirtualTable
        label={`Pages of process ${focus.pid}`}
        columns={COLUMNS}
        rows={pages.rowCount}
        rowKey={(row) => row}
        cells={(row) => cellsOf(rowAt(row))}
        rowClass={(row) => classOf(rowAt(row))}
        isChosen={(row) => row === chosenRow}
        choose={choose}
        shows={(from, to) => setRange({ from, to })}
      />
      <Translation root={pages.root} page={chosenPage?.kind === "page" ? chosenPage : null} />
    </div>
  );
}

function Summary({ pages }: { pages: PagesPicture }) {
  const { resident, shared, tables, copies, faults, together } = pages;
  return (
    <div class="panel-bar pages-summary">
      <Figure name="resident" value={resident} hint="Pages that have a frame" />
      <Figure name="shared" value={shared} hint="Pages whose frame other processes have as well" />
      <Figure name="private" value={resident - shared} hint="Pages whose frame nobody else has" />
      <Figure name="copies" value={copies} hint="Pages copied at a first write since the process began" />
      <Figure
        name="faults"
        value={faults}
        hint="Pages brought in at their first touch since the process began"
      />
      <Figure
        name="tables"
        value={tables + 1}
        hint="Frames of the page table itself: the root and its leaves"
      />
      {together.length > 0 && (
        <span title="A vfork child borrows its parent's memory">one space with {together.join(", ")}</span>
      )}
    </div>
  );
}

function Figure({ name, value, hint }: { name: string; value: number; hint: string }) {
  return (
    <span title={hint}>
      <span class="figure pages-figure">{countText(value)}</span> {name}
    </span>
  );
}

function cellsOf(row: PagesRow | undefined) {
  if (row === undefined) return COLUMNS.map(() => "");
  if (row.kind === "region") return [<RegionTitle key="region" region={row} />];
  if (row.kind === "absent") return [hexText(row.address), absentText(row)];
  return [
    hexText(row.address),
    entryWords(row.entry).access,
    row.frame,
    row.references,
    sharingText(row),
    cameText(row) + (isNew(row) ? " ◂" : ""),
    usedText(row),
    `${row.address >>> 22} → ${(row.address >>> 12) & 1023}`,
  ];
}

function RegionTitle({ region }: { region: RegionRow }) {
  const { start, end, name, protection, isShared, resident } = region;
  return (
    <span class="pages-title">
      <span class="pages-name">{name || "anonymous"}</span>
      <span>
        {protectionText(protection)}
        {isShared && " shared"}
      </span>
      <span class="quiet">
        {hexText(start)}–{hexText(end - 1)}
      </span>
      <span class="quiet">
        {countText(resident)} of {plural((end - start) / PAGE_SIZE)}
      </span>
    </span>
  );
}

function classOf(row: PagesRow | undefined): string {
  if (row === undefined) return "";
  if (row.kind !== "page") return `pages-${row.kind}`;
  return isNew(row) ? "changed" : "";
}

/** Whether the page came to its frame by the last movement. */
function isNew({ fault }: PageRow): boolean {
  return fault !== null && previous.value !== null && fault.event >= previous.value.moment.events;
}
