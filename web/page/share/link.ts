// Links that carry a state of the page in the fragment, which browsers do not send to any server:
// "#example=fork", or "#1." and the state as JSON, deflated, in the letters that addresses allow.

import type { BreakpointSpecification } from "../../../host/debug/breakpoint.ts";
import type { Input } from "../../../host/history/inputs.ts";
import type { Moment } from "../../../host/history/moment.ts";
import type { Configuration } from "../../../host/machine/configuration.ts";
import { isLayoutState, type LayoutState } from "../layout/form.ts";
import { fromLetters, type SharedProgram, toLetters } from "./program.ts";

/** What a link carries. All but the program may be absent. */
export interface SharedState {
  readonly program: SharedProgram;
  readonly configuration?: Partial<Configuration>;
  /** Where the machine stands; absent: it runs from the beginning. */
  readonly moment?: Moment;
  /** What came from outside on the way there: keys, changed registers. */
  readonly inputs?: readonly Input[];
  /** As the session takes them. */
  readonly breakpoints?: readonly BreakpointSpecification[];
  readonly layout?: LayoutState;
}

/** The link's fragment cannot be read; the message says what is the matter with it. */
export class LinkError extends Error {
  override readonly name = "LinkError";
}

const VERSION = "1.";
/** Instructions that a link may ask to be executed: an hour's work. */
const FARTHEST = 1e12;
/** What a link may unfold to, so that a forged one does not fill the memory. */
const LONGEST_BYTES = 8 * 1024 * 1024;

/** The fragment for a state, "#" included. Throws LinkError where a link cannot carry so much. */
export async function encodeLink(state: SharedState): Promise<string> {
  if ("recording" in state.program)
    throw new LinkError("A link does not carry a recording: give others the file.");
  if (isPlainExample(state)) return `#example=${state.program.example}`;
  const text = new TextEncoder().encode(JSON.stringify(state, bytesToLetters));
  if (text.length > LONGEST_BYTES) throw new LinkError("This program is too large for a link.");
  return `#${VERSION}${toLetters(await through(text, new CompressionStream("deflate-raw")))}`;
}

type PlainExample = SharedState & { readonly program: { readonly example: string } };

function isPlainExample(state: SharedState): state is PlainExample {
  return "example" in state.program && Object.values(state).filter((part) => part !== undefined).length === 1;
}

/** The state of a fragment (with or without "#"); null where it carries none. Throws LinkError. */
export async function decodeLink(fragment: string): Promise<SharedState | null> {
  const text = fragment.replace(/^#/, "");
  if (text === "") return null;
  if (text.startsWith("example=")) return checked({ program: { example: text.slice(8) } });
  if (!text.startsWith(VERSION))
    throw new LinkError("This link is not one of Timeslice's, or of a newer version.");
  return checked(await unfold(text.slice(VERSION.length)));
}

async function unfold(letters: string): Promise<unknown> {
  try {
    const bytes = await through(fromLetters(letters), new DecompressionStream("deflate-raw"));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), lettersToBytes);
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw new LinkError("This link is damaged: a part of it is missing or was changed on the way.");
  }
}

/** What came from outside is taken for a state only where it has the form of one. */
function checked(value: unknown): SharedState {
  const { program, configuration, moment, inputs, breakpoints, layout } = (value ?? {}) as Record<
    string,
    unknown
  >;
  const isWhole =
    isProgram(program) &&
    (configuration === undefined || isObject(configuration)) &&
    (moment === undefined || isMoment(moment)) &&
    (inputs === undefined || (Array.isArray(inputs) && inputs.every(isInput))) &&
    (breakpoints === undefined || (Array.isArray(breakpoints) && breakpoints.every(isObject))) &&
    (layout === undefined || isLayoutState(layout));
  if (!isWhole) throw new LinkError("This link is damaged: what it carries is not a state of Timeslice.");
  const moments = [moment, ...((inputs as readonly Input[] | undefined) ?? []).map((input) => input.moment)];
  if (moments.some((one) => one && (one as Moment).retired > FARTHEST))
    throw new LinkError(
      "This link leads to a moment after more than a million million instructions: too far to go.",
    );
  return value as SharedState;
}

function isProgram(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { example, name, source, executable } = value;
  if (example !== undefined) return typeof example === "string" && /^[\w-]+$/.test(example);
  if (typeof name !== "string" || !/^(?!\.{1,2}$)[\w.-]{1,64}$/.test(name)) return false;
  return typeof source === "string" || (typeof executable === "string" && /^[\w-]*$/.test(executable));
}

function isMoment(value: unknown): boolean {
  return isObject(value) && isCount(value["retired"]) && isCount(value["events"]);
}

function isInput(value: unknown): boolean {
  return isObject(value) && isMoment(value["moment"]) && typeof value["kind"] === "string";
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function through(bytes: Uint8Array, stream: GenericTransformStream): Promise<Uint8Array> {
  const reader = (
    new Blob([bytes as BlobPart]).stream().pipeThrough(stream) as ReadableStream<Uint8Array>
  ).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > LONGEST_BYTES)
      throw new LinkError("This link is damaged: it unfolds to more than a state can be.");
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes have no form of their own in JSON. */
function bytesToLetters(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { letters: toLetters(value) } : value;
}

function lettersToBytes(_key: string, value: unknown): unknown {
  return isObject(value) && typeof value["letters"] === "string" ? fromLetters(value["letters"]) : value;
}
