// Pseudo-instructions that become several instructions, or whose length depends on their operand:
// li, la, call, tail, loads and stores of a symbol, and a few more (assembly programmer's manual).

import {
  R_RISCV_CALL_PLT,
  R_RISCV_PCREL_HI20,
  R_RISCV_PCREL_LO12_I,
  R_RISCV_PCREL_LO12_S,
  R_RISCV_TPREL_ADD,
} from "../loader/elf-constants.ts";
import type { Assembly } from "./assembly.ts";
import { SourceError } from "./diagnostics.ts";
import { compress, encodeValues, FORMS, type Form, makeValues } from "./encoding.ts";
import { constantValue, type Expression } from "./expression.ts";
import type { Operand } from "./operands.ts";
import { FIXUP_CONSTANT_LI } from "./section.ts";

/** Emits the instructions; false if the operands do not fit. */
type Emit = (assembly: Assembly, operands: readonly Operand[], mnemonic: string) => boolean;

interface Macro {
  /** As shown in messages. */
  readonly syntax: readonly string[];
  readonly emit: Emit;
}

const RA = 1;
const T1 = 6;
const NO_EXTENSION = { compress: false };

/** The own form of an instruction. */
function formOf(name: string): Form {
  return FORMS.get(name)![0]!;
}

type Fields = Readonly<Partial<Record<"rd" | "rs1" | "rs2" | "imm" | "shamt" | "csr", number>>>;

/** Appends an instruction, compressed if it may be. */
function emit(assembly: Assembly, name: string, fields: Fields, options = { compress: true }): void {
  const form = formOf(name);
  const values = { ...makeValues(), ...fields };
  const short = options.compress && assembly.options.rvc ? compress(form, values) : undefined;
  if (short === undefined) assembly.part.emit32(encodeValues(form.encoding, values));
  else assembly.part.emit16(short);
}

/** Appends an instruction whose immediate is filled in later. */
function emitFixed(
  assembly: Assembly,
  name: string,
  fields: Fields,
  kind: number,
  expression: Expression,
  offset: number,
): void {
  assembly.part.addFixup(kind, expression, assembly.place, offset);
  emit(assembly, name, fields, NO_EXTENSION);
}

/** Whether operands are of these kinds: r register, i value without an operator. */
function are(operands: readonly Operand[], kinds: string): boolean {
  return (
    operands.length === kinds.length &&
    operands.every(({ kind, modifier }, i) =>
      kinds[i] === "r" ? kind === "register" : kind === "immediate" && modifier === "",
    )
  );
}

const emitLi: Emit = (assembly, operands) => {
  if (!are(operands, "ri")) return false;
  const [{ register: rd }, { expression, offset }] = operands as [Operand, Operand];
  const value = constantValue(expression);
  if (value === undefined) {
    // The value is known at the end of the source only: keep room for any.
    emitFixed(assembly, "lui", { rd }, FIXUP_CONSTANT_LI, expression, offset);
    emit(assembly, "addi", { rd, rs1: rd }, NO_EXTENSION);
    return true;
  }
  if (value < -0x80000000 || value > 0xffffffff)
    throw new SourceError(
      offset,
      `${value} does not fit a register`,
      "a value from -2147483648 to 4294967295",
    );
  const number = Number(value);
  // GNU as shortens a small negative constant only if it is written with its sign.
  if (number > 0x7fffffff && (number | 0) >= -2048)
    emit(assembly, "addi", { rd, imm: number | 0 }, NO_EXTENSION);
  else loadConstant(assembly, rd, number | 0);
  return true;
};

/** The shortest of addi, lui, lui and addi that gives the constant. */
function loadConstant(assembly: Assembly, rd: number, value: number): void {
  const low = (value << 20) >> 20;
  const high = (value - low) | 0;
  if (high === 0) emit(assembly, "addi", { rd, imm: low });
  else {
    emit(assembly, "lui", { rd, imm: high });
    if (low !== 0) emit(assembly, "addi", { rd, rs1: rd, imm: low });
  }
}

/** auipc of `expression`, then `name`, whose low 12 bits refer to that auipc. */
function emitPcRelative(
  assembly: Assembly,
  base: number,
  expression: Expression,
  offset: number,
  name: string,
  fields: Fields,
): void {
  const anchor = assembly.here();
  emitFixed(assembly, "auipc", { rd: base }, R_RISCV_PCREL_HI20, expression, offset);
  const kind = formOf(name).encoding.row.format === "S" ? R_RISCV_PCREL_LO12_S : R_RISCV_PCREL_LO12_I;
  emitFixed(assembly, name, fields, kind, { kind: "symbol", symbol: anchor }, offset);
}

const emitLa: Emit = (assembly, operands) => {
  if (!are(operands, "ri")) return false;
  const [{ register: rd }, { expression, offset }] = operands as [Operand, Operand];
  const value = constantValue(expression);
  if (value !== undefined) loadConstant(assembly, rd, Number(BigInt.asIntN(32, BigInt(value))));
  else emitPcRelative(assembly, rd, expression, offset, "addi", { rd, rs1: rd });
  return true;
};

