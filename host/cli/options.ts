// Options of commands: one row each, from which parsing, defaults and help texts are derived.
// Long options take `--name value` or `--name=value`, short ones `-n value` or `-nvalue`. Options end at
// `--` or at the first operand where a command says so (what follows a program belongs to the program).

import { nearest } from "../toolchain/diagnostics.ts";
import { UsageError } from "./status.ts";

export interface Option {
  readonly name: string;
  /** One letter, without the dash. */
  readonly short?: string;
  /** Name of the value in help texts; absent: the option is a switch. */
  readonly value?: string;
  /** One line for the help. */
  readonly meaning: string;
  /** May be given several times; all values are kept. */
  readonly repeats?: boolean;
}

export interface Parsed {
  /** By option name; a switch that was given has the one value "". */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

export interface ParseRules {
  readonly command: string;
  readonly options: readonly Option[];
  /** The first operand ends the options: the rest is the guest's. */
  readonly stopAtOperand?: boolean;
}

/** Splits arguments into options and operands. Throws UsageError with what was wrong and what was meant. */
export function parseOptions(args: readonly string[], rules: ParseRules): Parsed {
  const found = new Map<string, string[]>();
  const operands: string[] = [];
  let index = 0;
  while (index < args.length) {
    const argument = args[index++];
    if (argument === "--") {
      operands.push(...args.slice(index));
      break;
    }
    if (!argument.startsWith("-") || argument === "-") {
      operands.push(argument);
      if (!rules.stopAtOperand) continue;
      operands.push(...args.slice(args[index] === "--" ? index + 1 : index));
      break;
    }
    const { option, attached } = findOption(argument, rules);
    let value = attached;
    if (option.value === undefined) {
      if (value !== undefined) {
        throw new UsageError(`--${option.name} takes no value, but was given "${value}"`, rules.command);
      }
      value = "";
    } else if (value === undefined) {
      if (index === args.length) {
        throw new UsageError(`${argument} needs a value: ${argument} ${option.value}`, rules.command);
      }
      value = args[index++];
    }
    addValue(found, option, value, rules.command);
  }
  return { options: found, operands };
}

function findOption(argument: string, rules: ParseRules): { option: Option; attached: string | undefined } {
  if (argument.startsWith("--")) {
    const equals = argument.indexOf("=");
    const name = equals < 0 ? argument.slice(2) : argument.slice(2, equals);
    const option = rules.options.find((candidate) => candidate.name === name);
    if (option) return { option, attached: equals < 0 ? undefined : argument.slice(equals + 1) };
    const meant = nearest(
      name,
      rules.options.map((candidate) => candidate.name),
    );
    throw new UsageError(
      `unknown option --${name}${meant ? `; did you mean --${meant}?` : ""}`,
      rules.command,
    );
  }
  const option = rules.options.find((candidate) => candidate.short === argument[1]);
  if (!option) throw new UsageError(`unknown option ${argument}`, rules.command);
  return { option, attached: argument.length > 2 ? argument.slice(2) : undefined };
}

function addValue(found: Map<string, string[]>, option: Option, value: string, command: string): void {
  const values = found.get(option.name);
  if (!values) found.set(option.name, [value]);
  else if (option.repeats) values.push(value);
  else if (option.value !== undefined) throw new UsageError(`--${option.name} is given twice`, command);
}

/** Typed access to what was parsed; every mistake names the option, the value and what would be right. */
export interface Options {
  readonly operands: readonly string[];
  has(name: string): boolean;
  text(name: string): string | undefined;
  all(name: string): readonly string[];
  /** A whole number in the range; suffixes k, M, G are powers of ten, Ki, Mi, Gi of two. */
  integer(name: string, minimum: number, maximum: number): number | undefined;
  /** A number above 0, with fractions: seconds. */
  seconds(name: string): number | undefined;
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined;
}

const SUFFIXES: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
};

export function readOptions(args: readonly string[], rules: ParseRules): Options {
  const { options, operands } = parseOptions(args, rules);
  const text = (name: string) => options.get(name)?.[0];
  const wrong = (name: string, expected: string) =>
    new UsageError(`--${name} is "${text(name)}", but must be ${expected}`, rules.command);
  return {
    operands,
    has: (name) => options.has(name),
    text,
    all: (name) => options.get(name) ?? [],
    integer(name, minimum, maximum) {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = parseInteger(value);
      if (number >= minimum && number <= maximum) return number;
      throw wrong(name, `a whole number from ${minimum} to ${maximum}`);
    },
    seconds(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^(\d+\.?\d*|\.\d+)$/.test(value) && Number(value) > 0) return Number(value);
      throw wrong(name, "a number of seconds above 0, as in 1.5");
    },
    oneOf(name, values) {
      const value = text(name);
      if (value === undefined) return undefined;
      const match = values.find((candidate) => candidate === value);
      if (match !== undefined) return match;
      const meant = nearest(value, values);
      throw wrong(name, `one of ${values.join(", ")}${meant ? ` (did you mean ${meant}?)` : ""}`);
    },
  };
}

/** NaN if it is no whole number. */
function parseInteger(text: string): number {
  const match = /^(0x[0-9a-f]+|\d+)(k|M|G|Ki|Mi|Gi)?$/i.exec(text);
  if (!match) return Number.NaN;
  const factor = SUFFIXES[match[2] ?? ""];
  return factor === undefined ? Number.NaN : Number(match[1]) * factor;
}
