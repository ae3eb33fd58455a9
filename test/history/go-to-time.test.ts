// Going to a time finds the first moment that is not before it, however often it is paused on the way.

import { expect, test } from "vitest";
import { History } from "../../host/history/history.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

/** Computes and sleeps in turns, so that clocks run and leap. */
const SLEEPER = program(`
        li s0, 5
1:      li s1, 20000
2:      addi s1, s1, -1
        bnez s1, 2b
        addi sp, sp, -16
        sw zero, 0(sp)
        li t0, 3000000
        sw t0, 4(sp)
        mv a0, sp
        li a1, 0
        li a7, 101
        ecall
        addi sp, sp, 16
        addi s0, s0, -1
        bnez s0, 1b
        li a0, 0
        li a7, 93
        ecall`);

test.each([1, 3])("the first moment at a time is found, with %i harts", async (harts) => {
  const { machine } = await machineWith(SLEEPER, ["sleeper"], { harts });
  const history = History.create(machine);
  history.run();
  const end = machine.time;
  for (let share = 0; share <= 10; share++) {
    const ticks = Math.floor((end * share) / 10);
    expect(history.goToTime(ticks)).toBe(true);
    const direct = history.now;
    history.goTo(share % 2 === 0 ? history.end : history.start);
    let asked = 0;
    const pauseWhen = () => ++asked % 20 === 0;
    while (!history.goToTime(ticks, 0, { pauseWhen })) expect(asked).toBeLessThan(1_000_000);
    expect(history.now).toEqual(direct);
    if (harts > 1) continue;
    expect(machine.time).toBeGreaterThanOrEqual(Math.min(ticks, end));
    if (direct.retired === history.start.retired) continue;
    history.goTo({ retired: direct.retired - 1 });
    expect(machine.time).toBeLessThan(Math.max(1, ticks));
  }
});
