// Which encodings are instructions, and which, by an independent disassembler: all halfwords, and 2^20 words of
// every major opcode.

import { beforeAll, expect, test } from "vitest";
import { ALIASES } from "../../host/isa/aliases.ts";
import { type Decoded, decode } from "../../host/isa/codec.ts";
import { type Capstone, openCapstone } from "./capstone.ts";
import { CAPSTONE_LACKS, CAPSTONE_ONLY, explained } from "./gaps.ts";
import { Disagreements, forEachWord, HALFWORDS, OPCODES } from "./words.ts";

const REPEAT = 32; // 32768 × 32 = 2^20

let capstone: Capstone;
beforeAll(async () => {
  capstone = await openCapstone();
});

/** What capstone may call a row: its name, one of its pseudo-instructions, with an ordering. */
function isNameOf(mnemonic: string, { name }: Decoded): boolean {
  const plain = mnemonic.replace(/\.(aq|rl|aq\.rl|aqrl)$/, "");
  if (plain === name) return true;
  if (name.startsWith("csrr")) return /^f(s|r)(csr|flagsi?|rmi?)$/.test(plain) || isAlias(plain, name);
  return isAlias(plain, name) || (name === "fence" && plain === "fence.tso");
}

function isAlias(mnemonic: string, name: string): boolean {
  return ALIASES.some((alias) => alias.of === name && alias.name === mnemonic);
}

function compare(word: number, disagreements: Disagreements): void {
  const mnemonic = capstone(word);
  const decoded = decode(word);
  if (mnemonic === null) {
    if (decoded && !explained(CAPSTONE_LACKS, word)) disagreements.add(`only here ${decoded.name}`, word);
  } else if (decoded === null) {
    if (!explained(CAPSTONE_ONLY, word)) disagreements.add(`only there ${mnemonic}`, word);
  } else if (!isNameOf(mnemonic, decoded)) {
    disagreements.add(`${decoded.name} here, ${mnemonic} there`, word);
  }
}

test("all halfwords are decoded as capstone does", () => {
  const disagreements = new Disagreements();
  for (const bits of HALFWORDS) compare(bits, disagreements);
  expect(disagreements.list()).toEqual([]);
});

test.each(OPCODES)("2^20 words of major opcode %i are decoded as capstone does", (opcode) => {
  const disagreements = new Disagreements();
  forEachWord(opcode, REPEAT, (word) => compare(word, disagreements));
  expect(disagreements.list()).toEqual([]);
});
