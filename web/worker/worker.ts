// The machine's worker: answers the page's calls about the machine that is open.

import { expose } from "comlink";
import type { Breakpoint, BreakpointSpecification } from "../../host/debug/breakpoint.ts";
import type { Command } from "../../host/debug/command.ts";
import type { Value } from "../../host/debug/evaluate.ts";
import type { Why } from "../../host/debug/why.ts";
import { type Input, isInput } from "../../host/history/inputs.ts";
import type { Machine } from "../../host/machine.ts";
import { loadParts, type Picture, type PictureQuery, takePicture } from "../../host/picture/index.ts";
import type { Diagnostic } from "../../host/toolchain/diagnostics.ts";
import type { Word } from "../../host/toolchain/vocabulary.ts";
import { bootMachine } from "./boot.ts";
import { Engine } from "./engine.ts";
import { PicturePace } from "./pace.ts";
import type { MachineCalls, Opened, OpenRequest } from "./protocol.ts";
import { SourceErrors } from "./source-errors.ts";

class MachineWorker implements MachineCalls {
  #engine: Engine | null = null;
  /** Machines so far. */
  #machines = 0;
  #speed = Number.POSITIVE_INFINITY;
  /**
   * Size of the terminal's window, if the machine has not been told. It is told with the next keys: what is only
   * looked at runs the same in windows of every size.
   */
  #size: { readonly rows: number; readonly columns: number } | null = null;
  #shown = "";
  readonly #pace = new PicturePace();

  async open(request: OpenRequest): Promise<Opened> {
    this.pause();
    if (!(request.inputs ?? []).every((one) => isInput({ ...one })))
      throw new Error("The link is damaged: what came from outside is not of this machine.");
    let machine: Machine;
    try {
      machine = await bootMachine(request);
    } catch (error) {
      if (error instanceof SourceErrors) return { kind: "errors", diagnostics: error.diagnostics };
      throw error;
    }
    this.#engine = new Engine(machine, ++this.#machines, this.#speed, () => this.#pace.hurry());
    await this.#engine.restoreBreakpoints(request.breakpoints ?? []);
    if (request.moment) this.#engine.reach(request.moment, request.inputs);
    else await this.#engine.move({ kind: "continue" });
    void this.#engine.session();
    return { kind: "opened" };
  }

  async move(command: Command): Promise<void> {
    await this.#engine?.move(command);
  }

  pause(): void {
    this.#engine?.pause();
  }

  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#engine?.setSpeed(perSecond);
  }

  input(bytes: Uint8Array): void {
    this.#engine?.give((history) => {
      const size = this.#size;
      if (size !== null) history.resize(size.rows, size.columns);
      this.#size = null;
      history.input(bytes);
    });
  }

  resize(rows: number, columns: number): void {
    this.#size = { rows, columns };
  }

  poke(pid: number, address: number, bytes: Uint8Array): number {
    return this.#engine?.give((history) => history.poke(pid, address, bytes)) ?? 0;
  }

  setRegister(pid: number, index: number, value: number): boolean {
    return this.#engine?.give((history) => history.setRegister(pid, index, value)) ?? false;
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

  #debug<T>(action: Parameters<typeof Engine.prototype.debug<T>>[0]): Promise<T> {
    if (this.#engine === null) throw new Error("There is no machine yet.");
    return this.#engine.debug(action);
  }

  inputs(): readonly Input[] {
    return this.#engine?.history.inputs ?? [];
  }

  stateHash(): string {
    return this.#engine?.history.machine.stateHash() ?? "";
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
    if (this.#engine === null) return null;
    const isFirst = this.#shown === "";
    const parts = loadParts(query);
    // Something is to be seen soon: the first picture has what is there, the next one the rest (or says what failed).
    if (isFirst) parts.catch(() => {});
    else await parts;
    if (this.#isFlatOut && !(await this.#pace.due())) return null;
    const shown = `${this.#engine.version} ${JSON.stringify(query)}`;
    if (shown === this.#shown) return null;
    this.#shown = isFirst ? "first" : shown;
    const { source } = this.#engine;
    return this.#pace.time(() => takePicture(source, query));
  }

  /** The machine runs as fast as it can. */
  get #isFlatOut(): boolean {
    return this.#engine?.isRunning === true && this.#speed === Number.POSITIVE_INFINITY;
  }

  giveUpPicture(): void {
    this.#pace.giveUp();
  }
}

expose(new MachineWorker());
