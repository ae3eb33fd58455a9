// Who could end the wait of each blocked process: the holders of a pipe's other end, the children, the vfork child.
// One walk over all descriptors, and only if somebody waits for a pipe. A few pids for each are enough for a row.

import {
  PCB_FIRST_CHILD,
  PCB_NEXT_SIBLING,
  PCB_PID,
  PCB_STATE,
  STATE_ZOMBIE,
  WAIT_CHILD,
  WAIT_KIND_SHIFT,
  WAIT_PIPE_READ,
  WAIT_PIPE_WRITE,
  WAIT_VFORK,
} from "../../assembly/layout.ts";
import { isReadable, isWritable } from "../fs/flags.ts";
import type { KernelState } from "../kernel/state.ts";
import { type Core, pcbWord } from "../machine/core.ts";
import { channelsOf, objectOf } from "./channels.ts";
import type { StillSource } from "./source.ts";

/** Wakers of one process that are told. */
export const WAKERS_MOST = 4;

export interface WakersPicture {
  /** Pids, process after process. */
  readonly wakers: Uint16Array;
  /** By row: index in `wakers` after the last of its own; they begin where those of the row before end. */
  readonly wakersEnd: Uint32Array;
}

/** `slots`: by row, as in ProcessesPicture. */
export function takeWakers({ machine }: StillSource, slots: Uint16Array): WakersPicture {
  const { core, state } = machine.kernel;
  const channels = Array.from(slots, (slot) => channelsOf(core, state, slot));
  const holders = holdersOf(core, state, new Set(channels.flat().filter(isPipe)));
  const wakers: number[] = [];
  const wakersEnd = new Uint32Array(slots.length);
  channels.forEach((own, row) => {
    const lists = own.map((channel) => holders.get(channel) ?? relatives(core, slots[row], channel));
    // A poll may wait for several, which may be held by the same.
    const pids = lists.length === 1 ? lists[0] : [...new Set(lists.flat())].slice(0, WAKERS_MOST);
    wakers.push(...pids);
    wakersEnd[row] = wakers.length;
  });
  return { wakers: Uint16Array.from(wakers), wakersEnd };
}

function isPipe(channel: number): boolean {
  const kind = channel >>> WAIT_KIND_SHIFT;
  return kind === WAIT_PIPE_READ || kind === WAIT_PIPE_WRITE;
}

/** For each of these channels of pipes the pids that have a descriptor of the end that wakes it. */
function holdersOf(core: Core, state: KernelState, wanted: ReadonlySet<number>): Map<number, number[]> {
  const holders = new Map<number, number[]>(Array.from(wanted, (channel) => [channel, []]));
  if (wanted.size === 0) return holders;
  state.processes.forEach((process, slot) => {
    for (const descriptor of process?.descriptors ?? []) {
      const file = descriptor && state.files.openFiles[descriptor.file];
      if (!file) continue;
      const pid = core.unsigned[pcbWord(slot, PCB_PID)];
      if (isWritable(file.flags)) addTo(holders.get((WAIT_PIPE_READ << WAIT_KIND_SHIFT) | file.inode), pid);
      if (isReadable(file.flags)) addTo(holders.get((WAIT_PIPE_WRITE << WAIT_KIND_SHIFT) | file.inode), pid);
    }
  });
  return holders;
}

function addTo(pids: number[] | undefined, pid: number): void {
  if (pids !== undefined && pids.length < WAKERS_MOST && pids.at(-1) !== pid) pids.push(pid);
}

function relatives(core: Core, slot: number, channel: number): number[] {
  const field = (of: number, offset: number) => core.unsigned[pcbWord(of, offset)];
  const kind = channel >>> WAIT_KIND_SHIFT;
  if (kind === WAIT_VFORK) return [field(objectOf(channel), PCB_PID)];
  if (kind !== WAIT_CHILD) return [];
  const pids: number[] = [];
  let child = field(slot, PCB_FIRST_CHILD);
  while (child !== 0 && pids.length < WAKERS_MOST) {
    if (field(child, PCB_STATE) !== STATE_ZOMBIE) pids.push(field(child, PCB_PID));
    child = field(child, PCB_NEXT_SIBLING);
  }
  return pids;
}
