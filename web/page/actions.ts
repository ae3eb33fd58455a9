// What a person can do to the machine. Each tells the worker and then asks for a picture.

import type { BreakpointSpecification } from "../../host/debug/breakpoint.ts";
import type { Command } from "../../host/debug/command.ts";
import type { Input } from "../../host/history/inputs.ts";
import type { Configuration } from "../../host/machine/configuration.ts";
import type { Moment } from "../../host/picture/index.ts";
import type { Program } from "../worker/protocol.ts";
import { type Example, findExample } from "./examples.ts";
import { endFirstView } from "./first-view.ts";
import { refresh, showStill } from "./frames.ts";
import { bringToFront, panels } from "./layout/state.ts";
import { recall, remember } from "./memory.ts";
import { type BootProgram, fromLetters, nameOf, type SharedProgram } from "./share/program.ts";
import * as store from "./store.ts";
import { machine } from "./worker.ts";

export interface OpenOptions {
  /** What is to be otherwise than the example has it, or than by default. */
  readonly configuration?: Partial<Configuration>;
  /** Where the machine is to stand; absent: it runs from the beginning. */
  readonly moment?: Moment | undefined;
  /** What came from outside on the way there. */
  readonly inputs?: readonly Input[] | undefined;
  /** Absent: those that there are, if the program is the one in the machine. */
  readonly breakpoints?: readonly BreakpointSpecification[] | undefined;
}

/** The machine that is made last, and is to be the one on screen: they are made one after the other. */
let opening: Promise<void> = Promise.resolve();

function inTurn(action: () => unknown): Promise<void> {
  opening = opening.then(() => attempt(action)).then(endFirstView);
  return opening;
}

/** Puts a program into a new machine and runs it. Errors of a source are left in `diagnostics`. */
export function open(program: SharedProgram, options: OpenOptions = {}): Promise<void> {
  return inTurn(() => boot(program, options));
}

/** The same where it is still being found out what: it keeps its turn. */
export function openFound(
  find: () => Promise<{ readonly program: SharedProgram; readonly options: OpenOptions }>,
): Promise<void> {
  return inTurn(async () => {
    const { program, options } = await find();
    await boot(program, options);
  });
}

async function boot(program: SharedProgram, options: OpenOptions): Promise<void> {
  if ("recording" in program) return (await import("./recording.ts")).openRun(program, options.configuration);
  const example = await exampleOf(program);
  const configuration = options.configuration ?? {};
  if (store.speed.value === store.AS_FITS) await machine.setSpeed(store.paceOf(example));
  const opened = await machine.open({
    base: new URL("./", document.baseURI).href,
    program: asProgram(program, example),
    configuration: { ...("example" in program ? example?.configuration : {}), ...configuration },
    ...(options.moment && { moment: options.moment }),
    ...(options.inputs && { inputs: options.inputs }),
    breakpoints: options.breakpoints ?? keptBreakpoints(program),
  });
  store.diagnostics.value = opened.kind === "errors" ? opened.diagnostics : [];
  if (opened.kind === "errors") return reject(program, opened.diagnostics.length);
  become("example" in program && example ? { example: example.id } : program, example, configuration);
  store.announcement.value = "Started";
  await showStill();
  await begin();
}

/** Another machine is in the worker now: nothing on the screen is about it. */
export function become(
  program: SharedProgram,
  example: Example | null,
  configuration: Partial<Configuration>,
): void {
  store.program.value = program;
  store.example.value = example;
  store.changed.value = configuration;
  store.chosen.value = 0;
  store.picture.value = null;
  store.previous.value = null;
}

/** Lets the machine that was opened run; where it cannot, the person can try again. */
async function begin(): Promise<void> {
  try {
    await machine.begin();
  } catch (error) {
    tell(messageOf(error), () => attempt(begin));
  }
}

/** What is known of a program: of one of the examples, or of a source that was made from it. */
async function exampleOf(program: BootProgram): Promise<Example | null> {
  if ("example" in program) return findExample(program.example);
  return "source" in program ? findExample(program.name).catch(() => null) : null;
}

/** Leaves a source with errors to the editor, where they are marked. */
function reject(program: SharedProgram, count: number): void {
  if ("source" in program) store.rejected.value = program;
  const editor = panels.value.find(({ id }) => id === "editor");
  if (editor) bringToFront(editor);
  tell(`${count === 1 ? "An error" : `${count} errors`} in the source: see the editor. Nothing was run.`);
}

/** Breakpoints stay when the same program is opened again, or one that was made from it. */
function keptBreakpoints(program: SharedProgram): readonly BreakpointSpecification[] {
  const isOther = nameOf(program) !== (store.program.value && nameOf(store.program.value));
  return isOther ? [] : (store.picture.value?.breakpoints ?? []).map(({ specification }) => specification);
}

function asProgram(program: BootProgram, example: Example | null): Program {
  if ("example" in program && example) {
    return {
      name: example.id,
      code: { path: `examples/${example.id}` },
      args: [],
      uses: example.programs ?? [],
    };
  }
  if ("example" in program) throw new Error(`There is no example "${program.example}".`);
  const code = "source" in program ? { source: program.source } : { bytes: fromLetters(program.executable) };
  return { name: program.name, code, args: [], uses: "all" };
}

/** The same program in a new machine. */
export function restart(): Promise<void> {
  return reconfigure({});
}

/** Another machine for the same program. */
export function reconfigure(change: Partial<Configuration>): Promise<void> {
  return inTurn(() => {
    const configuration = { ...store.changed.value, ...change };
    return store.program.value && boot(store.program.value, { configuration });
  });
}

/** Begins a movement through the run. */
export function move(command: Command): Promise<void> {
  return attempt(() => machine.move(command));
}

export function pause(): Promise<void> {
  return attempt(() => machine.pause());
}

/** Shows the hash of the machine's state, by which two runs can be compared. */
export function showHash(): Promise<void> {
  return attempt(async () => {
    store.announcement.value = `State ${await machine.stateHash()}`;
  });
}

/** Brings back the speed that was chosen last. */
export function startSpeed(): Promise<void> {
  const isSpeed = (value: unknown): value is number | "full" =>
    value === "full" || value === store.AS_FITS || (typeof value === "number" && value >= 1);
  const known = recall("speed", isSpeed);
  return setSpeed(known === "full" ? Number.POSITIVE_INFINITY : (known ?? store.AS_FITS));
}

/** Takes a speed or AS_FITS, and remembers it. */
export function setSpeed(chosen: number): Promise<void> {
  store.speed.value = chosen;
  remember("speed", Number.isFinite(chosen) ? chosen : "full");
  const perSecond = chosen === store.AS_FITS ? store.paceOf(store.example.value) : chosen;
  return attempt(() => machine.setSpeed(perSecond));
}

/** What was typed into the terminal. */
export function type(bytes: Uint8Array): Promise<void> {
  return attempt(() => machine.input(bytes));
}

/** The terminal's window has another size. */
export function resizeTerminal(rows: number, columns: number): Promise<void> {
  return attempt(() => machine.resize(rows, columns));
}

/** Does it and shows what came of it; what goes wrong is told to the person. */
export async function attempt(action: () => unknown): Promise<void> {
  try {
    tell("");
    await action();
  } catch (error) {
    tell(messageOf(error));
  }
  refresh();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Says what went wrong, and how it can be tried again. It is an alert by itself, and takes the place of what was said
 * before.
 */
export function tell(message: string, tryAgain: (() => void) | null = null): void {
  store.failure.value = message;
  store.tryAgain.value = tryAgain;
  if (message !== "") store.announcement.value = "";
}
