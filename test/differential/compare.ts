// Compares programs on our machine and under qemu-riscv32, and shrinks those on which the two differ.

import { RESULT_SIZE, writeBatch, writeSingle } from "./batch.ts";
import { type Manner, runOnMachine } from "./machine.ts";
import { itemPaths, type Program, unwrapItem, withoutItem } from "./program.ts";
import { type Outcome, runUnderQemu } from "./qemu.ts";

/** A program that ends otherwise here than under qemu. */
export interface Difference {
  readonly program: Program;
  readonly manner: Manner;
  readonly qemu: string;
  readonly machine: string;
}

/** The status of a process, and the words that it wrote: hashes, or the report of a fault. */
function describeOutcome({ status, output }: Outcome): string {
  const words = new Uint32Array(output.slice().buffer);
  return [`status ${status}`, ...Array.from(words, (word) => word.toString(16))].join(" ");
}

/** How one program of a batch ended. */
function describeResult({ status, output }: Outcome, index: number): string {
  return describeOutcome({ status, output: output.slice(index * RESULT_SIZE, (index + 1) * RESULT_SIZE) });
}

/**
 * Runs the programs in one process here and one under qemu; those that differ. If the process does not get to
 * its end, each program is tried alone.
 */
export async function compareBatch(programs: readonly Program[], manner: Manner): Promise<Difference[]> {
  const executable = writeBatch(programs);
  const theirs = runUnderQemu(executable);
  const ours = await runOnMachine(executable, manner).catch(() => null);
  if (ours === null || ours.status !== theirs.status) return compareEach(programs, manner);
  return programs.flatMap((program, index) => {
    const [qemu, machine] = [describeResult(theirs, index), describeResult(ours, index)];
    return qemu === machine ? [] : [{ program, manner, qemu, machine }];
  });
}

async function compareEach(programs: readonly Program[], manner: Manner): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const program of programs) {
    const difference = await compareProgram(program, manner);
    if (difference !== null) differences.push(difference);
  }
  return differences;
}

/** Does the program alone, in a process of its own, differ? If the machine fails, that is a difference. */
export async function compareProgram(program: Program, manner: Manner): Promise<Difference | null> {
  const executable = writeSingle(program);
  const qemu = describeOutcome(runUnderQemu(executable));
  const machine = await runOnMachine(executable, manner).then(
    describeOutcome,
    (error: Error) => error.message,
  );
  return qemu === machine ? null : { program, manner, qemu, machine };
}

/** The smallest program found by leaving out items, and by replacing items by their bodies, that still differs. */
export async function shrinkDifference(difference: Difference): Promise<Difference> {
  let smallest = difference;
  for (;;) {
    const smaller = await shrinkOnce(smallest);
    if (smaller === null) return smallest;
    smallest = smaller;
  }
}

async function shrinkOnce({ program, manner }: Difference): Promise<Difference | null> {
  for (const path of itemPaths(program.body)) {
    for (const change of [withoutItem, unwrapItem]) {
      const body = change(program.body, path);
      if (body === program.body) continue;
      const smaller = await compareProgram({ ...program, body }, manner);
      if (smaller !== null) return smaller;
    }
  }
  return null;
}
