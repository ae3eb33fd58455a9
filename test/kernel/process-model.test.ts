// Random processes (actor.c) against a model of the process table: who is whose child, who has ended and how. What
// fork, waitid and kill answer must be what the model says.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { PCB_PID } from "../../assembly/layout.ts";
import type { Machine } from "../../host/index.ts";
import { pcbWord } from "../../host/machine/core.ts";
import { machineWith } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { compileActor } from "./actor.ts";

const ECHILD = 10;
const ESRCH = 3;
const WNOWAIT = 0x01000000;

interface Modelled {
  parent: number;
  /** Wait status once it has ended. */
  status: number | null;
}

class ProcessModel {
  readonly #machine: Machine;
  readonly #processes = new Map<number, Modelled>([[1, { parent: 0, status: null }]]);
  answers = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
    machine.on("exit", (pid, status) => this.#end(pid, status));
    machine.observe({
      callEnds: (slot, row, _number, args, result) => {
        if (result === undefined) return;
        const caller = machine.kernel.core.words[pcbWord(slot, PCB_PID)];
        if (row?.name === "clone" && result > 0) this.#born(result, caller);
        if (row?.name === "waitid") this.#waited(caller, args, result);
        if (row?.name === "kill" && args[0] > 0) this.#killed(args[0], result);
      },
    });
  }

  #born(pid: number, parent: number): void {
    expect(this.#processes.has(pid), `pid ${pid} is new`).toBe(false);
    this.#processes.set(pid, { parent, status: null });
    this.answers++;
  }

  #end(pid: number, status: number): void {
    const process = this.#processes.get(pid);
    if (!process) throw new Error(`pid ${pid} ended and was never born`);
    process.status = status;
    for (const other of this.#processes.values()) if (other.parent === pid) other.parent = 1;
  }

  #childrenOf(pid: number): [number, Modelled][] {
    return [...this.#processes].filter(([, { parent }]) => parent === pid);
  }

  #waited(caller: number, args: Int32Array, result: number): void {
    const [idtype, id, infop, options] = args;
    this.answers++;
    const mine = this.#childrenOf(caller).filter(([pid]) => idtype !== 1 || pid === id);
    if (result === -ECHILD && idtype !== 2) expect(mine).toEqual([]);
    if (result !== 0) return;
    const word = (index: number) => this.#machine.kernel.inspection.loadWord(infop + index * 4) ?? 0;
    const pid = word(3);
    if (pid === 0) {
      if (idtype !== 2) expect(mine.filter(([, { status }]) => status !== null)).toEqual([]);
      return;
    }
    const child = this.#processes.get(pid);
    const status = word(2) === 1 ? word(5) << 8 : word(5);
    expect([child?.parent, child?.status]).toEqual([caller, status]);
    if ((options & WNOWAIT) === 0) this.#processes.delete(pid);
  }

  #killed(pid: number, result: number): void {
    this.answers++;
    if (result === -ESRCH) expect(this.#processes.has(pid)).toBe(false);
    else expect([result, this.#processes.has(pid)]).toEqual([0, true]);
  }
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("fork, waitid and kill", () => {
  let program = "";

  beforeAll(() => {
    program = compileActor();
  });

  const runs = [1, 4].flatMap((harts) =>
    Array.from({ length: 12 }, (_, index) => [harts, 5 + index * 104729]),
  );

  test.each(runs)(
    "answer as the model of the process table does (%i harts, seed %i)",
    async (harts, seed) => {
      const args = ["/bin/actor", String(seed), "80"];
      const { machine } = await machineWith(readFileSync(program), args, {
        quantum: 150,
        processes: 60,
        harts,
        turn: 50,
      });
      const model = new ProcessModel(machine);
      machine.run({ maxInstructions: 150_000 });
      expect(model.answers).toBeGreaterThan(3);
    },
  );
});
