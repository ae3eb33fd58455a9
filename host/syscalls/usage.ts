// What a process has used, in the records that programs get: struct rusage of rv32, whose times are 32-bit.

import {
  PCB_COPIES,
  PCB_INVOLUNTARY_SWITCHES,
  PCB_PAGE_FAULTS,
  PCB_VOLUNTARY_SWITCHES,
} from "../../assembly/layout.ts";
import type { Call } from "./call.ts";

export const RUSAGE_SIZE = 72;
// Words of the record: ru_utime (2), ru_stime (2), ru_maxrss, …
const MINOR_FAULTS = 8;
const VOLUNTARY = 16;
const INVOLUNTARY = 17;
const WORDS = RUSAGE_SIZE / 4;

/** struct rusage of the process in `slot` with `ticks` of user time. All time counts as the user's. */
export function resourceUsage(call: Call, slot: number, ticks: number): Uint8Array {
  const { processes, clockHz } = call.services;
  const words = new Uint32Array(WORDS);
  words[0] = Math.floor(ticks / clockHz);
  words[1] = Math.floor(((ticks % clockHz) * 1e6) / clockHz);
  words[MINOR_FAULTS] = processes.field(slot, PCB_PAGE_FAULTS) + processes.field(slot, PCB_COPIES);
  words[VOLUNTARY] = processes.field(slot, PCB_VOLUNTARY_SWITCHES);
  words[INVOLUNTARY] = processes.field(slot, PCB_INVOLUNTARY_SWITCHES);
  return littleEndian(words);
}

/** The words as a program reads them, whatever the host's byte order. */
export function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setUint32(index * 4, word, true);
  });
  return bytes;
}
