// How operands become bits: the forms in which each mnemonic may be written, and the choice of
// compressed encodings. All of it is derived from the instruction table and the table of aliases.

import type { Instruction } from "../../assembly/isa/table.ts";
import { ALIASES } from "../isa/aliases.ts";
import { ENCODINGS, type Encoding, findEncoding } from "../isa/codec.ts";
import { operandName } from "../isa/expansion.ts";
import { insertField } from "../isa/picture.ts";
import { CONTROL_REGISTERS } from "./control-registers.ts";
import { ASSEMBLER_ALIASES } from "./pseudo.ts";

/** Operand values by name. One object serves all instructions, for speed. */
export type Values = Record<string, number>;

export function makeValues(): Values {
  return {
    rd: 0,
    rs1: 0,
    rs2: 0,
    imm: 0,
    uimm: 0,
    shamt: 0,
    zimm: 0,
    csr: 0,
    fm: 0,
    pred: 0,
    succ: 0,
    aq: 0,
    rl: 0,
  };
}

/** What may stand at one place of an instruction. */
export type OperandKind =
  | "register"
  | "memory" // imm(rs1)
  | "address" // (rs1), also 0(rs1)
  | "immediate"
  | "upper" // imm[31:12], written shifted right by 12
  | "target" // pc+imm
  | "csr"
  | "order"; // pred or succ: letters of "iorw"

export interface OperandSpec {
  readonly kind: OperandKind;
  /** The field that takes it (the immediate of a memory operand). */
  readonly field: string;
  /** Register field of a memory operand. */
  readonly base: string;
  /** The only register allowed here, or -1. */
  readonly only: number;
}

/** One way to write a mnemonic. */
export interface Form {
  readonly mnemonic: string;
  /** As shown in messages. */
  readonly syntax: string;
  readonly operands: readonly OperandSpec[];
  /** Operands at the end that may be left out. */
  readonly optional: number;
  readonly encoding: Encoding;
  /** Fields that the form itself determines. */
  readonly fixed: readonly (readonly [string, number])[];
  /** Shorter encodings to try. */
  readonly short: readonly ShortForm[];
}

/** A compressed encoding of a base instruction, and when it is the same. */
interface ShortForm {
  readonly encoding: Encoding;
  /** Fields of the compressed encoding, each with the field of the base instruction that it takes. */
  readonly take: readonly (readonly [string, string])[];
  readonly equalConstant: readonly (readonly [string, number])[];
  readonly equalField: readonly (readonly [string, string])[];
  /** Fields that must not be 0: such encodings are hints, which GNU as does not choose. */
  readonly nonzero: readonly string[];
}

/** Removes the parts of a syntax: `rd, imm(rs1)` → `rd`, `imm(rs1)`. */
function syntaxParts(syntax: string): string[] {
  return syntax === "" ? [] : syntax.split(/, */);
}

function parseSpec(part: string): OperandSpec {
  const text = part.replace(/[[\]]/g, (bracket, at) =>
    part.startsWith("[") && (at === 0 || at === part.length - 1) ? "" : bracket,
  );
  const memory = /^(u?imm)?\((rs1|x2)\)$/.exec(text);
  if (memory) {
    const only = memory[2] === "x2" ? 2 : -1;
    return {
      kind: memory[1] ? "memory" : "address",
      field: memory[1] ?? "",
      base: only < 0 ? memory[2]! : "",
      only,
    };
  }
  const fixed = /^x(\d+)$/.exec(text);
  if (fixed) return { kind: "register", field: "", base: "", only: Number(fixed[1]) };
  return { kind: specKind(text), field: operandName(text), base: "", only: -1 };
}

function specKind(text: string): OperandKind {
  if (/^r[ds]/.test(text)) return "register";
  if (text.startsWith("pc+")) return "target";
  if (text.endsWith("[31:12]")) return "upper";
  if (text === "csr") return "csr";
  return text === "pred" || text === "succ" ? "order" : "immediate";
}

