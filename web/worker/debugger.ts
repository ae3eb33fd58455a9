// The debugger of a machine, and the log of its breakpoints. Loaded once the program runs.

import { Session } from "../../host/debug/session.ts";
import type { History } from "../../host/history/history.ts";
import { carryDebugErrors } from "./carried-errors.ts";
import { DebugLog } from "./debug-log.ts";

carryDebugErrors();

export interface Debugger {
  readonly session: Session;
  readonly log: DebugLog;
}

/** `program`: path of the program that the machine was made for, which may have ended by now. */
export function createDebugger(history: History, program: string): Debugger {
  const session = new Session(history);
  const log = new DebugLog();
  session.know(program);
  session.onLog((line) => log.add(line));
  return { session, log };
}
