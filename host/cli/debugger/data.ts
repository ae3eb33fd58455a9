// Commands about values: print, examine memory, set, display.

import {
  asciiOf,
  DebugError,
  evaluate,
  FORMATS,
  type Format,
  formatAddress,
  formatNumber,
  parseExpression,
  stringLiteral,
} from "../../debug/index.ts";
import { type DebuggerCommand, readNumbers } from "./command.ts";
import type { Debugger } from "./debugger.ts";
import { codeLine } from "./stack.ts";

const UNITS: Readonly<Record<string, 1 | 2 | 4>> = { b: 1, h: 2, w: 4 };
const BYTES_PER_LINE = 16;
const LONGEST_STRING = 4096;
const MOST_UNITS = 100_000;

function checkFormat(format: string): Format | "" {
  if (format === "" || FORMATS.includes(format as Format)) return format as Format | "";
  throw new DebugError(
    "syntax",
    `there is no format /${format}; there are ${FORMATS.map((one) => `/${one}`).join(" ")}`,
  );
}

const print: DebuggerCommand = {
  name: "print",
  aliases: ["p", "inspect"],
  topic: "data",
  usage: "[/FORMAT] EXPRESSION",
  takesFormat: true,
  summary: "the value of an expression",
  operand: "expression",
  details: [
    "FORMAT: x hexadecimal, d signed, u unsigned, t binary, o octal, c character, a address.",
    "EXPRESSION: C's operators over registers (a0, $a0, x10), memory (*counter, byte(sp+4)), symbols and pid.",
  ],
  run(debug, operands, format) {
    if (operands === "") throw new DebugError("syntax", "print what? An expression: print a0 + 4");
    debug.say(debug.formatted(operands, checkFormat(format)));
  },
};

/** Letters and numbers behind `x/`: how many, in what form, of what size. */
function readExamination(debug: Debugger, text: string): { count: number; format: string; size: 1 | 2 | 4 } {
  const match = /^(\d*)([a-z]*)$/.exec(text);
  if (match === null)
    throw new DebugError("syntax", `x/${text}: say a count, a format and a unit, as in x/8xw`);
  const letters = [...match[2]];
  const unit = letters.find((letter) => letter in UNITS);
  const format = letters.find((letter) => !(letter in UNITS));
  if (format && format !== "s" && format !== "i") checkFormat(format);
  if (unit) debug.examined.unit = unit;
  if (format) debug.examined.format = format;
  const count = match[1] === "" ? 1 : Number(match[1]);
  if (count < 1 || count > MOST_UNITS)
    throw new DebugError("range", `x shows 1 to ${MOST_UNITS} units, not ${count}`);
  return { count, format: debug.examined.format, size: UNITS[debug.examined.unit]! };
}

const examine: DebuggerCommand = {
  name: "x",
  topic: "data",
  usage: "[/COUNT FORMAT UNIT] [ADDRESS]",
  takesFormat: true,
  summary: "memory at an address",
  operand: "expression",
  repeats: "rest",
  details: [
    "FORMAT as for print, besides s (string) and i (instruction). UNIT: b byte, h halfword, w word.",
    "Without ADDRESS it goes on where it ended. x/8xw sp, x/s name, x/4i pc",
  ],
  run(debug, operands, text) {
    const { count, format, size } = readExamination(debug, text);
    if (operands !== "") debug.examined.address = evaluate(operands, debug.context()).bits >>> 0;
    if (format === "s") return examineStrings(debug, count);
    if (format === "i") return examineCode(debug, count);
    examineUnits(debug, count, checkFormat(format) || "x", format === "c" ? 1 : size);
  },
};

function memoryEnds(address: number): DebugError {
  return new DebugError("no-memory", `there is no memory at ${formatAddress(address, "")}`);
}

function examineUnits(debug: Debugger, count: number, format: Format, size: 1 | 2 | 4): void {
  const process = debug.session.process();
  const { address } = debug.examined;
  const bytes = process.read(address, count * size);
  if (bytes.length < size) throw memoryEnds(address);
  const symbol = (value: number) => process.program?.nameOf(value) ?? "";
  for (let at = 0; at + size <= bytes.length; at += BYTES_PER_LINE) {
    const row = bytes.subarray(at, Math.min(at + BYTES_PER_LINE, bytes.length));
    const values: string[] = [];
    for (let byte = 0; byte + size <= row.length; byte += size) {
      let value = 0;
      for (let i = 0; i < size; i++) value |= row[byte + i] << (8 * i);
      values.push(formatNumber(value, format, size, symbol));
    }
    const place = debug.paint.address(formatAddress(address + at, symbol(address + at)));
    const ascii = format === "x" ? `  ${debug.paint.quiet(asciiOf(row))}` : "";
    debug.say(`${place}: ${values.join("  ")}${ascii}`);
  }
  debug.examined.address = (address + bytes.length) >>> 0;
  if (bytes.length < count * size) throw memoryEnds(debug.examined.address);
}

