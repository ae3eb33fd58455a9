// Whoever watches a run must not change it.

import { expect, test } from "vitest";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

/** Hands the kernel pointers into pages that nobody has touched before: of the file, of bss, of nowhere. */
const SOURCE = `
  li a0, 1
  la a1, text
  li a2, 0
  li a7, 64
  ecall
  la a1, zeros
  ecall
  li a1, 0x123000
  ecall
  li a0, 0
  li a7, 94
  ecall
.section .rodata
.balign 4096
text: .asciz "watched"
.bss
.balign 4096
zeros: .zero 4096`;

test("a run that is watched through its memory is the run that is not", async () => {
  const plain = (await machineWith(program(SOURCE))).machine;
  const watched = (await machineWith(program(SOURCE))).machine;
  const seen: (string | number)[] = [];
  watched.observe({
    callBegins: (_slot, row, _number, args) => {
      if (row?.name === "write") seen.push(watched.kernel.inspection.string(args[1], 100));
    },
  });
  expect(plain.run()).toEqual(watched.run());
  expect(seen).toEqual(["watched", "", -14]);
  expect(watched.stateHash()).toBe(plain.stateHash());
});

test("watching adds to the machine's own listeners", async () => {
  const { machine } = await machineWith(program("li a0, 3\n li a7, 94\n ecall"));
  const ends: unknown[] = [];
  machine.on("exit", (pid, status) => ends.push(["exit", pid, status]));
  machine.observe({ processEnds: (slot, status) => ends.push(["slot", slot, status]) });
  machine.run();
  expect(ends).toEqual([
    ["exit", 1, 0x300],
    ["slot", 1, 0x300],
  ]);
});
