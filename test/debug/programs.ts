// Programs of a few lines for the debugger's tests, and what their machines stop at.

import type { DebugHit, Machine, MachineOptions } from "../../host/index.ts";
import { arraySource } from "../../host/loader/source.ts";
import { readSymbols } from "../../host/loader/symbols.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

export const EXIT = "li a7, 94\n ecall\n";
/** Forks; goes on in the parent with a0 != 0, in the child with a0 = 0. */
export const FORK = "li a0, 17\n li a1, 0\n li a7, 220\n ecall\n";
/** Waits for a child. */
export const WAIT = "li a0, 0\n li a1, -1\n li a2, 0\n li a3, 4\n li a4, 0\n li a7, 95\n ecall\n";

export async function start(source: string, options: Partial<MachineOptions> = {}) {
  const bytes = program(source);
  const { machine } = await machineWith(bytes, ["test"], options);
  const symbols = readSymbols(arraySource(bytes));
  return { machine, symbol: (name: string) => symbols.find(name)!.address };
}

/**
 * Runs on from stop to stop, to the machine's end or until it has retired `end` instructions. What is hit where the
 * machine stands is the first stop.
 */
export function* stopsOf(machine: Machine, end = Number.POSITIVE_INFINITY): Generator<DebugHit> {
  for (let skipFirst = false; ; skipFirst = true) {
    const result = machine.run({ skipFirst, maxInstructions: end - machine.instructions });
    if (result.reason !== "debug") return;
    yield result.hit;
  }
}

export function pcOf(machine: Machine, pid: number): number | undefined {
  return machine.processes().find((process) => process.pid === pid)?.pc;
}
