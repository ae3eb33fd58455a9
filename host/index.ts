// The library: what an embedder imports, in Node and in the browser alike.

export * from "./debug/index.ts";
export type { EventBlock, EventLog } from "./history/event-log.ts";
export { History, type HistoryOptions, type HistoryRunOptions } from "./history/history.ts";
export type { Input, InputOf } from "./history/inputs.ts";
export { compareMoments, type Moment } from "./history/moment.ts";
export { Opening } from "./history/opening.ts";
export type { OutputLog, OutputPiece } from "./history/output-log.ts";
export { RecordingError, type RecordingErrorCode } from "./history/recording.ts";
export { DivergenceError, NoSuchMomentError } from "./history/replay.ts";
export type { Search } from "./history/search.ts";
export type { Target } from "./history/target.ts";
export type { Waiting } from "./kernel/deadlock.ts";
export {
  type Configuration,
  ConfigurationError,
  DEFAULT_CONFIGURATION,
  POLICIES,
} from "./machine/configuration.ts";
export type { Debugging, DebugHit, DebugPoint, DebugSetup, PendingService } from "./machine/debugging.ts";
export { SnapshotError } from "./machine/snapshot.ts";
export {
  Machine,
  type MachineEvents,
  type ProcessView,
  type RunOptions,
  type RunResult,
} from "./machine.ts";
export type { MachineOptions } from "./still-machine.ts";
export type { EventBatch, MachineEvent } from "./trace/events.ts";
