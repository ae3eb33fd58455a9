// Between a trap and the saving of its registers the machine can stand still: they are in the hart, the PCB holds older
// ones, and whoever passes there, by whatever way, is in the same state as who never stopped.

import { describe, expect, test } from "vitest";
import {
  CAUSE_ECALL,
  CAUSE_FETCH_PAGE_FAULT,
  CAUSE_ILLEGAL,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_STORE_PAGE_FAULT,
  CAUSE_TIMER,
  EVENT_SAVE,
  EVENT_TRAP,
  HART_MODE,
  HART_RAISED,
  HART_SIZE,
  HARTS,
  MACHINE,
  MACHINE_HART,
  PCB_CONTEXT,
} from "../../assembly/layout.ts";
import { History } from "../../host/history/history.ts";
import { contextWord, heldContext, pcbWord } from "../../host/machine/core.ts";
import { Machine } from "../../host/machine.ts";
import { core, machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

/** Forks; both touch new pages, compute, yield, and the parent waits; then an illegal instruction. */
const TRAPS = program(`
    li a0, 17
    li a7, 220
    ecall
    mv s1, a0
    lui t0, 16
    sub t0, sp, t0
    lw t1, 0(t0)
    lui t1, 1
    sub t0, t0, t1
    sw s1, 0(t0)
    li s0, 200
1:  addi s0, s0, -1
    bnez s0, 1b
    li a7, 124
    ecall
    beqz s1, 2f
    li a0, 0
    li a1, -1
    li a2, 0
    li a3, 4
    li a4, 0
    li a7, 95
    ecall
2:  .word 0`);

const SHORT = { quantum: 90, turn: 40 };
const CAUSES = [
  CAUSE_ECALL,
  CAUSE_TIMER,
  CAUSE_ILLEGAL,
  CAUSE_FETCH_PAGE_FAULT,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_STORE_PAGE_FAULT,
];

function isRaised({ kernel }: Machine): boolean {
  const { unsigned } = kernel.core;
  const hart = unsigned[(MACHINE + MACHINE_HART) >>> 2];
  return unsigned[(HARTS + hart * HART_SIZE + HART_MODE) >>> 2] === HART_RAISED;
}

/** Goes from trap to trap, where each is only raised; at each of them, `look` is called. */
function eachRaised(machine: Machine, look: (cause: number, slot: number) => void): void {
  for (;;) {
    machine.debugging.set({ events: { types: [EVENT_TRAP] } });
    const result = machine.run();
    if (result.reason !== "debug") return;
    const cause = machine.events(result.hit.events).events[0].a;
    look(cause, result.hit.slot);
  }
}

describe.each([1, 2, 4])("on %i harts", (harts) => {
  const start = async () => (await machineWith(TRAPS, ["traps"], { ...SHORT, harts })).machine;

  test("a raised trap's registers are in the hart, and in the PCB once they are saved, whatever the cause", async () => {
    const machine = await start();
    const { core } = machine.kernel;
    const seen = new Set<number>();
    eachRaised(machine, (cause, slot) => {
      seen.add(cause);
      expect(isRaised(machine)).toBe(true);
      expect(machine.debugging.pending).toMatchObject({ kind: "trap", cause });
      expect(machine.check()).toEqual([]);
      const held = heldContext(core, core.unsigned[(MACHINE + MACHINE_HART) >>> 2]);
      expect(contextWord(core, slot)).toBe(held);
      const registers = core.unsigned.slice(held, held + 32);
      machine.debugging.set({ events: { types: [EVENT_SAVE] } });
      expect(machine.run()).toMatchObject({ reason: "debug" });
      expect(isRaised(machine)).toBe(false);
      const saved = pcbWord(slot, PCB_CONTEXT);
      expect(core.unsigned.slice(saved, saved + 32)).toEqual(registers);
    });
    expect(seen).toEqual(new Set(CAUSES));
  });

  test("a machine that stood at every raised trap ends as one that never stopped", async () => {
    const [stopped, free] = [await start(), await start()];
    eachRaised(stopped, () => {});
    free.run();
    expect(stopped.stateHash()).toBe(free.stateHash());
  });

  test("a machine that is saved at a raised trap is whole, and goes on as the other", async () => {
    const free = await start();
    free.run();
    const machine = await start();
    const snapshots: Uint8Array[] = [];
    eachRaised(machine, () => snapshots.push(machine.snapshot()));
    for (const snapshot of snapshots.filter((_, index) => index % 4 === 0)) {
      const restored = await Machine.restore(core, snapshot, { verify: true });
      expect(isRaised(restored)).toBe(true);
      restored.run();
      expect(restored.stateHash()).toBe(free.stateHash());
    }
  });

  test("every moment of every trap is the same state from both sides", async () => {
    const history = History.create(await start(), { pace: () => 200, stopovers: [] });
    history.run();
    history.goTo(history.start);
    const hashes: [number, string][] = [];
    for (let number = history.start.events; number < history.end.events; number++) {
      history.goToEvent(number);
      hashes.push([number, history.machine.stateHash()]);
    }
    expect(new Set(hashes.map(([, hash]) => hash)).size).toBeGreaterThan(hashes.length / 2);
    for (const [number, hash] of hashes.reverse()) {
      history.goToEvent(number);
      expect(history.machine.stateHash(), `event ${number}`).toBe(hash);
    }
  });

  test("a process that is ended or given a register where its trap is raised leaves the machine whole", async () => {
    for (const act of ["kill", "register"] as const) {
      const machine = await start();
      let count = 0;
      eachRaised(machine, (_cause, slot) => {
        const pid = machine.kernel.core.unsigned[pcbWord(slot, 0)];
        if (count++ % 5 !== 4) return;
        if (act === "kill" && pid !== 1) machine.kill(pid, 9);
        if (act === "register") machine.setRegister(pid, 9, count);
        if (act === "register") expect(machine.registers(pid)![9]).toBe(count);
        expect(machine.check()).toEqual([]);
      });
      expect(machine.check()).toEqual([]);
      expect(count).toBeGreaterThan(5);
    }
  });
});

test("a state that claims a raised trap where there is none is refused", async () => {
  const { machine } = await machineWith(TRAPS, ["traps"], { ...SHORT, harts: 2 });
  machine.run({ maxInstructions: 100 });
  const { unsigned } = machine.kernel.core;
  const other = 1 - unsigned[(MACHINE + MACHINE_HART) >>> 2];
  unsigned[(HARTS + other * HART_SIZE + HART_MODE) >>> 2] = HART_RAISED;
  await expect(Machine.restore(core, machine.snapshot(), { verify: true })).rejects.toThrow(/not its turn/);
});
