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
export { DebugError, type DebugErrorCode } from "./errors.ts";
export { type EvaluationContext, evaluate, numberOf, type Value } from "./evaluate.ts";
export { type Expression, parseExpression } from "./expression.ts";
export { asciiOf, type Format, formatAddress, formatNumber, type Readings, readings } from "./format.ts";
export type { Moment } from "./moment.ts";
export { DebuggedProcess, nextPid, processOf } from "./process.ts";
export { type Program, Programs } from "./program.ts";
export type { Stop, StopReason, WatchedAccess } from "./stop.ts";
export { callOf, describeInstruction, type InstructionInWords } from "./words.ts";
