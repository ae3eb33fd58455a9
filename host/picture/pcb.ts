// The real record of the process in focus, as it lies in linear memory.

import {
  MAX_PROCESSES,
  PCB_CALL_NUMBER,
  PCB_HART,
  PCB_PID,
  PCB_SIZE,
  PROCESSES,
} from "../../assembly/layout.ts";
import { heldContext, pcbWord } from "../machine/core.ts";
import { callTable } from "../syscalls/table.ts";
import type { Focus } from "./focus.ts";
import { nameAt } from "./names.ts";
import { pcbRows } from "./pcb-fields.ts";
import type { PictureSource } from "./source.ts";

export interface PcbPicture {
  readonly slot: number;
  /** Linear address of the record. */
  readonly address: number;
  /** All PCB_SIZE bytes of it. */
  readonly bytes: Uint8Array;
  /** Hart that has the live registers, so that the saved context is that of the last trap; -1: none. */
  readonly liveHart: number;
  /** The processes whose slots stand in the record, in words. */
  readonly names: Readonly<Record<number, string>>;
  /** Of the call in progress. */
  readonly callName: string;
}

const SLOT_OFFSETS = pcbRows()
  .filter(({ field }) => field.form === "slot")
  .map(({ offset }) => offset);

export function takePcb(source: PictureSource, focus: Focus | null, _asked: true): PcbPicture | null {
  if (focus === null) return null;
  const { slot } = focus;
  const { core } = source.machine.kernel;
  const field = (of: number, offset: number) => core.unsigned[pcbWord(of, offset)];
  const address = PROCESSES + slot * PCB_SIZE;
  const names: Record<number, string> = {};
  for (const offset of SLOT_OFFSETS) {
    const other = field(slot, offset);
    if (other !== 0 && other < MAX_PROCESSES)
      names[other] = `pid ${field(other, PCB_PID)} ${nameAt(core, other)}`;
  }
  const hart = field(slot, PCB_HART) - 1;
  const isLive = hart >= 0 && heldContext(core, hart) !== 0;
  const call = callTable.find(({ number }) => number === field(slot, PCB_CALL_NUMBER));
  return {
    slot,
    address,
    bytes: core.bytes.slice(address, address + PCB_SIZE),
    liveHart: isLive ? hart : -1,
    names,
    callName: call?.name ?? "",
  };
}
