// Stops at events: each type of event that a machine writes can stop it, right where it was written.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import * as layout from "../../assembly/layout.ts";
import type { Machine, MachineEvent } from "../../host/index.ts";
import { machineWith } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { compileActor } from "../kernel/actor.ts";
import { stopsOf } from "./programs.ts";

const LENGTH = 20_000;
const SEED = 4;
const TYPES = Object.entries(layout).filter(([name, value]) => /^EVENT_/.test(name) && isType(name, value));
let program = "";
/** All events of the run; of index and number the same. */
let events: readonly MachineEvent[] = [];

/** EVENT_* are types, and fields and sizes of the record. */
function isType(name: string, value: unknown): boolean {
  const fields = ["CAPACITY", "TIME", "TYPE", "HART", "REASON", "SLOT", "PID", "A", "B", "C", "SIZE"];
  return typeof value === "number" && !fields.includes(name.slice("EVENT_".length));
}

/** Random processes, after their program was started. */
async function actors(harts = 1): Promise<Machine> {
  const options = { quantum: 200, processes: 60, harts, turn: 64 };
  return (await machineWith(readFileSync(program), ["/bin/actor", String(SEED), "60"], options)).machine;
}

/** Instructions that may still retire before the stop: the store that copies a page. */
function distance({ type, b }: MachineEvent): number {
  const isCopy = type === layout.EVENT_FAULT && (b === layout.FAULT_COPY || b === layout.FAULT_REUSE);
  return isCopy ? 1 : 0;
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("a stop at", () => {
  beforeAll(async () => {
    program = compileActor();
    const machine = await actors();
    machine.run({ maxInstructions: LENGTH });
    events = machine.events().events;
  });

  test.each(TYPES)("%s comes where each was written", async (_, type) => {
    const machine = await actors();
    const from = machine.eventCount;
    machine.debugging.set({ events: { types: [type as number] } });
    const wanted = events.flatMap((event, number) => (event.type === type && number >= from ? [number] : []));
    const stopped: number[] = [];
    for (const hit of stopsOf(machine, LENGTH)) {
      const event = events[hit.events]!;
      expect(hit).toMatchObject({ kind: "event", address: type, pid: event.pid });
      expect(machine.instructions - hit.retired).toBeLessThanOrEqual(distance(event));
      stopped.push(hit.events);
    }
    expect(wanted.filter((number) => stopped.includes(number))).toEqual(stopped);
    expect(machine.debugging.hits).toBe(wanted.length);
  });

  test("every type of event is tested", () => {
    const seen = new Set(events.map(({ type }) => type));
    const absent = TYPES.filter(([, type]) => !seen.has(type as number)).map(([name]) => name);
    expect(absent).toEqual([]);
  });

  test("events of one process leaves out the others", async () => {
    const machine = await actors();
    machine.debugging.set({ events: { types: [layout.EVENT_CALL], pid: 2 } });
    const pids = [...stopsOf(machine, LENGTH)].map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(5);
    expect(new Set(pids)).toEqual(new Set([2]));
  });

  test("a count of events comes at the first step that reaches it, on several harts", async () => {
    const whole = await actors(4);
    const from = whole.eventCount;
    const counts: number[] = [];
    while (whole.instructions < LENGTH / 4) {
      whole.debugging.set({ untilEvents: whole.eventCount + 1 });
      if (whole.run().reason !== "debug") break;
      counts.push(whole.eventCount);
    }
    expect(counts.length).toBeGreaterThan(200);
    for (let until = from + 1; until < counts.at(-1)!; until += 37) {
      const machine = await actors(4);
      machine.debugging.set({ untilEvents: until });
      expect(machine.run()).toMatchObject({ reason: "debug", hit: { kind: "events" } });
      expect(machine.eventCount).toBe(counts.find((count) => count >= until));
    }
  });
});
