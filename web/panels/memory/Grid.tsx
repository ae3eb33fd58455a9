// The rows of bytes. Arrows move among them, digits write.

import { useRef } from "preact/hooks";
import { ABSENT, type MemoryLabel, type MemoryPicture, PROMISED } from "../../../host/picture/memory.ts";
import { poke } from "../../page/edits.ts";
import { isRunning } from "../../page/store.ts";
import { hexText } from "../../page/text.ts";
import type { Before } from "./Memory.tsx";

interface Props {
  readonly memory: MemoryPicture;
  readonly before: Before;
  /** Bytes in a row. */
  readonly columns: number;
  readonly cursor: number;
  /** The cursor was put there by a person. */
  readonly hasCursor: boolean;
  readonly choose: (address: number) => void;
  /** Rows down; negative: up. */
  readonly scroll: (rows: number) => void;
  /** Rows of a page. */
  readonly page: number;
  readonly pid: number;
}

export function Grid(props: Props) {
  const { memory, columns, cursor, choose, scroll } = props;
  const write = useWriting(props);
  const rows = Math.ceil(memory.bytes.length / columns);
  return (
    <div
      class="memory-grid"
      role="grid"
      aria-label="Memory"
      aria-activedescendant={`memory-${cursor}`}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const target = keyTarget(event.key, props);
        if (target === null ? write(event.key) : true) event.preventDefault();
        if (target !== null) choose(target);
      }}
      onWheel={(event) => {
        event.preventDefault();
        scroll(Math.sign(event.deltaY) * 3);
      }}
      onClick={(event) => {
        const cell = (event.target as Element).closest<HTMLElement>("[data-address]");
        if (cell) choose(Number(cell.dataset["address"]));
      }}
    >
      {Array.from({ length: rows }, (_, row) => (
        <Row key={row} {...props} first={row * columns} />
      ))}
    </div>
  );
}

function keyTarget(key: string, { cursor, columns, page }: Props): number | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: cursor + 1,
    ArrowLeft: cursor - 1,
    ArrowDown: cursor + columns,
    ArrowUp: cursor - columns,
    PageDown: cursor + page * columns,
    PageUp: cursor - page * columns,
    Home: cursor - (cursor % columns),
    End: cursor - (cursor % columns) + columns - 1,
  };
  return targets[key] ?? null;
}

/** Two hexadecimal digits write the byte at the cursor, which then moves on. */
function useWriting({ memory, cursor, choose, pid }: Props): (key: string) => boolean {
  const high = useRef<{ readonly address: number; readonly digit: number } | null>(null);
  return (key) => {
    if (!/^[0-9a-f]$/i.test(key) || isRunning.value) return false;
    if (memory.states[cursor - memory.start] === ABSENT) return false;
    const digit = Number.parseInt(key, 16);
    if (high.current?.address !== cursor) {
      high.current = { address: cursor, digit };
      return true;
    }
    void poke(pid, cursor, Uint8Array.of(high.current.digit * 16 + digit));
    high.current = null;
    choose(cursor + 1);
    return true;
  };
}

interface RowProps extends Props {
  /** Number of the row's first byte in the stretch. */
  readonly first: number;
}

function Row(props: RowProps) {
  const { memory, columns, first } = props;
  const address = memory.start + first;
  const count = Math.min(columns, memory.bytes.length - first);
  const labels = memory.labels.filter(
    (label) => label.address >= address && label.address < address + columns,
  );
  const starts = memory.regions.find(({ start }) => start >= address && start < address + columns);
  return (
    <div class="memory-row" role="row">
      <span class="memory-address" role="rowheader">
        {hexText(address)}
      </span>
      {Array.from({ length: count }, (_, index) => (
        <Byte key={index} {...props} index={first + index} labels={labels} />
      ))}
      <span class="memory-text" role="gridcell">
        {Array.from(memory.bytes.subarray(first, first + count), (byte, index) =>
          memory.states[first + index] === ABSENT ? " " : characterOf(byte),
        ).join("")}
      </span>
      <span class="memory-labels" role="gridcell">
        {labels.map(({ text, kind }, index) => (
          <span key={index} class={kind === "register" ? "memory-pointer" : ""}>
            {kind === "register" ? `◂${text}` : text}{" "}
          </span>
        ))}
        {starts && <span class="memory-region">{starts.name || "memory"}</span>}
      </span>
    </div>
  );
}

interface ByteProps extends Props {
  readonly index: number;
  /** Those of the row. */
  readonly labels: readonly MemoryLabel[];
}

function Byte({ memory, before, cursor, hasCursor, index, labels }: ByteProps) {
  const address = memory.start + index;
  const state = memory.states[index];
  const byte = memory.bytes[index];
  const old = state === ABSENT ? -1 : before(address);
  const classes = ["memory-byte"];
  if (index % 4 === 0) classes.push("memory-word");
  if (state === ABSENT) classes.push("memory-absent");
  if (state === PROMISED) classes.push("memory-promised");
  if (old >= 0 && old !== byte) classes.push("memory-changed");
  if (labels.some((label) => label.address === address)) classes.push("memory-labelled");
  if (hasCursor && address === cursor) classes.push("memory-cursor");
  return (
    <span
      id={`memory-${address}`}
      class={classes.join(" ")}
      role="gridcell"
      data-address={address}
      aria-selected={hasCursor && address === cursor}
      title={old >= 0 && old !== byte ? `was ${hexByte(old)}` : undefined}
    >
      {state === ABSENT ? "··" : hexByte(byte)}
    </span>
  );
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

export function characterOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
}
