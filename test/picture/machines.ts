// Machines at a known point of a program of a few lines, and pictures of them.

import { History, type Machine } from "../../host/index.ts";
import { outputAt, type PictureSource } from "../../host/picture/index.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

export const EXIT = "li a7, 94\n ecall\n";
/** Forks; goes on in the parent with a0 != 0, in the child with a0 = 0. */
export const FORK = "li a0, 17\n li a1, 0\n li a7, 220\n ecall\n";
/** Waits for a child. */
export const WAIT = "li a0, 0\n li a1, -1\n li a2, 0\n li a3, 4\n li a4, 0\n li a7, 95\n ecall\n";
/** A pipe: its read end in s0, its write end in s1. */
export const PIPE =
  "addi sp, sp, -16\n mv a0, sp\n li a1, 0\n li a7, 59\n ecall\n lw s0, 0(sp)\n lw s1, 4(sp)\n";
/** Waits for ever: a poll of nothing, without a time. */
export const STAY = "li a0, 0\n li a1, 0\n li a2, 0\n li a3, 0\n li a4, 0\n li a7, 414\n ecall\n";

export function sourceOf(machine: Machine): PictureSource {
  return sourceOfHistory(History.create(machine));
}

export function sourceOfHistory(history: History): PictureSource {
  const output = outputAt(history.output, history.now, 1);
  return {
    machine: history.machine,
    history,
    endTime: history.machine.time,
    status: { kind: "paused" },
    output,
    stop: null,
    breakpoints: [],
  };
}

/** The machine after so many instructions of the program, or where nothing can run any more. */
export async function machineAfter(source: string, instructions: number): Promise<Machine> {
  const { machine } = await machineWith(program(source));
  machine.run({ maxInstructions: instructions });
  return machine;
}
