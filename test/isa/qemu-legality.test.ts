// Which encodings trap as illegal, by running them under qemu-riscv32: all halfwords, and every value of
// funct7, funct3 and rs2 under every major opcode.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decode, isLegal } from "../../host/isa/codec.ts";
import { missing } from "../harness/tools.ts";
import { explained, QEMU_ONLY } from "./gaps.ts";
import { Disagreements, forEachWord, HALFWORDS, OPCODES } from "./words.ts";

const SIGILL = 4;
/** Put behind a compressed candidate to fill the word. */
const C_NOP = 0x0001;
/** 32768 × this many words an opcode; the registers vary, of which legality does not depend but for x0. */
const REPEAT = Number(process.env["REPEAT"] ?? (process.env["CI"] === "true" ? 32 : 8));
/** 2^20 words take 1 to 12 s, by the way they are run, and many times that on a busy machine. */
const OPCODE_TIMEOUT_MS = 240_000;
const QEMU_CPU = "rv32,f=off,d=off,zba=off,zbb=off,zbc=off,zbs=off";

/** How the probe runs the words: see probe.s. */
type Way = "alone" | "cells" | "row";

/** BRANCH, JAL: they may reach other words. */
const ALONE = [0b11000, 0b11011];
/**
 * LOAD, LOAD-FP, MISC-MEM, STORE, STORE-FP, AMO touch memory, JALR jumps into data, SYSTEM may be a system call:
 * they need their registers.
 */
const IN_CELLS = [0b00000, 0b00001, 0b00011, 0b01000, 0b01001, 0b01011, 0b11001, 0b11100];

function wayOf(opcode: number): Way {
  if (ALONE.includes(opcode)) return "alone";
  return IN_CELLS.includes(opcode) ? "cells" : "row";
}

/** Jumps to itself or to the instruction before it, which the probe puts there, would never end. */
function isEndless(word: number): boolean {
  const decoded = decode(word);
  const effects = decoded?.encoding.row.effects ?? [];
  if (!effects.includes("jump") && !effects.includes("branch")) return false;
  return decoded!.operands.imm === 0 || decoded!.operands.imm === -4;
}

describe.skipIf(missing("qemu-riscv32", "riscv64-unknown-elf-gcc"))("qemu-riscv32", () => {
  const folder = mkdtempSync(join(tmpdir(), "timeslice-isa-"));
  const probe = join(folder, "probe");
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    const source = join(import.meta.dirname, "probe.s");
    const options = ["-march=rv32imac_zicsr_zifencei", "-mabi=ilp32", "-nostdlib", "-static", "-o", probe];
    const compiled = spawnSync("riscv64-unknown-elf-gcc", [...options, source], { encoding: "utf8" });
    expect(compiled.stderr).toBe("");
  });

  /** Runs all words, and lists those on which qemu and the table disagree. */
  function disagreementsOn(words: readonly number[], way: Way): string[] {
    const input = Buffer.from(Uint32Array.from(words).buffer);
    const args = ["-cpu", QEMU_CPU, probe, ...(way === "alone" ? [] : [way])];
    const run = spawnSync("qemu-riscv32", args, { input, maxBuffer: 2 ** 26 });
    expect([run.status, run.stdout.length]).toEqual([0, words.length]);
    const disagreements = new Disagreements();
    words.forEach((word, index) => {
      const legal = run.stdout[index] !== SIGILL;
      if (legal === isLegal(word) || (legal && explained(QEMU_ONLY, word))) return;
      disagreements.add(`${decode(word)?.name ?? "nothing"} ends with signal ${run.stdout[index]}`, word);
    });
    return disagreements.list();
  }

  test("all halfwords are legal or illegal as under qemu", () => {
    const words = HALFWORDS.filter((bits) => !isEndless(bits)).map((bits) => bits | (C_NOP << 16));
    expect(disagreementsOn(words, "alone")).toEqual([]);
  });

  test.each(OPCODES)(
    "the words of major opcode %i are legal or illegal as under qemu",
    (opcode) => {
      const words: number[] = [];
      const way = wayOf(opcode);
      forEachWord(opcode, REPEAT, (word) => {
        if (way !== "alone" || !isEndless(word)) words.push(word);
      });
      expect(disagreementsOn(words, way)).toEqual([]);
    },
    OPCODE_TIMEOUT_MS,
  );

  test("control and status registers are read, and only read, as under qemu", () => {
    const words = Array.from(
      { length: 4096 * 8 },
      (_, index) => ((index >>> 3) << 20) | ((index & 7) << 12) | 0x573,
    );
    const writes = words.map((word) => word | (1 << 15));
    expect(disagreementsOn([...words, ...writes], "cells")).toEqual([]);
  });
});
