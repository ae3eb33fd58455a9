// Texts to the console's streams. Own messages go to stderr with the program's name before them.

import type { OutputStream } from "../platform/platform.ts";

const ENCODER = new TextEncoder();

/** Writes text as it is. */
export function print(stream: OutputStream, text: string): void {
  stream.write(ENCODER.encode(text));
}

/** Writes one message of ours, as in `timeslice: unknown option --foo`. */
export function say(stream: OutputStream, message: string): void {
  print(stream, `timeslice: ${message}\n`);
}
