// The debugger's public face: what screens, protocols and the command line use.

export { backtrace, type Frame, frameContext } from "./backtrace.ts";
export type {
  AccessKind,
  Breakpoint,
  BreakpointPlace,
  BreakpointSpecification,
  CaughtEvent,
  LogLine,
} from "./breakpoint.ts";
export type { Command, Direction } from "./command.ts";
export type { CodeLine } from "./disassembly.ts";
export { DebugError, type DebugErrorCode } from "./errors.ts";
export { type EvaluationContext, evaluate, numberOf, type Value } from "./evaluate.ts";
export { type Expression, parseExpression } from "./expression.ts";
export {
  asciiOf,
  FORMATS,
  type Format,
  formatAddress,
  formatNumber,
  type Readings,
  readings,
  stringLiteral,
} from "./format.ts";
export type { LastWrite, WriteTarget } from "./last-write.ts";
export { DebuggedProcess, nextPid, processOf } from "./process.ts";
export { type Program, Programs } from "./program.ts";
export { type AdvanceOptions, type CodeWindow, Session } from "./session.ts";
export type { Stop, StopReason, WatchedAccess } from "./stop.ts";
export type { Why } from "./why.ts";
export { callOf, describeInstruction, type InstructionInWords } from "./words.ts";
