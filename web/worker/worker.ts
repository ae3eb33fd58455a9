// The machine's worker: owns the machine, runs it in slices, and answers the page.

import { expose } from "comlink";
import type { Machine, RunResult } from "../../host/machine.ts";
import {
  loadParts,
  momentOf,
  OutputTail,
  type Picture,
  type PictureQuery,
  type PictureSource,
  type Status,
  takePicture,
} from "../../host/picture/index.ts";
import { bootMachine } from "./boot.ts";
import type { MachineCalls, Opened, OpenRequest } from "./protocol.ts";
import { type Engine, nextTask, Runner, SLICE_MS } from "./runner.ts";
import { SourceErrors } from "./source-errors.ts";

const PAUSED: Status = { kind: "paused" };
const RUNNING: Status = { kind: "running" };

class MachineWorker implements MachineCalls {
  #machine: Machine | null = null;
  #output = new OutputTail(0);
  #runner: Runner | null = null;
  #status: Status = PAUSED;
  #speed = Number.POSITIVE_INFINITY;
  /** Grows whenever a picture could look different. */
  #changes = 0;
  #shown = "";

  async open(request: OpenRequest): Promise<Opened> {
    this.pause();
    let machine: Machine;
    try {
      machine = await bootMachine(request);
    } catch (error) {
      if (error instanceof SourceErrors) return { kind: "errors", diagnostics: error.diagnostics };
      throw error;
    }
    this.#machine = machine;
    const output = new OutputTail(this.#output.run + 1);
    machine.on("output", (bytes) => output.add(bytes));
    this.#output = output;
    this.#runner = new Runner(this.#engine(machine), () => this.#changes++);
    this.#runner.setSpeed(this.#speed);
    this.#become(PAUSED);
    if (request.moment) await this.#goTo(machine, request.moment.retired);
    return { kind: "opened" };
  }

  run(): void {
    if (this.#machine === null || this.#status.kind === "ended") return;
    this.#become(RUNNING);
    this.#runner?.go();
  }

  pause(): void {
    this.#runner?.halt();
    if (this.#status.kind === "running") this.#become(PAUSED);
  }

  step(count: number): void {
    if (this.#machine === null || this.#status.kind === "ended") return;
    this.pause();
    this.#become(statusAfter(this.#machine.step(count)) ?? PAUSED);
  }

  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#runner?.setSpeed(perSecond);
  }

  input(bytes: Uint8Array): void {
    if (this.#status.kind === "ended") return;
    this.#machine?.input(bytes);
    this.#changes++;
    if (this.#status.kind === "input") this.run();
  }

  resize(rows: number, columns: number): void {
    if (this.#status.kind !== "ended") this.#machine?.resize(rows, columns);
    this.#changes++;
  }

  async picture(query: PictureQuery): Promise<Picture | null> {
    await loadParts(query);
    const source = this.#source();
    const shown = `${this.#changes} ${source?.machine.instructions} ${JSON.stringify(query)}`;
    if (source === null || shown === this.#shown) return null;
    this.#shown = shown;
    return takePicture(source, query);
  }

  #source(): PictureSource | null {
    const machine = this.#machine;
    return machine && { machine, end: momentOf(machine), status: this.#status, output: this.#output };
  }

  #engine(machine: Machine): Engine {
    return {
      advance: (limit, pauseWhen) => {
        const status = statusAfter(machine.run({ maxInstructions: limit, pauseWhen }));
        if (status !== null) this.#become(status);
        return { done: status !== null };
      },
      get retired() {
        return machine.instructions;
      },
    };
  }

  /** Runs a new machine up to a moment; stays awake meanwhile. */
  async #goTo(machine: Machine, retired: number): Promise<void> {
    let status: Status | null = null;
    while (status === null && machine.instructions < retired && machine === this.#machine) {
      const pauseAt = performance.now() + SLICE_MS;
      const maxInstructions = retired - machine.instructions;
      status = statusAfter(machine.run({ maxInstructions, pauseWhen: () => performance.now() >= pauseAt }));
      await nextTask();
    }
    this.#become(status ?? PAUSED);
  }

  #become(status: Status): void {
    this.#status = status;
    this.#changes++;
  }
}

/** What a result says about the machine; null: it can go on. */
function statusAfter(result: RunResult): Status | null {
  switch (result.reason) {
    case "ended":
      return { kind: "ended", exitStatus: result.status };
    case "deadlock":
      return { kind: "deadlock", waiting: result.waiting.map(({ pid, for: what }) => ({ pid, for: what })) };
    case "input":
      return { kind: "input" };
    default:
      return null;
  }
}

expose(new MachineWorker());
