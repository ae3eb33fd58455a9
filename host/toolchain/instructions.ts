// Assembles one instruction statement: finds the form that its operands fit, checks ranges, chooses
// the compressed encoding as GNU as does, and appends bits, fixups and branches to the section.

import {
  R_RISCV_GOT_HI20,
  R_RISCV_HI20,
  R_RISCV_LO12_I,
  R_RISCV_LO12_S,
  R_RISCV_PCREL_HI20,
  R_RISCV_PCREL_LO12_I,
  R_RISCV_PCREL_LO12_S,
  R_RISCV_RVC_BRANCH,
  R_RISCV_RVC_JUMP,
  R_RISCV_TPREL_HI20,
  R_RISCV_TPREL_LO12_I,
  R_RISCV_TPREL_LO12_S,
} from "../loader/elf-constants.ts";
import type { Assembly } from "./assembly.ts";
import { nearest, SourceError } from "./diagnostics.ts";
import {
  compress,
  encodeValues,
  FORMS,
  type Form,
  makeValues,
  type OperandSpec,
  type Values,
} from "./encoding.ts";
import { constantValue } from "./expression.ts";
import type { Integer } from "./integers.ts";
import { MACROS } from "./macro-instructions.ts";
import { type Modifier, type Operand, parseOperands } from "./operands.ts";
import type { Scanner } from "./scanner.ts";
import { FIXUP_CONSTANT_I, FIXUP_CONSTANT_S } from "./section.ts";

/** Assembles the instruction `mnemonic`, whose operands `scanner` reads. */
export function assembleInstruction(assembly: Assembly, mnemonic: string, scanner: Scanner): void {
  const name = mnemonic.toLowerCase();
  const macro = MACROS.get(name);
  const forms = FORMS.get(name);
  if (macro === undefined && forms === undefined) throw unknownMnemonic(mnemonic);
  assembly.markLine();
  const operands = parseOperands(scanner, assembly, forms?.[0]?.operands ?? []);
  const form = forms && selectForm(forms, operands);
  if (form) emitForm(assembly, form, operands);
  else if (!macro?.emit(assembly, operands, name))
    throw wrongOperands(name, forms ?? [], macro?.syntax ?? [], operands, scanner);
}

function unknownMnemonic(mnemonic: string): SourceError {
  const guess = nearest(mnemonic.toLowerCase(), [...FORMS.keys(), ...MACROS.keys()]);
  return new SourceError(
    0,
    `there is no instruction \`${mnemonic}\``,
    guess === undefined ? "an instruction of RV32IMAC, a directive or a macro" : `\`${guess}\`?`,
  );
}

/** The first form whose kinds of operands are those given. */
function selectForm(forms: readonly Form[], operands: readonly Operand[]): Form | undefined {
  for (const form of forms) {
    const { length } = form.operands;
    if (operands.length > length || operands.length < length - form.optional) continue;
    if (operands.every((operand, index) => matches(form.operands[index]!, operand))) return form;
  }
  return undefined;
}

function matches(spec: OperandSpec, operand: Operand): boolean {
  const { kind } = operand;
  switch (spec.kind) {
    case "register":
      return kind === "register" && (spec.only < 0 || spec.only === operand.register);
    case "memory":
      return kind === "memory" && (spec.only < 0 || spec.only === operand.register);
    case "address":
      return kind === "memory" && operand.modifier === "" && constantValue(operand.expression) === 0;
    default:
      return kind === "immediate";
  }
}

/** The message for operands that fit no form: names the first one that is wrong. */
function wrongOperands(
  name: string,
  forms: readonly Form[],
  others: readonly string[],
  operands: readonly Operand[],
  scanner: Scanner,
): SourceError {
  const syntaxes = [...forms.map((form) => form.syntax), ...others];
  const expected = [...new Set(syntaxes)].map((syntax) => `\`${`${name} ${syntax}`.trim()}\``).join(" or ");
  const depth = Math.max(0, ...forms.map((form) => matchingPrefix(form, operands)));
  const wrong = operands[depth];
  if (wrong === undefined)
    return new SourceError(scanner.text.length, `\`${name}\` needs more operands`, expected);
  const tooMany = forms.every((form) => form.operands.length <= depth) && forms.length > 0;
  return new SourceError(
    wrong.offset,
    tooMany ? `\`${name}\` takes fewer operands` : `this operand does not fit \`${name}\``,
    expected,
  );
}

