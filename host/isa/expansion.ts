// Turns compressed instructions into the base instructions that they are short for (`expands` in the
// table), so that whoever interprets instructions needs to know those of the base alone.

import { type Decoded, findEncoding, type Operands } from "./codec.ts";

/** A base instruction: its name and all its operands. */
export interface BaseInstruction {
  readonly name: string;
  readonly operands: Operands;
}

/** What a decoded instruction does, as an instruction of 32 bits. Lengths (pc + 2 or 4) are not part of it. */
export function expand(decoded: Decoded): BaseInstruction {
  const { expands } = decoded.encoding.row;
  if (expands === undefined) return { name: decoded.name, operands: decoded.operands };
  const [name, ...values] = splitOperands(expands) as [string, ...string[]];
  const names = splitOperands(findEncoding(name)!.row.syntax);
  const operands: Record<string, number> = {};
  names.forEach((operand, index) => {
    operands[operandName(operand)] = evaluate(values[index]!, decoded.operands);
  });
  return { name, operands };
}

function splitOperands(text: string): string[] {
  return text.split(/[ ,()]+/).filter((part) => part !== "");
}

/** The operand that a word of a syntax stands for: `imm` in `pc+imm`, `imm[31:12]` and `[imm]`. */
export function operandName(word: string): string {
  return word.replace("pc+", "").replace("[31:12]", "").replace(/[[\]]/g, "");
}

/** An operand of an expansion: a register `x2`, a number, or the compressed instruction's own operand. */
function evaluate(word: string, operands: Operands): number {
  const constant = /^x?(\d+)$/.exec(word);
  return constant ? Number(constant[1]) : operands[operandName(word)]!;
}
