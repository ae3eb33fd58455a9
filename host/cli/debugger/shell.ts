// The loop of the debugger: lines from a terminal, from stdin that is none, or from a file of commands; each carried
// out, its errors said, an empty line repeating the last one.

import { DebugError } from "../../debug/index.ts";
import { DivergenceError } from "../../history/replay.ts";
import { HostFileError, type InputStream } from "../../platform/platform.ts";
import { complete } from "./completion.ts";
import type { Debugger } from "./debugger.ts";
import { readLine } from "./table.ts";

const PROMPT = "(timeslice) ";
const CHUNK = 65_536;

/** Where command lines come from; null: there are no more. */
export type LineSource = () => Promise<string | null>;

/** Lines that a person types. */
export function typedLines(debug: Debugger): LineSource {
  const editor = debug.platform.lineEditor((line) => complete(debug, line));
  return () => editor.read(PROMPT);
}

/** Lines of a stream; each is echoed, so that a transcript can be read. */
export function streamLines(debug: Debugger, stream: InputStream): LineSource {
  const decoder = new TextDecoder();
  let text = "";
  let ended = false;
  return async () => {
    while (!ended && !text.includes("\n")) {
      const bytes = await stream.read(CHUNK);
      if (bytes === null) ended = true;
      else text += decoder.decode(bytes, { stream: true });
    }
    if (text === "") return null;
    const end = text.indexOf("\n");
    const line = end < 0 ? text : text.slice(0, end);
    text = end < 0 ? "" : text.slice(end + 1);
    debug.say(`${debug.paint.quiet(PROMPT)}${line}`);
    return line;
  };
}

/** The lines of a list. */
export function listedLines(debug: Debugger, lines: readonly string[]): LineSource {
  const left = [...lines];
  return async () => {
    const line = left.shift();
    if (line !== undefined) debug.say(`${debug.paint.quiet(PROMPT)}${line}`);
    return line ?? null;
  };
}

/** Carries out the lines of a source until it ends or the debugger is left. Whether all went well. */
export async function runLines(debug: Debugger, lines: LineSource): Promise<boolean> {
  let last = "";
  let isGood = true;
  debug.nextLine = lines;
  while (!debug.isOver) {
    const own = debug.waiting.shift();
    if (own !== undefined) {
      const isDone = await execute(debug, own);
      isGood &&= isDone;
      if (!isDone) debug.waiting = [];
      continue;
    }
    const line = await lines();
    if (line === null) break;
    const text = line.trim();
    if (text.startsWith("#")) continue;
    const wanted = text === "" ? last : text;
    if (wanted === "") continue;
    const isDone = await execute(debug, wanted);
    isGood &&= isDone;
    last = repetition(wanted);
    await debug.platform.stdout.drained();
  }
  return isGood;
}

/** Carries out one line. False: it was wrong, which was said. */
export async function execute(debug: Debugger, line: string): Promise<boolean> {
  try {
    const { command, format, operands } = readLine(line);
    await command.run(debug, operands, format);
    return true;
  } catch (error) {
    if (error instanceof DivergenceError) return sayDivergence(debug, error);
    if (!(error instanceof DebugError) && !(error instanceof HostFileError)) throw error;
    const column = error instanceof DebugError && error.column > 1 ? ` (column ${error.column})` : "";
    debug.sayError(capital(error.message + column));
    return false;
  }
}

/** A bug of ours, but the session can go on: what a person has found out is not thrown away with it. */
function sayDivergence(debug: Debugger, { message }: DivergenceError): false {
  debug.sayError(
    `The past does not repeat as it was, which is a bug in timeslice, please report it: ${message}.`,
  );
  debug.say(
    "Moments around here cannot be relied on. `goto start` leads to the beginning, `save FILE` keeps the run.",
  );
  return false;
}

/** What an empty line means after this one. */
function repetition(line: string): string {
  try {
    const { command, format } = readLine(line);
    if (command.repeats === "rest") return format === "" ? command.name : `${command.name}/${format}`;
    return command.repeats ? line : "";
  } catch (error) {
    if (!(error instanceof DebugError)) throw error;
    return "";
  }
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}${/[.?]$/.test(text) ? "" : "."}`;
}