function matchingPrefix(form: Form, operands: readonly Operand[]): number {
  let count = 0;
  while (
    count < operands.length &&
    count < form.operands.length &&
    matches(form.operands[count]!, operands[count]!)
  )
    count++;
  return count;
}

const values = makeValues();

function clearValues(): void {
  for (const name in values) values[name] = 0;
}

/** What is yet unknown of an instruction: an operand whose value the layout or the linker gives. */
interface Pending {
  readonly spec: OperandSpec;
  readonly operand: Operand;
}

function emitForm(assembly: Assembly, form: Form, operands: readonly Operand[]): void {
  clearValues();
  for (const [field, value] of form.fixed) values[field] = value;
  let pending: Pending | undefined;
  let written = true;
  for (let i = 0; i < operands.length; i++) {
    const spec = form.operands[i]!;
    const operand = operands[i]!;
    if (spec.kind === "register") {
      if (spec.field !== "") values[spec.field] = operand.register;
      continue;
    }
    if (spec.base !== "") values[spec.base] = operand.register;
    if (spec.field === "") continue;
    const value =
      spec.kind === "target" || operand.modifier !== "" ? undefined : constantValue(operand.expression);
    if (value === undefined) pending = { spec, operand };
    else {
      values[spec.field] = checkedImmediate(form, spec, operand, value);
      // GNU as shortens an immediate only if it is in range as written: not 0xffffffff for -1.
      written &&= spec.kind === "upper" || value === values[spec.field];
    }
  }
  if (pending === undefined) emitWord(assembly, form, values, written);
  else if (pending.spec.kind === "target") emitBranch(assembly, form, pending.operand);
  else emitPending(assembly, form, pending);
}

/** The field's value for a constant; throws if it is out of range. */
function checkedImmediate(form: Form, spec: OperandSpec, operand: Operand, given: Integer): number {
  const field = form.encoding.picture.fields.find(({ name }) => name === spec.field)!;
  if (spec.kind === "upper") return checkedUpper(form, field, operand, given);
  let value = Number(given);
  if (field.signed && value > 0x7fffffff && value <= 0xffffffff) value -= 0x100000000;
  if (value >= field.minimum && value <= field.maximum && value % field.multiple === 0) {
    if (form.encoding.row.extension !== "C" || form.encoding.accepts({ ...values, [spec.field]: value }))
      return value;
    throw new SourceError(
      operand.offset,
      `${given} is reserved for \`${form.mnemonic}\``,
      `operands with ${form.encoding.row.where}`,
    );
  }
  const step = field.multiple > 1 ? ` in steps of ${field.multiple}` : "";
  throw new SourceError(
    operand.offset,
    `${given} is out of range for \`${form.mnemonic}\``,
    `a value from ${field.minimum} to ${field.maximum}${step}`,
  );
}

function checkedUpper(
  form: Form,
  field: { minimum: number; maximum: number },
  operand: Operand,
  given: Integer,
): number {
  const value = (Number(given) << 12) | 0;
  const inField =
    value >= field.minimum && value <= field.maximum && (form.encoding.size === 4 || value !== 0);
  if (given >= 0 && given <= 0xfffff && inField) return value;
  const range =
    form.encoding.size === 4
      ? "a value from 0 to 0xfffff"
      : "a value from 1 to 31, or from 0xfffe0 to 0xfffff";
  throw new SourceError(operand.offset, `${given} is out of range for \`${form.mnemonic}\``, range);
}

