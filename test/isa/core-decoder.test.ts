// The core's generated decoder takes for legal what the table says: all halfwords, and 2^20 words of every
// major opcode. It is compiled for itself, without the machine around it.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLegal } from "../../host/isa/codec.ts";
import { Disagreements, forEachWord, HALFWORDS, OPCODES } from "./words.ts";

const ROOT = join(import.meta.dirname, "../..");
/** In the repository, so that the compiler finds the sources of the core. */
const FOLDER = join(ROOT, "build/test-decoder");
const REPEAT = 32; // 32768 × 32 = 2^20

const SOURCE = `
import { decode } from "../../assembly/cpu/decode.gen";
import { ILLEGAL } from "../../assembly/cpu/opcodes.gen";
import { SLOT_OPCODE } from "../../assembly/cpu/slot";
const PC: u32 = 0x1000;
const BLOCK: u32 = 1024;
export function decoderTakes(word: u32): bool {
  decode(word, PC, BLOCK);
  return load<u8>(BLOCK, SLOT_OPCODE) != ILLEGAL;
}
`;

let decoderTakes: (word: number) => number;

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "decoder.ts"), SOURCE);
  const wasm = join(FOLDER, "decoder.wasm");
  const options = ["--runtime", "stub", "--noAssert", "-O2", "--memoryBase", "65536", "--outFile", wasm];
  const command = [
    join(ROOT, "node_modules/assemblyscript/bin/asc.js"),
    join(FOLDER, "decoder.ts"),
    "--config",
    "none",
  ];
  const compiled = spawnSync(process.execPath, [...command, ...options], { cwd: ROOT, encoding: "utf8" });
  expect(compiled.stderr).toBe("");
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {
    env: { abort: () => expect.fail("the decoder aborts") },
  });
  decoderTakes = instance.exports.decoderTakes as typeof decoderTakes;
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function compare(word: number, disagreements: Disagreements): void {
  const taken = decoderTakes(word) !== 0;
  if (taken !== isLegal(word)) disagreements.add(taken ? "taken by the core" : "refused by the core", word);
}

test("all halfwords are legal or illegal as the table says", () => {
  const disagreements = new Disagreements();
  for (const bits of HALFWORDS) compare(bits, disagreements);
  expect(disagreements.list()).toEqual([]);
});

test.each(OPCODES)("2^20 words of major opcode %i are legal or illegal as the table says", (opcode) => {
  const disagreements = new Disagreements();
  forEachWord(opcode, REPEAT, (word) => compare(word, disagreements));
  expect(disagreements.list()).toEqual([]);
});