/** A load whose address is a symbol: `lw rd, symbol`. */
const emitLoad: Emit = (assembly, operands, name) => {
  if (!are(operands, "ri")) return false;
  const [{ register: rd }, { expression, offset }] = operands as [Operand, Operand];
  if (constantValue(expression) !== undefined) return false;
  if (rd === 0)
    throw new SourceError(
      operands[0]!.offset,
      "the address needs a register, and x0 cannot hold it",
      "a destination other than zero",
    );
  emitPcRelative(assembly, rd, expression, offset, name, { rd, rs1: rd });
  return true;
};

/** A store whose address is a symbol: `sw rs2, symbol, rt`. */
const emitStore: Emit = (assembly, operands, name) => {
  if (!are(operands, "rir")) return false;
  const [{ register: rs2 }, { expression, offset }, { register: rt }] = operands as [
    Operand,
    Operand,
    Operand,
  ];
  if (rt === 0)
    throw new SourceError(
      operands[2]!.offset,
      "the address needs a register, and x0 cannot hold it",
      "a scratch register other than zero",
    );
  emitPcRelative(assembly, rt, expression, offset, name, { rs1: rt, rs2 });
  return true;
};

/** auipc and jalr: a call or jump of any distance. */
function emitCall(assembly: Assembly, target: Operand, scratch: number, link: number): boolean {
  emitFixed(assembly, "auipc", { rd: scratch }, R_RISCV_CALL_PLT, target.expression, target.offset);
  emit(assembly, "jalr", { rd: link, rs1: scratch }, NO_EXTENSION);
  return true;
}

const emitCallForm: Emit = (assembly, operands) => {
  if (are(operands, "i")) return emitCall(assembly, operands[0]!, RA, RA);
  if (!are(operands, "ri")) return false;
  return emitCall(assembly, operands[1]!, T1, operands[0]!.register);
};

const emitTail: Emit = (assembly, operands) => are(operands, "i") && emitCall(assembly, operands[0]!, T1, 0);

const emitJump: Emit = (assembly, operands) =>
  are(operands, "ir") && emitCall(assembly, operands[0]!, operands[1]!.register, 0);

/** Sign or zero extension by a shift to the left and back. */
function extension(bits: number, back: "srli" | "srai"): Macro {
  return {
    syntax: ["rd, rs1"],
    emit: (assembly, operands) => {
      if (!are(operands, "rr")) return false;
      const [{ register: rd }, { register: rs1 }] = operands as [Operand, Operand];
      emit(assembly, "slli", { rd, rs1, shamt: 32 - bits });
      emit(assembly, back, { rd, rs1: rd, shamt: 32 - bits });
      return true;
    },
  };
}

const CYCLE = 0xc00;

/** An instruction that is guaranteed to trap: 0 in 16 bits, or a write to a read-only register. */
const emitUnimp: Emit = (assembly, operands) => {
  if (operands.length > 0) return false;
  if (assembly.options.rvc) assembly.part.emit16(0);
  else emit(assembly, "csrrw", { csr: CYCLE });
  return true;
};

/** `add rd, rs1, tp, %tprel_add(symbol)`: marks the addition for the linker. */
const emitTprelAdd: Emit = (assembly, operands) => {
  const [rd, rs1, rs2, symbol] = operands;
  if (symbol?.modifier !== "tprel_add" || !are(operands.slice(0, 3), "rrr")) return false;
  const fields = { rd: rd!.register, rs1: rs1!.register, rs2: rs2!.register };
  emitFixed(assembly, "add", fields, R_RISCV_TPREL_ADD, symbol.expression, symbol.offset);
  return true;
};

const LOAD: Macro = { syntax: ["rd, symbol"], emit: emitLoad };
const STORE: Macro = { syntax: ["rs2, symbol, rt"], emit: emitStore };
const LA: Macro = { syntax: ["rd, symbol"], emit: emitLa };

export const MACROS: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ["li", { syntax: ["rd, constant"], emit: emitLi }],
  ["la", LA],
  ["lla", LA],
  ["call", { syntax: ["symbol", "rd, symbol"], emit: emitCallForm }],
  ["tail", { syntax: ["symbol"], emit: emitTail }],
  ["jump", { syntax: ["symbol, rt"], emit: emitJump }],
  ["lb", LOAD],
  ["lbu", LOAD],
  ["lh", LOAD],
  ["lhu", LOAD],
  ["lw", LOAD],
  ["sb", STORE],
  ["sh", STORE],
  ["sw", STORE],
  ["sext.b", extension(8, "srai")],
  ["sext.h", extension(16, "srai")],
  ["zext.h", extension(16, "srli")],
  ["unimp", { syntax: [""], emit: emitUnimp }],
  ["add", { syntax: [], emit: emitTprelAdd }],
]);
