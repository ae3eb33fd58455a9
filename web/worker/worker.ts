// The machine's worker: answers the page's calls about the machine that is open.

import { expose, transfer } from "comlink";
import type { Breakpoint, BreakpointSpecification } from "../../host/debug/breakpoint.ts";
import type { Command } from "../../host/debug/command.ts";
import type { Value } from "../../host/debug/evaluate.ts";
import type { Why } from "../../host/debug/why.ts";
import type { Input } from "../../host/history/inputs.ts";
import type { Picture, PictureQuery } from "../../host/picture/index.ts";
import type { StillMachine } from "../../host/still-machine.ts";
import type { Diagnostic } from "../../host/toolchain/diagnostics.ts";
import type { Word } from "../../host/toolchain/vocabulary.ts";
import { bootMachine, coreModule } from "./boot.ts";
import type { Engine } from "./engine.ts";
import { OpenMachine } from "./open-machine.ts";
import type { MachineCalls, Opened, OpenedRecording, OpenRequest } from "./protocol.ts";
import { SourceErrors } from "./source-errors.ts";

class MachineWorker implements MachineCalls {
  #open: OpenMachine | null = null;
  /** Machines so far. */
  #machines = 0;
  #speed = Number.POSITIVE_INFINITY;
  /**
   * Size of the terminal's window, if the machine has not been told. It is told with the next keys: what is only
   * looked at runs the same in windows of every size.
   */
  #size: { readonly rows: number; readonly columns: number } | null = null;

  async open(request: OpenRequest): Promise<Opened> {
    await this.#open?.halt();
    if (request.inputs) await checkInputs(request.inputs);
    let machine: StillMachine;
    try {
      machine = await bootMachine(request);
    } catch (error) {
      if (error instanceof SourceErrors) return { kind: "errors", diagnostics: error.diagnostics };
      throw error;
    }
    this.#open = new OpenMachine(machine, request, ++this.#machines, this.#speed);
    return { kind: "opened" };
  }

  async openRecording(
    base: string,
    bytes: Uint8Array,
    goesOn: (part: number) => Promise<boolean>,
  ): Promise<OpenedRecording | null> {
    await this.#open?.halt();
    const [{ openRecording }, core] = await Promise.all([import("./recording.ts"), coreModule()]);
    const opened = await openRecording(core, bytes, base, goesOn, [this.#machines + 1, this.#speed]);
    if (opened === null) return null;
    this.#machines++;
    this.#open = opened.machine;
    return { example: opened.example };
  }

  async recording(): Promise<Uint8Array> {
    const engine = await this.#engine();
    const bytes = engine.save();
    return transfer(bytes, [bytes.buffer]);
  }

  async begin(): Promise<void> {
    await this.#engine();
  }

  /** What moves the machine that is open. Rejects where there is none. */
  #engine(): Promise<Engine> {
    if (this.#open === null) throw new Error("There is no machine yet.");
    return this.#open.begin();
  }

  async move(command: Command): Promise<void> {
    const engine = await this.#engine();
    await engine.move(command);
  }

  async pause(): Promise<void> {
    const engine = await this.#engine();
    engine.pause();
  }

  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#open?.setSpeed(perSecond);
  }

  async input(bytes: Uint8Array): Promise<void> {
    const engine = await this.#engine();
    engine.give((history) => {
      const size = this.#size;
      if (size !== null) history.resize(size.rows, size.columns);
      this.#size = null;
      history.input(bytes);
    });
  }

  resize(rows: number, columns: number): void {
    this.#size = { rows, columns };
  }

  async poke(pid: number, address: number, bytes: Uint8Array): Promise<number> {
    const engine = await this.#engine();
    return engine.give((history) => history.poke(pid, address, bytes)) ?? 0;
  }

  async setRegister(pid: number, index: number, value: number): Promise<boolean> {
    const engine = await this.#engine();
    return engine.give((history) => history.setRegister(pid, index, value)) ?? false;
  }

  addBreakpoint(specification: BreakpointSpecification, pid?: number): Promise<Breakpoint> {
    return this.#debug((session) => session.addBreakpoint(specification, pid));
  }

  removeBreakpoint(number: number): Promise<void> {
    return this.#debug((session) => session.removeBreakpoint(number));
  }

  enableBreakpoint(number: number, enabled: boolean): Promise<void> {
    return this.#debug((session) => session.enableBreakpoint(number, enabled));
  }

  evaluate(expression: string, pid?: number): Promise<Value> {
    return this.#debug((session) => session.evaluate(expression, pid));
  }

  why(pid: number): Promise<Why> {
    return this.#debug((session) => session.why(pid));
  }

  async #debug<T>(action: Parameters<typeof Engine.prototype.debug<T>>[0]): Promise<T> {
    const engine = await this.#engine();
    return engine.debug(action);
  }

  async inputs(): Promise<readonly Input[]> {
    const engine = await this.#engine();
    return engine.history.inputs;
  }

  async stateHash(): Promise<string> {
    if (this.#open === null) return "";
    const { core, state } = this.#open.still.kernel;
    const { hashState } = await import("../../host/machine/snapshot-hash.ts");
    return hashState(core.bytes, state);
  }

  async sourceErrors(base: string, name: string, source: string): Promise<readonly Diagnostic[]> {
    const language = await import("./language.ts");
    return language.sourceErrors(base, name, source);
  }

  async words(base: string): Promise<readonly Word[]> {
    const language = await import("./language.ts");
    return language.words(base);
  }

  async picture(query: PictureQuery): Promise<Picture | null> {
    return this.#open?.picture(query) ?? null;
  }

  giveUpPicture(): void {
    this.#open?.giveUpPicture();
  }
}

/** What came from outside on the way to a link's moment. */
async function checkInputs(inputs: readonly Input[]): Promise<void> {
  const { isInput } = await import("./engine.ts");
  if (!inputs.every((one) => isInput({ ...one })))
    throw new Error("The link is damaged: what came from outside is not of this machine.");
}

expose(new MachineWorker());
