// The event ring as records and words: reads what the core wrote to EVENTS, and names types, states,
// reasons and wait channels. The layout is that of assembly/layout.ts.

import * as L from "../../assembly/layout.ts";

/** One record of the ring; a, b and c by type as in assembly/layout.ts. */
export interface MachineEvent {
  /** Ticks of the hart's clock. */
  readonly time: number;
  readonly type: number;
  readonly hart: number;
  readonly reason: number;
  readonly slot: number;
  readonly pid: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export interface EventBatch {
  readonly events: readonly MachineEvent[];
  /** Events that were overwritten before they were read. */
  readonly lost: number;
  /** How many events were ever written: where the next batch begins. */
  readonly next: number;
}

/**
 * The events since number `from` (0: since boot), oldest first. `memory` is the core's linear memory; the
 * ring keeps the last EVENT_CAPACITY of them.
 */
export function readEvents(memory: ArrayBuffer, from: number): EventBatch {
  const count = new DataView(memory).getBigUint64(L.MACHINE + L.MACHINE_EVENT_COUNT, true);
  const next = Number(count);
  const first = Math.max(from, next - L.EVENT_CAPACITY);
  const bytes = new DataView(memory, L.EVENTS, L.EVENT_CAPACITY * L.EVENT_SIZE);
  const events: MachineEvent[] = [];
  for (let index = first; index < next; index++) {
    events.push(readEvent(bytes, (index % L.EVENT_CAPACITY) * L.EVENT_SIZE));
  }
  return { events, lost: first - from, next };
}

function readEvent(ring: DataView, at: number): MachineEvent {
  return {
    time: Number(ring.getBigUint64(at + L.EVENT_TIME, true)),
    type: ring.getUint8(at + L.EVENT_TYPE),
    hart: ring.getUint8(at + L.EVENT_HART),
    reason: ring.getUint8(at + L.EVENT_REASON),
    slot: ring.getUint32(at + L.EVENT_SLOT, true),
    pid: ring.getUint32(at + L.EVENT_PID, true),
    a: ring.getUint32(at + L.EVENT_A, true),
    b: ring.getUint32(at + L.EVENT_B, true),
    c: ring.getUint32(at + L.EVENT_C, true),
  };
}

/** By STATE_*. */
export const STATE_NAMES = ["free", "new", "ready", "running", "blocked", "stopped", "zombie"] as const;
export type StateName = (typeof STATE_NAMES)[number];

/** By REASON_*, as an ending of "because …". */
export const REASON_NAMES = [
  "",
  "its time slice was over",
  "it gave way",
  "it waits",
  "what it waited for happened",
  "its deadline passed",
  "it ended",
  "it was created",
  "nothing was ready",
  "it was first in the queue",
  "another must run first",
  "a signal decided",
  "no other was ready",
] as const;

const CHANNEL_NAMES: Readonly<Record<number, string>> = {
  [L.WAIT_CHILD]: "a child",
  [L.WAIT_VFORK]: "a vfork child",
  [L.WAIT_SLEEP]: "a timer",
  [L.WAIT_PIPE_READ]: "bytes in pipe",
  [L.WAIT_PIPE_WRITE]: "room in pipe",
  [L.WAIT_TTY]: "terminal",
  [L.WAIT_POLL]: "one of several files",
  [L.WAIT_FUTEX]: "a futex",
};

/** What a wait channel (WAIT_* << 24 | object) stands for; "" for none. */
export function channelName(channel: number): string {
  const kind = channel >>> L.WAIT_KIND_SHIFT;
  const name = CHANNEL_NAMES[kind];
  if (name === undefined) return "";
  const numbered = kind === L.WAIT_PIPE_READ || kind === L.WAIT_PIPE_WRITE;
  return numbered ? `${name} ${channel & 0xffffff}` : name;
}

/** The name in an EVENT_EXEC record: its first 12 bytes, as they are in the PCB. */
export function execName(event: MachineEvent): string {
  const bytes = new Uint8Array(new Uint32Array([event.a, event.b, event.c]).buffer);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
