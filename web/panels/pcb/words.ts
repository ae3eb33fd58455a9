// What a value of a process control block says, in words.

import type { PcbPicture } from "../../../host/picture/pcb.ts";
import type { PcbForm, PcbRow } from "../../../host/picture/pcb-fields.ts";
import { signalName } from "../../../host/syscalls/signal-names.ts";
import { channelName, STATE_NAMES } from "../../../host/trace/events.ts";
import { countText, hexText, timeText } from "../../page/text.ts";

interface Value {
  readonly picture: PcbPicture;
  readonly clockHz: number;
  /** The value's first word, and the one behind it (0 in a value of four bytes). */
  readonly low: number;
  readonly high: number;
  readonly offset: number;
}

const NONE = "none";

const WORDS: Readonly<Record<PcbForm, (value: Value) => string>> = {
  pid: ({ low }) => String(low),
  slot: ({ low, picture }) => (low === 0 ? NONE : `${picture.names[low] ?? "?"} (slot ${low})`),
  name: ({ picture, offset }) => JSON.stringify(textAt(picture.bytes, offset)),
  state: ({ low }) => STATE_NAMES[low] ?? String(low),
  channel: ({ low }) => channelName(low) || NONE,
  timer: ({ low }) => (low === 0 ? NONE : `place ${low - 1}`),
  hart: ({ low }) => (low === 0 ? NONE : `hart ${low - 1}`),
  time: ({ low, high, clockHz }) => (low | high ? timeText(high * 4294967296 + low, clockHz) : "0"),
  address: ({ low }) => (low === 0 ? NONE : `0x${hexText(low)}`),
  register: ({ low }) => countSigned(low),
  frame: ({ low }) => (low === 0 ? NONE : `frame ${low}`),
  flag: ({ low }) => (low === 0 ? "no" : "yes"),
  call: ({ low, picture }) => (low === 0 ? NONE : `${picture.callName || "unknown"} (${low})`),
  word: ({ low }) => countText(low),
  signals: ({ low, high }) => signalsOf(low, high).join(", ") || NONE,
  policy: ({ low }) => ["SCHED_OTHER", "SCHED_FIFO", "SCHED_RR"][low] ?? String(low),
  signed: ({ low }) => countSigned(low),
  count: ({ low }) => countText(low),
  harts: ({ low }) => hartsOf(low),
  status: ({ low }) => statusOf(low),
  signal: ({ low }) => (low === 0 ? NONE : signalName(low)),
};

/** `clockHz`: ticks in a second. */
export function wordsOf({ field, offset }: PcbRow, picture: PcbPicture, clockHz: number): string {
  const low = wordAt(picture.bytes, offset);
  const high = field.size === 8 ? wordAt(picture.bytes, offset + 4) : 0;
  return WORDS[field.form]({ picture, clockHz, low, high, offset });
}

/** The little-endian word at a byte offset, unsigned. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

function textAt(bytes: Uint8Array, at: number): string {
  const end = bytes.indexOf(0, at);
  return String.fromCharCode(...bytes.subarray(at, end));
}

function countSigned(word: number): string {
  const value = word | 0;
  return value < 0 ? `−${countText(-value)}` : countText(value);
}

function signalsOf(low: number, high: number): string[] {
  const names: string[] = [];
  for (let bit = 0; bit < 64; bit++) {
    if (((bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1) !== 0) names.push(signalName(bit + 1));
  }
  return names;
}

function hartsOf(mask: number): string {
  const harts = [0, 1, 2, 3, 4, 5, 6, 7].filter((hart) => (mask >>> hart) & 1);
  return harts.length === 8 ? "every hart" : harts.map((hart) => `hart ${hart}`).join(", ") || NONE;
}

function statusOf(status: number): string {
  const signal = status & 0x7f;
  return signal === 0 ? `exit status ${status >>> 8}` : `killed by ${signalName(signal)}`;
}
