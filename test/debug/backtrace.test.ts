// The stack of calls as code shows it, held against one that is kept by watching every call and return.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { backtrace, nextPid, Programs, processOf } from "../../host/index.ts";
import { decode } from "../../host/isa/codec.ts";
import { expand } from "../../host/isa/expansion.ts";
import type { Machine } from "../../host/machine.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { missing } from "../harness/tools.ts";
import { compile, type Target } from "../programs/compile.ts";

const RA = 1;

/** Follows calls and returns of the one process of a machine. */
class ShadowStack {
  /** Return addresses, the outermost first. */
  readonly calls: number[] = [];

  /** `word` is executed at `pc`; `next` is the pc afterwards. */
  follow(word: number, pc: number, next: number): void {
    const decoded = decode(word);
    if (decoded === null) return;
    const { name, operands } = expand(decoded);
    if (name !== "jal" && name !== "jalr") return;
    if (operands["rd"] === RA) this.calls.push(pc + decoded.size);
    else if (name === "jalr" && operands["rs1"] === RA && this.calls.at(-1) === next) this.calls.pop();
  }
}

function wordAt(machine: Machine, pc: number): number {
  const bytes = machine.readMemory(1, pc, 4);
  return bytes.reduce((word, byte, index) => word | (byte << (8 * index)), 0);
}

/** Steps through the program; at each `every`th step both stacks are compared. Returns how many were. */
async function compareStacks(executable: Uint8Array, steps: number, every: number): Promise<number> {
  const { machine } = await machineWith(executable);
  const programs = new Programs(() => machine.kernel.state.files);
  const shadow = new ShadowStack();
  let compared = 0;
  machine.step(0);
  for (let step = 0; step < steps && nextPid(machine) === 1; step++) {
    const pc = machine.pc(1)!;
    const word = wordAt(machine, pc);
    if (machine.step().reason === "ended") break;
    if (machine.instructions <= step) break;
    shadow.follow(word, pc, machine.pc(1)!);
    if (step % every !== 0) continue;
    const process = processOf(machine, 1, programs);
    const frames = backtrace(process);
    const seen = frames.slice(1).map((frame) => frame.pc);
    const calls = [...shadow.calls].reverse();
    // What never returns need not keep where it was called from: of `exit` the caller is gone.
    const isLost = /^_?exit$/.test(frames.at(-1)!.function);
    expect(seen, frames[0].symbol).toEqual(isLost ? calls.slice(0, seen.length) : calls);
    compared++;
  }
  return compared;
}

test("a leaf that saved nothing has its caller in ra", async () => {
  const executable = program("call leaf\nli a7, 93\necall\nleaf: li a0, 1\nli a0, 2\nret");
  expect(await compareStacks(executable, 20, 1)).toBeGreaterThan(4);
});

test("a label in the middle of a function is no function of its own", async () => {
  const source = `
    call outer
    li a7, 93
    ecall
outer: addi sp, sp, -16
    sw ra, 12(sp)
    li t0, 3
again: call inner
    addi t0, t0, -1
    bnez t0, again
    lw ra, 12(sp)
    addi sp, sp, 16
    ret
inner: addi sp, sp, -32
    sw ra, 28(sp)
    addi sp, sp, 32
    ret`;
  expect(await compareStacks(program(source), 60, 1)).toBeGreaterThan(30);
});

test("a frame of more bytes than an immediate holds is found", async () => {
  const source = `
    call big
    li a7, 93
    ecall
big: li t0, -8192
    add sp, sp, t0
    li t1, 8000
    add t1, t1, sp
    sw ra, 4(t1)
    call leaf
    lw ra, 4(t1)
    li t0, 8192
    add sp, sp, t0
    ret
leaf: nop
    ret`;
  expect(await compareStacks(program(source), 60, 1)).toBeGreaterThan(10);
});

const TARGETS: readonly Target[] = [
  { compiler: "gcc", level: "-O0" },
  { compiler: "gcc", level: "-O2" },
  { compiler: "gcc", level: "-Os" },
];

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("as calls and returns say, in GCC's code", () => {
  for (const name of ["recursion", "expressions", "sorting", "strings", "varargs", "queens", "bignum"]) {
    for (const target of TARGETS) {
      test(`${name} ${target.level}`, async () => {
        const executable = readFileSync(compile("computation", name, target));
        expect(await compareStacks(executable, 12_000, 7)).toBeGreaterThan(100);
      });
    }
  }
});