/** What a compressed row requires of the operands of the base instruction. */
function makeShortForm(encoding: Encoding): { base: string; form: ShortForm } {
  const [base, ...given] = encoding.row.expands!.split(/[ ,()]+/).filter((word) => word !== "") as [
    string,
    ...string[],
  ];
  const names = findEncoding(base)!
    .row.syntax.split(/[ ,()]+/)
    .filter((word) => word !== "")
    .map(operandName);
  const take = new Map<string, string>();
  const equalConstant: [string, number][] = [];
  const equalField: [string, string][] = [];
  names.forEach((name, index) => {
    const number = /^x?(\d+)$/.exec(given[index]!);
    const field = operandName(given[index]!);
    const taken = take.get(field);
    if (number) equalConstant.push([name, Number(number[1])]);
    else if (taken !== undefined) equalField.push([name, taken]);
    else take.set(field, name);
  });
  return {
    base,
    form: { encoding, take: [...take], equalConstant, equalField, nonzero: hintFields(encoding.row) },
  };
}

/** The fields of a compressed row that make it a hint when they are 0 (table 16.4 to 16.7). */
function hintFields(row: Instruction): string[] {
  const fields: string[] = [];
  if (/(^| )rd(\/rs1)?( |$)/.test(row.bits)) fields.push("rd");
  if (row.bits.includes("shamt") || row.name === "c.addi")
    fields.push(row.bits.includes("shamt") ? "shamt" : "imm");
  return fields;
}

const SHORT_FORMS = new Map<string, ShortForm[]>();
for (const encoding of ENCODINGS) {
  if (encoding.row.extension !== "C") continue;
  const { base, form } = makeShortForm(encoding);
  SHORT_FORMS.set(base, [...(SHORT_FORMS.get(base) ?? []), form]);
}

// c.nop with an immediate is a hint; and addi with 0 is a move, which the table spells with add.
{
  const addi = SHORT_FORMS.get("addi")!;
  const nop = addi.findIndex(({ encoding }) => encoding.row.name === "c.nop");
  addi[nop] = {
    ...addi[nop]!,
    equalConstant: [
      ["rd", 0],
      ["rs1", 0],
      ["imm", 0],
    ],
    take: [],
  };
  addi.push({
    encoding: findEncoding("c.mv")!,
    take: [
      ["rd", "rd"],
      ["rs2", "rs1"],
    ],
    equalConstant: [["imm", 0]],
    equalField: [],
    nonzero: ["rd"],
  });
}

/** add, and, or, xor: a two-address form may take the operands in either order. */
for (const base of ["add", "and", "or", "xor"]) {
  const swapped = SHORT_FORMS.get(base)!
    .filter(({ equalField }) => equalField.length > 0)
    .map((form) => ({
      ...form,
      take: form.take.map(([field, name]) => [field, name === "rs2" ? "rs1" : name] as const),
      equalField: [["rs2", "rd"]] as const,
    }));
  SHORT_FORMS.get(base)!.push(...swapped);
}

const scratch = makeValues();

/** The compressed halfword for a base instruction's operands; undefined if there is none. */
export function compress(form: Form, values: Values): number | undefined {
  for (const short of form.short) {
    const word = tryShort(short, values);
    if (word !== undefined) return word;
  }
  return undefined;
}

function tryShort(short: ShortForm, values: Values): number | undefined {
  for (const [name, value] of short.equalConstant) if (values[name] !== value) return undefined;
  for (const [name, other] of short.equalField) if (values[name] !== values[other]) return undefined;
  for (const [field, name] of short.take) scratch[field] = values[name]!;
  for (const name of short.nonzero) if (scratch[name] === 0) return undefined;
  let word = short.encoding.picture.match;
  for (const field of short.encoding.picture.fields) {
    const value = short.take.length === 0 ? 0 : scratch[field.name]!;
    if (value < field.minimum || value > field.maximum || value % field.multiple !== 0) return undefined;
    word |= insertField(field, value);
  }
  return short.encoding.accepts(scratch) ? word & 0xffff : undefined;
}

