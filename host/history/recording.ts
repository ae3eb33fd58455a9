// Recordings: a run as a file. It has the state at its start, with programs and files inside, all inputs with their
// moments, where it ended, and hashes of states on the way. Whoever opens it runs it again.
//
//   8 bytes magic | u32 version | tree (snapshot-codec.ts) | 16 bytes checksum of all that precedes

import { checksum } from "../machine/snapshot-checksum.ts";
import { CodecError, decodeTree, encodeTree } from "../machine/snapshot-codec.ts";
import { type Input, isInput } from "./inputs.ts";
import { compareMoments, type Moment } from "./moment.ts";
import { isRecording, MAGIC } from "./recording-magic.ts";

/** Changes with this format. The start's own version says for which core it is. */
export const RECORDING_VERSION = 1;

const HEADER_SIZE = 12;
const CHECKSUM_SIZE = 16;

/** What a state must be. */
export interface Check {
  readonly moment: Moment;
  readonly hash: string;
}

export interface Recording {
  /** Snapshot of the state at the start. */
  readonly start: Uint8Array;
  readonly inputs: readonly Input[];
  /** In order of their moments; the last one is the end. */
  readonly checks: readonly Check[];
}

/**
 * "foreign": made by a machine that behaves differently; "damaged": also where the checksum is right, but what is in the
 * file cannot be.
 */
export type RecordingErrorCode = "not-a-recording" | "unsupported-version" | "damaged" | "foreign";

export class RecordingError extends Error {
  override readonly name = "RecordingError";
  readonly code: RecordingErrorCode;

  constructor(code: RecordingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function damaged(what: string): RecordingError {
  return new RecordingError("damaged", `the recording is damaged: ${what}`);
}

export function encodeRecording(recording: Recording): Uint8Array {
  const tree = encodeTree(recording);
  const bytes = new Uint8Array(HEADER_SIZE + tree.length + CHECKSUM_SIZE);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, RECORDING_VERSION, true);
  bytes.set(tree, HEADER_SIZE);
  bytes.set(checksum(bytes.slice(0, HEADER_SIZE + tree.length)), HEADER_SIZE + tree.length);
  return bytes;
}

/** Throws RecordingError. What the start holds is not looked at. */
export function decodeRecording(bytes: Uint8Array): Recording {
  if (!isRecording(bytes)) {
    const message = "this is not a recording of Timeslice: its first 8 bytes differ";
    throw new RecordingError("not-a-recording", message);
  }
  if (bytes.length < HEADER_SIZE + CHECKSUM_SIZE) throw damaged("it ends before its contents");
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (version !== RECORDING_VERSION) {
    const message = `the recording has version ${version}; this program reads version ${RECORDING_VERSION}`;
    throw new RecordingError("unsupported-version", message);
  }
  const end = bytes.length - CHECKSUM_SIZE;
  const sum = checksum(bytes.slice(0, end));
  if (sum.some((byte, index) => byte !== bytes[end + index])) throw damaged("its checksum does not match");
  return checkShape(treeOf(bytes.subarray(HEADER_SIZE, end)));
}

function treeOf(bytes: Uint8Array): unknown {
  try {
    return decodeTree(bytes);
  } catch (error) {
    if (error instanceof CodecError) throw damaged(error.message);
    throw error;
  }
}

function checkShape(tree: unknown): Recording {
  if (!isRecord(tree)) throw damaged("it has no contents");
  const { start, inputs, checks } = tree;
  if (!(start instanceof Uint8Array)) throw damaged("it has no start");
  if (!Array.isArray(inputs) || !inputs.every(isTimedInput)) throw damaged("an input is none");
  if (!Array.isArray(checks) || checks.length === 0 || !checks.every(isCheck))
    throw damaged("its end is missing");
  const all = [...inputs, ...checks].map(({ moment }) => moment);
  if (!isOrdered(inputs) || !isOrdered(checks)) throw damaged("its moments are not in order");
  const end = checks[checks.length - 1].moment;
  if (all.some((moment) => compareMoments(moment, end) > 0)) throw damaged("something comes after its end");
  return { start, inputs, checks };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMoment(value: unknown): value is Moment {
  if (!isRecord(value)) return false;
  return [value.retired, value.events].every((one) => Number.isSafeInteger(one) && (one as number) >= 0);
}

function isTimedInput(value: unknown): value is Input {
  return isRecord(value) && isMoment(value.moment) && isInput(value);
}

function isCheck(value: unknown): value is Check {
  return isRecord(value) && isMoment(value.moment) && typeof value.hash === "string";
}

function isOrdered(items: readonly { readonly moment: Moment }[]): boolean {
  return items.every(
    (item, index) => index === 0 || compareMoments(items[index - 1].moment, item.moment) <= 0,
  );
}