function examineStrings(debug: Debugger, count: number): void {
  for (let done = 0; done < count; done++) {
    const { address } = debug.examined;
    const bytes = debug.session.process().read(address, LONGEST_STRING);
    if (bytes.length === 0) throw memoryEnds(address);
    const end = bytes.indexOf(0);
    const text = end < 0 ? bytes : bytes.subarray(0, end);
    debug.say(
      `${debug.paint.address(formatAddress(address, ""))}: ${stringLiteral(text)}${end < 0 ? "…" : ""}`,
    );
    debug.examined.address = (address + text.length + 1) >>> 0;
  }
}

function examineCode(debug: Debugger, count: number): void {
  const { session, examined } = debug;
  const lines = session.disassemble(session.focus, {
    address: examined.address,
    before: 0,
    after: count - 1,
  });
  if (lines.length === 0) throw memoryEnds(examined.address);
  for (const line of lines) {
    debug.say(codeLine(debug, line));
    examined.address = (line.address + line.size) >>> 0;
  }
}

const set: DebuggerCommand = {
  name: "set",
  topic: "data",
  usage: "REGISTER = EXPRESSION | *ADDRESS = EXPRESSION",
  summary: "change a register or memory; in the past, what came after it is forgotten",
  operand: "expression",
  details: ["set a0 = 5, set *counter = 0, set byte(sp+4) = 'x'. `set confirm off` and the like do nothing."],
  run(debug, operands) {
    const text = operands.replace(/^var(iable)?\s+/, "");
    const match = /^(.*?[^=!<>])=(?!=)(.*)$/s.exec(text);
    if (match === null) {
      if (/^(confirm|pagination|height|width)\b/.test(text)) return;
      throw new DebugError("syntax", "set needs =, as in set a0 = 5 or set *counter = 0");
    }
    assign(debug, match[1].trim(), match[2].trim());
  },
};

function assign(debug: Debugger, target: string, expression: string): void {
  const { session } = debug;
  const value = evaluate(expression, debug.context()).bits;
  const tree = parseExpression(target);
  if (tree.kind === "register") {
    if (debug.level > 0)
      throw new DebugError("no-frame", "registers can be set in the innermost frame: frame 0");
    debug.intervene(() => session.setRegister(tree.register, value));
  } else if (tree.kind === "load") {
    const address = evaluate(tree.address, debug.context()).bits >>> 0;
    const bytes = Uint8Array.from({ length: tree.size }, (_, index) => value >>> (8 * index));
    debug.intervene(() => session.writeMemory(address, bytes));
  } else {
    throw new DebugError("syntax", `${target} cannot be set; a register or *ADDRESS can`);
  }
}

const display: DebuggerCommand = {
  name: "display",
  topic: "data",
  usage: "[/FORMAT] [EXPRESSION]",
  takesFormat: true,
  summary: "show an expression at every stop; without one, show all now",
  operand: "expression",
  run(debug, operands, format) {
    if (operands === "") return debug.showDisplays();
    parseExpression(operands);
    const entry = { number: debug.nextDisplay++, expression: operands, format: checkFormat(format) };
    debug.displays.push(entry);
    debug.say(debug.displayLine(entry));
  },
};

const undisplay: DebuggerCommand = {
  name: "undisplay",
  topic: "data",
  usage: "[NUMBER…]",
  summary: "no longer show an expression; without numbers, none",
  run(debug, operands) {
    const numbers = operands === "" ? debug.displays.map(({ number }) => number) : readNumbers(operands);
    for (const number of numbers) {
      const index = debug.displays.findIndex((one) => one.number === number);
      if (index < 0) throw new DebugError("range", `there is no display ${number}`);
      debug.displays.splice(index, 1);
    }
  },
};

export const DATA: readonly DebuggerCommand[] = [print, examine, set, display, undisplay];