/** The bits of an instruction whose operand values are in range. */
export function encodeValues(encoding: Encoding, values: Values): number {
  let word = encoding.picture.match;
  for (const field of encoding.picture.fields) word |= insertField(field, values[field.name]!);
  return word;
}

/** Puts an immediate in range into an instruction whose immediate bits are 0. */
export function insertImmediate(mnemonic: string, word: number, immediate: number): number {
  const field = findEncoding(mnemonic)!.picture.fields.find(({ name }) => name === "imm")!;
  return word | insertField(field, immediate);
}

/** The bits that the immediate of a mnemonic takes up. */
export function immediateMask(mnemonic: string): number {
  const field = findEncoding(mnemonic)!.picture.fields.find(({ name }) => name === "imm")!;
  return insertField(field, -1);
}

/**
 * The compressed encodings that GNU as (2.40) tries for a spelling: not all that would be the same. It shortens
 * jumps only if they are written without link register and offset, and `mv` only to c.mv.
 */
function shortForms(mnemonic: string, syntax: string, base: string): readonly ShortForm[] {
  const all = SHORT_FORMS.get(base) ?? [];
  if (base === "jal") return mnemonic === "j" ? all : [];
  if (base === "jalr") return syntax === "" || syntax === "rs1" ? all : [];
  const only = ONLY_SHORT[mnemonic === base ? "" : `${mnemonic} of ${base}`];
  return only === undefined ? all : all.filter(({ encoding }) => only.includes(encoding.row.name));
}

const ONLY_SHORT: Readonly<Record<string, readonly string[]>> = {
  "mv of addi": ["c.mv"],
  "move of addi": ["c.mv"],
  "add of addi": ["c.addi", "c.addi4spn", "c.addi16sp"],
};

function makeForm(
  mnemonic: string,
  syntax: string,
  base: string,
  fixed: readonly (readonly [string, number])[],
): Form {
  const parts = syntaxParts(syntax);
  const optional = parts.filter((part) => part.startsWith("[")).length;
  const encoding = findEncoding(base);
  if (encoding === undefined) throw new Error(`alias ${mnemonic}: no instruction ${base}`);
  return {
    mnemonic,
    syntax,
    operands: parts.map(parseSpec),
    optional,
    encoding,
    fixed,
    short: shortForms(mnemonic, syntax, base),
  };
}

/** `rd = 0 and csr = cycle` as pairs. */
function parseFixed(where: string): [string, number][] {
  if (where === "") return [];
  return where.split(" and ").map((term) => {
    const [field, value] = term.split(" = ") as [string, string];
    return [field, CONTROL_REGISTERS.get(value) ?? Number(value)];
  });
}

const ORDERINGS: readonly (readonly [string, readonly (readonly [string, number])[]])[] = [
  ["", []],
  [".aq", [["aq", 1]]],
  [".rl", [["rl", 1]]],
  [
    ".aqrl",
    [
      ["aq", 1],
      ["rl", 1],
    ],
  ],
];

/** All ways to write each mnemonic, the preferred one first. */
export const FORMS: ReadonlyMap<string, readonly Form[]> = collectForms();

function collectForms(): Map<string, Form[]> {
  const forms = new Map<string, Form[]>();
  const addForm = (form: Form) => {
    const known = forms.get(form.mnemonic);
    if (known === undefined) forms.set(form.mnemonic, [form]);
    else known.push(form);
  };
  for (const { row } of ENCODINGS) {
    for (const [suffix, fixed] of row.format === "amo" ? ORDERINGS : [["", []] as const]) {
      addForm(makeForm(row.name + suffix, row.syntax, row.name, fixed));
    }
  }
  for (const { name, of, where, syntax } of [...ALIASES, ...ASSEMBLER_ALIASES]) {
    if (where.includes("!=") || name === "li" || name === "unimp") continue;
    addForm(makeForm(name, syntax, of, parseFixed(where)));
  }
  return forms;
}
