// Which function an address belongs to. Compilers mark functions; in assembly there are only labels: one that is called
// begins a function, and one that the code before it runs into is inside of one.

import { decode } from "../isa/codec.ts";
import { expand } from "../isa/expansion.ts";
import { STT_FUNC } from "../loader/elf-constants.ts";
import type { ElfSymbol } from "../loader/symbols.ts";
import { type CodeReader, decodeAt } from "./frame-rules.ts";
import type { Program } from "./program.ts";

export interface FunctionExtent {
  readonly name: string;
  readonly start: number;
  /** The address after its last instruction, as far as that is known. */
  readonly end: number;
}

/** Code without a symbol behind it is looked at so far. */
const LONGEST = 65_536;
const EXIT = 93;
const EXIT_GROUP = 94;

/** The function around `address`, or null if no symbol covers it. */
export function functionAround(program: Program, read: CodeReader, address: number): FunctionExtent | null {
  const { symbols } = program;
  let rank = rankOf(program, address);
  if (rank < 0) return null;
  const symbol = symbols.at(rank);
  if (symbol.type === STT_FUNC && symbol.size > 0) {
    return address < symbol.address + symbol.size
      ? { name: symbol.name, start: symbol.address, end: symbol.address + symbol.size }
      : null;
  }
  while (rank > 0 && isInside(program, read, symbols.at(rank), symbols.at(rank - 1))) rank--;
  const start = symbols.at(rank);
  return { name: start.name, start: start.address, end: endOf(program, read, start.address, address) };
}

/** Rank of the last symbol at or below the address; the first of several at one place. -1 if there is none. */
function rankOf({ symbols }: Program, address: number): number {
  const last = symbols.rankOf(address + 1) - 1;
  return last < 0 ? -1 : symbols.rankOf(symbols.at(last).address);
}

/** Whether a label stands inside the function that the symbol before it belongs to. */
function isInside(program: Program, read: CodeReader, label: ElfSymbol, before: ElfSymbol): boolean {
  if (label.type === STT_FUNC || label.address === program.entry || program.isCalled(label.address))
    return false;
  if (before.type === STT_FUNC && before.size > 0 && before.address + before.size <= label.address)
    return false;
  if (before.address === label.address) return true;
  return runsOn(read(before.address, Math.min(label.address - before.address, LONGEST)));
}

/** Whether code goes on behind its end: it does not end with a jump, a return or an exit. */
function runsOn(code: Uint8Array): boolean {
  let last = "";
  let callNumber = -1;
  for (let at = 0; at < code.length; ) {
    const decoded = decodeAt(code, at);
    if (decoded === null) return false;
    const { name, operands } = expand(decoded);
    if (name === "addi" && operands["rd"] === 17) callNumber = operands["rs1"] === 0 ? operands["imm"]! : -1;
    const exits = name === "ecall" && (callNumber === EXIT || callNumber === EXIT_GROUP);
    last = (name === "jal" || name === "jalr") && operands["rd"] === 0 ? "jump" : exits ? "jump" : name;
    at += decoded.size;
  }
  return last !== "jump";
}

/** The first label behind `address` that is not inside the function. */
function endOf(program: Program, read: CodeReader, start: number, address: number): number {
  const { symbols } = program;
  for (let rank = rankOf(program, address) + 1; rank < symbols.length; rank++) {
    const label = symbols.at(rank);
    if (label.address > address && !isInside(program, read, label, symbols.at(rank - 1)))
      return label.address;
    if (label.address - start > LONGEST) break;
  }
  return start + LONGEST;
}

/** Whether an instruction is a call (a jump that keeps the return address in ra or t0). */
export function isCall(word: number): boolean {
  const decoded = decode(word);
  if (decoded === null) return false;
  const { name, operands } = expand(decoded);
  const rd = operands["rd"] ?? 0;
  return (name === "jal" || name === "jalr") && (rd === 1 || rd === 5);
}

/** Whether an instruction is a return: a jump through ra or t0 that keeps nothing. */
export function isReturn(word: number): boolean {
  const decoded = decode(word);
  if (decoded === null) return false;
  const { name, operands } = expand(decoded);
  const rs1 = operands["rs1"] ?? 0;
  return name === "jalr" && operands["rd"] === 0 && (rs1 === 1 || rs1 === 5);
}
