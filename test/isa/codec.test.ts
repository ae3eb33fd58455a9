// The codec as a whole: round trips for every row, rows that do not overlap, errors that say what is wrong.

import { expect, test } from "vitest";
import {
  canEncode,
  decode,
  ENCODINGS,
  type Encoding,
  encode,
  findEncoding,
  isLegal,
  OperandError,
  type Operands,
} from "../../host/isa/codec.ts";
import { expand } from "../../host/isa/expansion.ts";
import { forEachWord, HALFWORDS, makeRandom, OPCODES } from "./words.ts";

const NAMES = ENCODINGS.map((encoding) => encoding.row.name);
const SAMPLES = 500;

/** Operands in range: now and then the extremes. */
function randomOperands({ picture }: Encoding, random: () => number): Record<string, number> {
  const values = picture.fields.map(({ name, minimum, maximum, multiple }) => {
    const steps = (maximum - minimum) / multiple + 1;
    const step = [0, steps - 1, -minimum / multiple][random() % 8] ?? random() % steps;
    return [name, minimum + step * multiple];
  });
  return Object.fromEntries(values);
}

test.each(NAMES)("decode(encode(x)) is x for %s", (name) => {
  const encoding = findEncoding(name)!;
  const random = makeRandom(1);
  let tried = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const operands = randomOperands(encoding, random);
    if (!canEncode(encoding, operands)) continue;
    tried++;
    const decoded = decode(encode(name, operands));
    expect([decoded?.name, decoded?.operands]).toEqual([name, operands]);
  }
  expect(tried).toBeGreaterThan(SAMPLES / 2);
});

test("encode(decode(w)) is w for every halfword", () => {
  for (const bits of HALFWORDS) {
    const decoded = decode(bits);
    if (decoded) expect(encode(decoded.name, decoded.operands)).toBe(bits);
  }
});

test.each(OPCODES)(
  "no word of major opcode %i matches two rows, and encode(decode(w)) is w but for ignored bits",
  (opcode) => {
    forEachWord(opcode, 1, (word) => {
      const rows = ENCODINGS.filter(
        ({ size, picture }) => size === 4 && (word & picture.mask) === picture.match,
      );
      if (rows.length > 1) expect.fail(`${word.toString(16)} is ${rows.map(({ row }) => row.name)}`);
      const decoded = decode(word);
      if ((decoded === null) !== (rows.length === 0)) expect.fail(`${word.toString(16)} is not found`);
      if (decoded === null) return;
      const kept = word & ~decoded.encoding.picture.ignored;
      if ((encode(decoded.name, decoded.operands) | 0) !== kept) expect.fail(`${word.toString(16)} changes`);
    });
  },
);

test("the high half of a word that begins a compressed instruction is ignored", () => {
  expect(decode(0xabcd_8082)?.name).toBe("c.jr");
});

test("a compressed instruction is the base instruction that it is short for", () => {
  const expansion = (name: string, operands: Operands) => expand(decode(encode(name, operands))!);
  expect(expansion("c.lwsp", { rd: 1, uimm: 252 })).toEqual({
    name: "lw",
    operands: { rd: 1, imm: 252, rs1: 2 },
  });
  expect(expansion("c.jalr", { rs1: 5 })).toEqual({ name: "jalr", operands: { rd: 1, imm: 0, rs1: 5 } });
  expect(expansion("c.beqz", { rs1: 8, imm: -2 })).toEqual({
    name: "beq",
    operands: { rs1: 8, rs2: 0, imm: -2 },
  });
  expect(expansion("c.sub", { rd: 8, rs2: 9 })).toEqual({ name: "sub", operands: { rd: 8, rs1: 8, rs2: 9 } });
  expect(expansion("c.lui", { rd: 5, imm: -4096 })).toEqual({ name: "lui", operands: { rd: 5, imm: -4096 } });
});

test("every expansion has the operands of its base instruction, in range", () => {
  for (const bits of HALFWORDS) {
    const decoded = decode(bits);
    if (!decoded) continue;
    const { name, operands } = expand(decoded);
    const base = findEncoding(name)!;
    expect(Object.keys(operands).sort()).toEqual(base.picture.fields.map((field) => field.name).sort());
    expect(canEncode(base, operands)).toBe(true);
  }
});

test("counters are read, other registers and all writes are illegal", () => {
  expect(isLegal(encode("csrrs", { rd: 10, csr: 0xc00, rs1: 0 }))).toBe(true);
  expect(isLegal(encode("csrrci", { rd: 10, csr: 0xc82, zimm: 0 }))).toBe(true);
  expect(isLegal(encode("csrrs", { rd: 10, csr: 0xc03, rs1: 0 }))).toBe(false);
  expect(isLegal(encode("csrrs", { rd: 10, csr: 0xc00, rs1: 1 }))).toBe(false);
  expect(isLegal(encode("csrrw", { rd: 10, csr: 0xc00, rs1: 0 }))).toBe(false);
});

test.each([
  ["addi", { imm: 2048 }, "addi: imm is 2048, but must be -2048 to 2047"],
  ["beq", { imm: 3 }, "beq: imm is 3, but must be -4096 to 4094 in steps of 2"],
  ["c.lw", { rs1: 7 }, "c.lw: rs1 is 7, but must be 8 to 15"],
  ["c.lui", { rd: 2, imm: 4096 }, "c.lui: rd is reserved: rd != 2 and imm != 0 must hold"],
  ["slli", { shamt: 32 }, "slli: shamt is 32, but must be 0 to 31"],
  ["lui", { imm: 1 }, "lui: imm is 1, but must be -2147483648 to 2147479552 in steps of 4096"],
])("%s with %o is refused with the reason", (name, operands, message) => {
  const valid: Operands = name === "c.lw" ? { rd: 8, ...operands } : (operands as Operands);
  expect(() => encode(name, valid)).toThrow(OperandError);
  expect(() => encode(name, valid)).toThrow(message);
});

test("32-bit immediates may be given unsigned", () => {
  expect(encode("lui", { rd: 10, imm: 0xfffff000 })).toBe(encode("lui", { rd: 10, imm: -4096 }));
});
