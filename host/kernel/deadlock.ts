// Why nothing runs: who waits for what, and who could end the wait.

import {
  MACHINE,
  MACHINE_SLOT_LIMIT,
  PCB_FIRST_CHILD,
  PCB_NAME,
  PCB_NEXT_SIBLING,
  PCB_PID,
  PCB_STATE,
  PCB_WAIT_CHANNEL,
  STATE_BLOCKED,
  WAIT_CHILD,
  WAIT_KIND_SHIFT,
  WAIT_PIPE_READ,
  WAIT_PIPE_WRITE,
  WAIT_POLL,
  WAIT_TTY,
  WAIT_VFORK,
} from "../../assembly/layout.ts";
import { isReadable, isWritable } from "../fs/flags.ts";
import { pcbWord } from "../machine/core.ts";
import type { Kernel } from "./kernel.ts";

export interface Waiting {
  readonly pid: number;
  readonly name: string;
  /** What it waits for, in words: "bytes in pipe 12". */
  readonly for: string;
  /** What the holders hold, in words: "its write end"; "" where it is more than one thing, or nothing to hold. */
  readonly end: string;
  /** Pids of the processes that could end the wait. */
  readonly holders: readonly number[];
}

/** Slots of all blocked processes, ascending. */
function blockedSlots(kernel: Kernel): number[] {
  const { words } = kernel.core;
  const limit = words[(MACHINE + MACHINE_SLOT_LIMIT) >>> 2];
  const slots: number[] = [];
  for (let slot = 1; slot < limit; slot++) {
    if (words[pcbWord(slot, PCB_STATE)] === STATE_BLOCKED) slots.push(slot);
  }
  return slots;
}

/** The channels that would wake a blocked process: one, or those of its poll. */
function channelsOf(kernel: Kernel, slot: number): readonly number[] {
  const channel = kernel.core.unsigned[pcbWord(slot, PCB_WAIT_CHANNEL)];
  if (channel >>> WAIT_KIND_SHIFT !== WAIT_POLL) return [channel];
  return kernel.state.pollers.find((poller) => poller.slot === slot)?.channels ?? [];
}

/** Whether some process waits for input that the outside can still give. */
export function inputCanHelp(kernel: Kernel): boolean {
  if (kernel.state.files.terminals.every((terminal) => terminal.ended)) return false;
  return blockedSlots(kernel).some((slot) =>
    channelsOf(kernel, slot).some((channel) => channel >>> WAIT_KIND_SHIFT === WAIT_TTY),
  );
}

/** Every blocked process with what it waits for and who holds it. */
export function whoWaits(kernel: Kernel): Waiting[] {
  return blockedSlots(kernel).map((slot) => {
    const channels = channelsOf(kernel, slot);
    const holders = new Set(channels.flatMap((channel) => holdersOf(kernel, slot, channel)));
    return {
      pid: kernel.core.words[pcbWord(slot, PCB_PID)],
      name: nameOf(kernel, slot),
      for: channels.map(channelWords).join(", or ") || "a signal",
      end: channels.length === 1 ? endWords(channels[0]) : "",
      holders: [...holders].sort((a, b) => a - b),
    };
  });
}

/** Name of a process as its PCB has it. */
export function nameOf(kernel: Kernel, slot: number): string {
  const at = pcbWord(slot, PCB_NAME) * 4;
  const bytes = kernel.core.bytes.subarray(at, at + 16);
  return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
}

/** What somebody must hold for the wait to end by him. */
function endWords(channel: number): string {
  switch (channel >>> WAIT_KIND_SHIFT) {
    case WAIT_PIPE_READ:
      return "its write end";
    case WAIT_PIPE_WRITE:
      return "its read end";
    default:
      return "";
  }
}

function channelWords(channel: number): string {
  const object = channel & ((1 << WAIT_KIND_SHIFT) - 1);
  switch (channel >>> WAIT_KIND_SHIFT) {
    case WAIT_CHILD:
      return "the end of a child";
    case WAIT_VFORK:
      return "its vfork child to exec or end";
    case WAIT_PIPE_READ:
      return `bytes in pipe ${object}`;
    case WAIT_PIPE_WRITE:
      return `room in pipe ${object}`;
    case WAIT_TTY:
      return "input";
    default:
      return "a time";
  }
}

function holdersOf(kernel: Kernel, slot: number, channel: number): number[] {
  const object = channel & ((1 << WAIT_KIND_SHIFT) - 1);
  switch (channel >>> WAIT_KIND_SHIFT) {
    case WAIT_CHILD:
      return children(kernel, slot);
    case WAIT_VFORK:
      return [kernel.core.words[pcbWord(object, PCB_PID)]];
    case WAIT_PIPE_READ:
      return pipeHolders(kernel, object, isWritable);
    case WAIT_PIPE_WRITE:
      return pipeHolders(kernel, object, isReadable);
    default:
      return [];
  }
}

function children(kernel: Kernel, slot: number): number[] {
  const { words } = kernel.core;
  const pids: number[] = [];
  for (
    let child = words[pcbWord(slot, PCB_FIRST_CHILD)];
    child;
    child = words[pcbWord(child, PCB_NEXT_SIBLING)]
  ) {
    pids.push(words[pcbWord(child, PCB_PID)]);
  }
  return pids;
}

/** Pids of the processes with a descriptor for that end of the pipe. */
function pipeHolders(kernel: Kernel, pipe: number, isEnd: (flags: number) => boolean): number[] {
  const { processes, files } = kernel.state;
  const holds = (descriptor: { file: number } | null) => {
    const file = descriptor && files.openFiles[descriptor.file];
    return !!file && file.inode === pipe && isEnd(file.flags);
  };
  return processes.flatMap((process) => (process?.descriptors.some(holds) ? [process.pid] : []));
}
