// Operations on a terminal with a line discipline, at random and carried out here: what the keyboard sends, what
// a program reads, writes and sets. pty-oracle.py carries the same ones out on Linux.

import fc from "fast-check";
import { giveInput } from "../../host/fs/console.ts";
import {
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  ECHOPRT,
  encodeTermios,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  INLCR,
  ISIG,
  ISTRIP,
  IUTF8,
  IXANY,
  IXON,
  NOFLSH,
  OCRNL,
  ONLCR,
  ONLRET,
  ONOCR,
  OPOST,
  XTABS,
} from "../../host/fs/termios.ts";
import { DATA, PAGE, type Process } from "../syscalls/files-harness.ts";

export type Operation =
  | ["type" | "write", number[]]
  | ["read" | "flow" | "flush", number]
  | ["ready" | "queued"]
  | ["set", boolean, number, number, number, number[]];

/** Value of an operation, and the bytes that the screen got meanwhile. */
export type Result = [value: number | number[], screen: number[]];

const FIONREAD = 0x541b;
const TCXONC = 0x540a;
const TCFLSH = 0x540b;
const FD = 0;

// ── At random ─────────────────────────────────────────────────────────────────────────────────

const flags = (...names: number[]) =>
  fc
    .array(fc.boolean(), { minLength: names.length, maxLength: names.length })
    .map((chosen) => names.reduce((sum, name, i) => (chosen[i] ? sum | name : sum), 0));

/** Keys, most of them with a meaning under some setting. */
const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...[..."aZ_9 .\t"].map((letter) => letter.charCodeAt(0))) },
  { weight: 6, arbitrary: fc.constantFrom(0x7f, 0x15, 0x17, 0x16, 0x12, 0x04, 0x0d, 0x0a) },
  { weight: 2, arbitrary: fc.constantFrom(0x03, 0x1c, 0x1a, 0x11, 0x13) },
  { weight: 2, arbitrary: fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xff, 0xd7) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 8, 27) },
);

/** A key alone; or a word of several bytes at once. */
const typed = fc.oneof(
  { weight: 4, arbitrary: key.map((byte) => [byte]) },
  { weight: 1, arbitrary: fc.constantFrom("x\ty", "é€", "two words", "\n", "ab\n").map(utf8) },
);

const control = fc.constantFrom(0, 3, 4, 8, 10, 13, 21, 23, 65, 127);

/** Control characters as they usually are, with one exchanged. */
const characters = fc
  .record({ at: fc.constantFrom(0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 14, 15, 16), character: control })
  .chain(({ at, character }) =>
    fc.record({ least: fc.constantFrom(0, 1, 3), time: fc.constantFrom(0, 0, 1) }).map(({ least, time }) => {
      const usual = [3, 28, 127, 21, 4, time, least, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0];
      usual[at] = character;
      return usual;
    }),
  );

const iflag = flags(ICRNL, IUTF8).chain((usual) =>
  fc.oneof(
    fc.constant(usual),
    flags(ISTRIP, INLCR, IGNCR, IXON, IXANY).map((odd) => usual | odd),
  ),
);
const oflag = flags(OPOST, ONLCR).chain((usual) =>
  fc.oneof(
    fc.constant(usual),
    flags(OCRNL, ONOCR, ONLRET, XTABS).map((odd) => usual | odd),
  ),
);
const lflag = fc
  .tuple(
    flags(ICANON, ECHO, ECHOE, ECHOK, ECHOKE, ECHOCTL, IEXTEN, ISIG),
    flags(ECHOPRT, ECHONL, NOFLSH),
    fc.boolean(),
  )
  .map(([one, other, canonical]) => one | (canonical ? ICANON | ECHO | ECHOE : other));

const set = fc
  .tuple(fc.constant("set" as const), fc.boolean(), iflag, oflag, lflag, characters)
  .map((operation): Operation => operation);

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 24, arbitrary: typed.map((bytes): Operation => ["type", bytes]) },
  { weight: 4, arbitrary: fc.constantFrom(1, 2, 5, 100).map((count): Operation => ["read", count]) },
  { weight: 1, arbitrary: fc.constant<Operation>(["ready"]) },
  { weight: 1, arbitrary: fc.constant<Operation>(["queued"]) },
  {
    weight: 2,
    arbitrary: fc.array(key, { minLength: 1, maxLength: 6 }).map((bytes): Operation => ["write", bytes]),
  },
  { weight: 2, arbitrary: set },
  { weight: 1, arbitrary: fc.constantFrom<Operation>(["flush", 0], ["flush", 1], ["flow", 0], ["flow", 1]) },
);

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

// ── Carried out ───────────────────────────────────────────────────────────────────────────────

/** Carries an operation out by system calls of a process whose descriptor 0 is the terminal. */
export function execute(guest: Process, operation: Operation): Result {
  const { outputs, kernel } = guest.machine;
  for (const output of outputs) output.length = 0;
  const value = carryOut(guest, operation);
  return [value, [...outputs[1]]];
  function carryOut(process: Process, [name, ...words]: Operation): number | number[] {
    switch (name) {
      case "type": {
        const bytes = words[0] as number[];
        giveInput(kernel.files, process.services, Uint8Array.from(bytes));
        return bytes.length;
      }
      case "write":
        return number(process.write(FD, String.fromCharCode(...(words[0] as number[]))));
      case "read":
        return readBytes(process, words[0] as number);
      case "ready":
        return ready(process);
      case "queued":
        process.call("ioctl", FD, FIONREAD, DATA);
        return process.word(DATA);
      case "flow":
        return number(process.call("ioctl", FD, TCXONC, words[0] as number));
      case "flush":
        return number(process.call("ioctl", FD, TCFLSH, words[0] as number));
      case "set":
        return setAttributes(process, words as unknown as [boolean, number, number, number, number[]]);
    }
  }
}

function number(outcome: ReturnType<Process["call"]>): number {
  if (typeof outcome !== "number") throw new Error("a call waits");
  return outcome;
}

function readBytes(process: Process, count: number): number | number[] {
  const result = process.read(FD, count);
  if (typeof result === "string") return [...result].map((character) => character.charCodeAt(0));
  return number(result);
}

function ready(process: Process): number {
  process.setWords(DATA, FD, 0x0005);
  process.setWords(DATA + 16, 0, 0, 0, 0);
  const count = process.call("ppoll_time64", DATA, 1, DATA + 16, 0, 8);
  return count === 0 ? 0 : process.word(DATA + 4) >>> 16;
}

function setAttributes(
  process: Process,
  [flush, input, output, local, characters]: [boolean, number, number, number, number[]],
): number {
  const bytes = encodeTermios({ input, output, control: 0xbf, local, line: 0, characters });
  process.memory.bytes.set(bytes, DATA + PAGE);
  return number(process.call("ioctl", FD, flush ? 0x5404 : 0x5402, DATA + PAGE));
}
