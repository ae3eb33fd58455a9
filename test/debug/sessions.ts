// Sessions for tests: a program in a machine with a history.

import { readFileSync } from "node:fs";
import { History } from "../../host/history/history.ts";
import { Session, type Stop } from "../../host/index.ts";
import { Machine } from "../../host/machine.ts";
import type { MachineOptions } from "../../host/still-machine.ts";
import { assembleProgram } from "../../host/toolchain/index.ts";
import { core } from "../harness/machine.ts";

const MEMORY = 64 * 1024 * 1024;

/** A session on a machine in which `program` is the first process, without input. */
export async function sessionOf(
  program: Uint8Array,
  options: Partial<MachineOptions> = {},
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<Session> {
  const machine = await Machine.create({ memory: MEMORY, ...options, core });
  for (const [path, bytes] of Object.entries(files)) machine.writeFile(path, bytes, 0o755);
  const pid = machine.load(program);
  if (pid < 0) throw new Error(`the program cannot be started: errno ${-pid}`);
  machine.endInput();
  return new Session(History.create(machine));
}

/** The executable of a source with symbols and lines; its file is named test.s. */
export function assembled(source: string): Uint8Array {
  const { program, diagnostics } = assembleProgram(source, { file: "test.s" });
  if (diagnostics.length > 0)
    throw new Error(diagnostics.map((one) => `${one.line}: ${one.message}`).join("\n"));
  return program;
}

/** A program of the machine's own. */
export function userland(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../build/bin/${name}`, import.meta.url)));
}

/** The symbol that a stop stands at. */
export function placeOf(session: Session, stop: Stop): string {
  return session.process(stop.pid).program?.nameOf(stop.pc!) ?? "";
}

/** All stops of `continue` from where the session stands, to the end of the run or its beginning. */
export function allStops(session: Session, direction: "forward" | "back"): Stop[] {
  const stops: Stop[] = [];
  for (;;) {
    const stop = session.perform({ kind: "continue", direction });
    if (stop.breakpoint === undefined) return stops;
    stops.push(stop);
  }
}
