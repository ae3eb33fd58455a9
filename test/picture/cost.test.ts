// What a picture of a thousand processes costs. Bounds are loose: they catch a walk over all for each of all.

import { expect, test } from "vitest";
import { takeProcesses } from "../../host/picture/processes.ts";
import { linesOf } from "../../web/panels/processes/order.ts";
import { FORK, machineAfter, PIPE, STAY, sourceOf } from "./machines.ts";

test("a thousand processes that wait for a pipe are pictured, and put into order, well within a frame", async () => {
  const read = "mv a0, s0\n mv a1, sp\n li a2, 1\n li a7, 63\n ecall\n";
  const machine = await machineAfter(
    `${PIPE} li s2, 999\n more: ${FORK} beqz a0, child\n addi s2, s2, -1\n bnez s2, more\n${STAY} child: ${read}`,
    10_000_000,
  );
  const source = sourceOf(machine);
  const picture = takeProcesses(source);
  expect(picture.count).toBe(1000);
  expect(picture.wakersEnd[999]).toBe(999 * 4);
  const rounds = 20;
  // The fastest round: the others say how busy the machine was.
  let spent = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    linesOf(takeProcesses(source), { key: null, descending: false, matches: () => true });
    spent = Math.min(spent, performance.now() - begun);
  }
  console.info(`a picture of 1000 processes and their order: ${spent.toFixed(2)} ms`);
  expect(spent).toBeLessThan(50);
});