/** Appends an instruction all of whose fields are known, compressed if it may be. */
export function emitWord(assembly: Assembly, form: Form, fields: Values, mayCompress = true): void {
  const { part, options } = assembly;
  if (form.encoding.size === 2) {
    checkCompressed(form, fields);
    part.emit16(encodeValues(form.encoding, fields));
    return;
  }
  const short = mayCompress && options.rvc ? compress(form, fields) : undefined;
  if (short !== undefined) part.emit16(short);
  else part.emit32(encodeValues(form.encoding, fields));
}

/** A `c.` mnemonic that was written as such can express fewer registers. */
function checkCompressed(form: Form, fields: Values): void {
  for (const { name, base, minimum, maximum } of form.encoding.picture.fields) {
    const value = fields[name]!;
    if (base > 0 && (value < minimum || value > maximum))
      throw new SourceError(
        0,
        `\`${form.mnemonic}\` cannot use x${value} as ${name}`,
        "one of s0, s1, a0 to a5",
      );
  }
  if (!form.encoding.accepts(fields))
    throw new SourceError(
      0,
      `these operands are reserved for \`${form.mnemonic}\``,
      `${form.encoding.row.where}`,
    );
}

function emitBranch(assembly: Assembly, form: Form, operand: Operand): void {
  const { part, place, options } = assembly;
  if (operand.modifier !== "")
    throw new SourceError(operand.offset, `\`%${operand.modifier}\` cannot be a branch target`, "a label");
  const { encoding } = form;
  if (encoding.size === 2) {
    checkCompressed(form, values);
    part.addFixup(
      encoding.row.format === "CJ" ? R_RISCV_RVC_JUMP : R_RISCV_RVC_BRANCH,
      operand.expression,
      place,
      operand.offset,
    );
    part.emit16(encodeValues(encoding, values));
    return;
  }
  part.pieces.push({
    kind: "branch",
    fixed: part.length,
    word: encodeValues(encoding, values),
    conditional: encoding.row.format === "B",
    short: options.rvc ? compress(form, values) : undefined,
    target: operand.expression,
    place,
  });
}

/** Relocations of an immediate by its operator, for formats U, I and S. */
const RELOCATIONS: Readonly<Record<string, Readonly<Partial<Record<Modifier, number>>>>> = {
  U: {
    hi: R_RISCV_HI20,
    pcrel_hi: R_RISCV_PCREL_HI20,
    tprel_hi: R_RISCV_TPREL_HI20,
    got_pcrel_hi: R_RISCV_GOT_HI20,
  },
  I: {
    lo: R_RISCV_LO12_I,
    pcrel_lo: R_RISCV_PCREL_LO12_I,
    tprel_lo: R_RISCV_TPREL_LO12_I,
    "": FIXUP_CONSTANT_I,
  },
  S: {
    lo: R_RISCV_LO12_S,
    pcrel_lo: R_RISCV_PCREL_LO12_S,
    tprel_lo: R_RISCV_TPREL_LO12_S,
    "": FIXUP_CONSTANT_S,
  },
};

function emitPending(assembly: Assembly, form: Form, { operand }: Pending): void {
  const { part, place } = assembly;
  const { modifier } = operand;
  const kind = RELOCATIONS[form.encoding.row.format]?.[modifier];
  if (kind === undefined) {
    const what = modifier === "" ? "a value that is not known here" : `\`%${modifier}\``;
    throw new SourceError(
      operand.offset,
      `\`${form.mnemonic}\` cannot take ${what}`,
      pendingExpectation(form),
    );
  }
  part.addFixup(kind, operand.expression, place, operand.offset);
  part.emit32(encodeValues(form.encoding, values));
}

function pendingExpectation(form: Form): string {
  switch (form.encoding.row.format) {
    case "U":
      return "a constant, or %hi or %pcrel_hi of a symbol";
    case "I":
    case "S":
      return "a constant, or %lo or %pcrel_lo of a symbol";
    default:
      return "a constant";
  }
}
