// How the disassembler writes what is not a plain row: pseudo-instructions, symbols, hints, data.

import { expect, test } from "vitest";
import { encode } from "../../host/isa/codec.ts";
import { disassemble } from "../../host/isa/disassembler.ts";

test.each([
  [0x00000013, "nop"],
  [0x0001, "nop"],
  [0x8082, "ret"],
  [0x557d, "li\ta0,-1"],
  [0x852e, "mv\ta0,a1"],
  [0x7139, "addi\tsp,sp,-64"],
  [0x4512, "lw\ta0,4(sp)"],
  [0xfff5c513, "not\ta0,a1"],
  [0x00b03533, "snez\ta0,a1"],
  [0xfca05de3, "blez\ta0,0x1fda"],
  [0xbfe5, "j\t0x1ff8"],
  [0xc0002573, "rdcycle\ta0"],
  [0x0ff0000f, "fence"],
])("%i is written as the pseudo-instruction %s", (word, text) => {
  expect(disassemble(word, 0x2000)).toBe(text);
});

test("a target is followed by its symbol", () => {
  const symbol = (address: number) => (address === 0x1008 ? "loop+0x8" : undefined);
  expect(disassemble(encode("c.j", { imm: 8 }), 0x1000, { symbol })).toBe("j\t1008 <loop+0x8>");
  expect(disassemble(encode("c.j", { imm: 4 }), 0x1000, { symbol })).toBe("j\t0x1004");
});

test("a target can be written relative to the instruction", () => {
  const branch = encode("beq", { rs1: 10, rs2: 11, imm: -8 });
  expect(disassemble(branch, 0x1000, { aliases: false, relative: true })).toBe("beq\ta0,a1,.-8");
});

test("a target wraps around at the end of the address space", () => {
  expect(disassemble(encode("jal", { rd: 1, imm: 16 }), 0xfffffff8)).toBe("jal\t0x8");
});

test("hints keep the names of their own", () => {
  expect(disassemble(0x0005, 0)).toBe("c.nop\t1");
  expect(disassemble(0x4005, 0)).toBe("c.li\tzero,1");
  expect(disassemble(0x0501, 0)).toBe("c.addi\ta0,0");
});

test("fences that cannot be written otherwise are data", () => {
  expect(disassemble(0x8330000f, 0)).toBe("fence.tso");
  expect(disassemble(0x0100000f, 0)).toBe("pause");
  expect(disassemble(0x0ff0008f, 0)).toBe(".4byte\t0xff0008f");
  expect(disassemble(0x0000108f, 0)).toBe(".4byte\t0x108f");
});

test("what is no instruction is data", () => {
  expect(disassemble(0, 0)).toBe(".2byte\t0x0");
  expect(disassemble(0xffffffff, 0)).toBe(".4byte\t0xffffffff");
  expect(disassemble(0x12340000 | 0x4002, 0)).toBe(".2byte\t0x4002");
});
