// Writes instructions as text, the way GNU objdump does: mnemonic, tab, operands without spaces, branch
// targets in hexadecimal. Text of the strict form (`aliases: false, relative: true`) assembles to the same bits.

import { CSRS, REGISTER_NAMES } from "../../assembly/isa/table.ts";
import { ALIASES } from "./aliases.ts";
import { type Decoded, decode, findEncoding, instructionSize, type Operands } from "./codec.ts";
import { expand, operandName } from "./expansion.ts";
import { parseCondition } from "./picture.ts";

export interface DisassemblyOptions {
  /** Write pseudo-instructions (`ret`), and C as what it is short for (`addi` for `c.addi`). Default: true. */
  readonly aliases?: boolean;
  /** Write branch targets relative to the instruction (`.+8`) rather than as an address. Default: false. */
  readonly relative?: boolean;
  /** What to call a branch target, put in angle brackets after its address: `main+0x10`. */
  readonly symbol?: (address: number) => string | undefined;
}

/** A mnemonic and its operands in the notation of the table. */
interface Form {
  readonly mnemonic: string;
  readonly syntax: string;
  readonly operands: Operands;
}

/**
 * The text of the instruction at `address` that begins with `word` (the high half of a compressed one is
 * ignored). What is no instruction here is written as data: `.4byte 0x…` or `.2byte 0x…`.
 */
export function disassemble(word: number, address: number, options: DisassemblyOptions = {}): string {
  const decoded = decode(word);
  if (decoded === null) return writeData(word);
  const aliases = options.aliases ?? true;
  const fence =
    decoded.name === "fence" || decoded.name === "fence.i" ? writeFence(decoded, word, aliases) : null;
  if (fence !== null) return fence;
  const form = aliases ? aliasForm(decoded) : ownForm(decoded);
  const operands = form.syntax
    .split(/([,()] *)/)
    .map((part) => writeOperand(part, form.operands, address, options))
    .join("");
  return operands === "" ? form.mnemonic : `${form.mnemonic}\t${operands}`;
}

function writeData(word: number): string {
  return instructionSize(word) === 2
    ? `.2byte\t0x${(word & 0xffff).toString(16)}`
    : `.4byte\t0x${(word >>> 0).toString(16)}`;
}

const FENCE_PAUSE = 0x0100000f;
const FENCE_TSO = 0x8330000f;

/** The fences that have names of their own, or cannot be written but as data; null for the plain ones. */
function writeFence(decoded: Decoded, word: number, aliases: boolean): string | null {
  if (aliases && word >>> 0 === FENCE_PAUSE) return "pause";
  if (word >>> 0 === FENCE_TSO) return "fence.tso";
  const { fm = 0, pred, succ } = decoded.operands;
  const ignored = word & decoded.encoding.picture.ignored;
  return ignored !== 0 || fm !== 0 || pred === 0 || succ === 0 ? writeData(word) : null;
}

function ownForm(decoded: Decoded): Form {
  const { aq, rl } = decoded.operands;
  const ordering = aq || rl ? `.${aq ? "aq" : ""}${rl ? "rl" : ""}` : "";
  return {
    mnemonic: decoded.name + ordering,
    syntax: decoded.encoding.row.syntax,
    operands: decoded.operands,
  };
}

const ALIAS_CONDITIONS = ALIASES.map((alias) => ({ ...alias, holds: parseCondition(alias.where) }));

function findAlias(name: string, operands: Operands): Form | undefined {
  const alias = ALIAS_CONDITIONS.find(({ of, holds }) => of === name && holds(operands));
  return alias && { mnemonic: alias.name, syntax: alias.syntax, operands };
}

function aliasForm(decoded: Decoded): Form {
  if (decoded.size === 4) return findAlias(decoded.name, decoded.operands) ?? ownForm(decoded);
  if (isHint(decoded)) return ownForm(decoded);
  const direct = findAlias(decoded.name, decoded.operands);
  if (direct) return direct;
  const { name, operands } = expand(decoded);
  return findAlias(name, operands) ?? { mnemonic: name, syntax: findEncoding(name)!.row.syntax, operands };
}

/** Hints keep their own names: what they expand to would hide that they are not that instruction. */
function isHint({ name, operands, encoding }: Decoded): boolean {
  if (encoding.row.effects) return false;
  if (name === "c.nop") return operands.imm !== 0;
  return operands.rd === 0 || operands.shamt === 0 || (name === "c.addi" && operands.imm === 0);
}

/** Writes one word of a syntax: an operand by its name, or a separator as it stands. */
function writeOperand(
  part: string,
  operands: Operands,
  address: number,
  options: DisassemblyOptions,
): string {
  if (/^[,()]/.test(part)) return part.trim();
  if (part === "x2") return REGISTER_NAMES[2]!;
  const value = operands[operandName(part)]!;
  switch (part) {
    case "rd":
    case "rs1":
    case "rs2":
      return REGISTER_NAMES[value]!;
    case "pc+imm":
      return writeTarget(value, address, options);
    case "imm[31:12]":
      return `0x${(value >>> 12).toString(16)}`;
    case "shamt":
      return `0x${value.toString(16)}`;
    case "csr":
      return CSRS.find((csr) => csr.number === value)?.name ?? `0x${value.toString(16)}`;
    case "pred":
    case "succ":
      return writeAccesses(value);
    case "[imm]":
      return value === 0 ? "" : `${value}`;
    default:
      return part === "" ? "" : `${value}`;
  }
}

function writeTarget(distance: number, address: number, options: DisassemblyOptions): string {
  if (options.relative) return distance < 0 ? `.${distance}` : `.+${distance}`;
  const target = (address + distance) >>> 0;
  const symbol = options.symbol?.(target);
  return symbol === undefined ? `0x${target.toString(16)}` : `${target.toString(16)} <${symbol}>`;
}

/** The set of accesses that a fence orders: device input and output, memory reads and writes. */
function writeAccesses(bits: number): string {
  return [..."iorw"].filter((_, index) => bits & (8 >> index)).join("");
}
