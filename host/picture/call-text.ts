// The system call of a trapped process as strace writes it, arguments decoded, from what is still to be seen: its
// PCB holds them until the call returns, and the event of the call keeps the first two.

import { PCB_PID, PCB_X1 } from "../../assembly/layout.ts";
import { callNamed } from "../debug/event-words.ts";
import { pcbWord } from "../machine/core.ts";
import type { Machine } from "../machine.ts";
import { Tracer } from "../syscalls/strace.ts";
import { callTable } from "../syscalls/table.ts";
import type { MachineEvent } from "../trace/events.ts";

const A0 = PCB_X1 + 9 * 4;
const A7 = PCB_X1 + 16 * 4;
const ARGUMENTS = 6;

/** `begun`: the event of the call, if it has been served. */
export function callText(
  machine: Machine,
  { slot, pid }: MachineEvent,
  begun: MachineEvent | undefined,
): string {
  const { core, inspection, state } = machine.kernel;
  const isThere = core.words[pcbWord(slot, PCB_PID)] === pid;
  if (!isThere) return begun === undefined ? "" : `${callNamed(begun.a)}(…)`;
  const number = begun?.a ?? core.words[pcbWord(slot, A7)];
  const registers = Array.from(
    { length: ARGUMENTS },
    (_, index) => core.words[pcbWord(slot, A0 + index * 4)],
  );
  if (begun !== undefined) registers.splice(0, 2, begun.b | 0, begun.c | 0);
  const row = callTable.find((one) => one.number === number);
  const space = state.processes[slot]?.space ?? -1;
  inspection.select(space < 0 ? null : state.spaces[space]);
  let text = "";
  const tracer = new Tracer({
    print: (line) => {
      text = line;
    },
    pidOf: () => pid,
    memory: inspection,
  });
  tracer.callBegins(slot, row, number, registers, false);
  tracer.callEnds(slot, row, number, registers, undefined);
  return closed(text.replace(/^\[pid \d+\] /, "").replace(/ <unfinished \.\.\.>$/, ""));
}

/** Arguments that only the end of the call tells are left open. */
function closed(begin: string): string {
  return begin.endsWith(", ") ? `${begin}…)` : `${begin})`;
}
