// Inputs: all that the outside does to a machine whose history is kept. Plain records, applied by one table, so
// that a replay does exactly what was done.

import { ImportError } from "../fs/import.ts";
import type { Machine } from "../machine.ts";
import type { Moment } from "./moment.ts";

/** What is given, by kind; each is a call of Machine, where its meaning is said. */
export interface InputKinds {
  input: { readonly bytes: Uint8Array };
  endInput: object;
  writeFile: { readonly path: string; readonly content: Uint8Array; readonly mode: number };
  start: Start;
  load: { readonly program: Uint8Array } & Omit<Start, "path">;
  poke: { readonly pid: number; readonly address: number; readonly bytes: Uint8Array };
  setRegister: { readonly pid: number; readonly index: number; readonly value: number };
  kill: { readonly pid: number; readonly signal: number };
  resize: { readonly rows: number; readonly columns: number };
}

interface Start {
  readonly path: string;
  readonly args: readonly string[];
  readonly environment: readonly string[];
}

export type InputKind = keyof InputKinds;

/** An input with the moment at which it was given. */
export type Input = { readonly moment: Moment } & InputOf;
export type InputOf = { [Kind in InputKind]: { readonly kind: Kind } & InputKinds[Kind] }[InputKind];

type FieldType = "bytes" | "string" | "strings" | "number";

interface Row<Kind extends InputKind> {
  /** Every field, with what it must be in a file. */
  readonly fields: { readonly [Field in keyof InputKinds[Kind]]: FieldType };
  apply(machine: Machine, input: InputKinds[Kind]): unknown;
}

const ROWS: { readonly [Kind in InputKind]: Row<Kind> } = {
  input: { fields: { bytes: "bytes" }, apply: (machine, { bytes }) => machine.input(bytes) },
  endInput: { fields: {}, apply: (machine) => machine.endInput() },
  writeFile: {
    fields: { path: "string", content: "bytes", mode: "number" },
    apply: (machine, { path, content, mode }) => machine.writeFile(path, content, mode),
  },
  start: {
    fields: { path: "string", args: "strings", environment: "strings" },
    apply: (machine, { path, args, environment }) => machine.start(path, args, environment),
  },
  load: {
    fields: { program: "bytes", args: "strings", environment: "strings" },
    apply: (machine, { program, args, environment }) => machine.load(program, args, environment),
  },
  poke: {
    fields: { pid: "number", address: "number", bytes: "bytes" },
    apply: (machine, { pid, address, bytes }) => machine.poke(pid, address, bytes),
  },
  setRegister: {
    fields: { pid: "number", index: "number", value: "number" },
    apply: (machine, { pid, index, value }) => machine.setRegister(pid, index, value),
  },
  kill: {
    fields: { pid: "number", signal: "number" },
    apply: (machine, { pid, signal }) => machine.kill(pid, signal),
  },
  resize: {
    fields: { rows: "number", columns: "number" },
    apply: (machine, { rows, columns }) => machine.resize(rows, columns),
  },
};

/** Does to the machine what the input says; what the machine's method gives. Throws what that throws. */
export function applyInput(machine: Machine, input: InputOf): unknown {
  return (ROWS[input.kind] as Row<InputKind>).apply(machine, input as never);
}

/** Likewise in a replay: what failed then fails again. */
export function repeatInput(machine: Machine, input: InputOf): void {
  try {
    applyInput(machine, input);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
  }
}

const TESTS: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  bytes: (value) => value instanceof Uint8Array,
  string: (value) => typeof value === "string",
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  number: (value) => Number.isSafeInteger(value),
};

/** Whether a value from a file is an input (but for its moment): of a known kind, with the fields of that. */
export function isInput(value: Readonly<Record<string, unknown>>): boolean {
  const { kind } = value;
  if (typeof kind !== "string" || !Object.hasOwn(ROWS, kind)) return false;
  const fields: Readonly<Record<string, FieldType>> = ROWS[kind as InputKind].fields;
  return Object.entries(fields).every(([field, type]) => TESTS[type](value[field]));
}
