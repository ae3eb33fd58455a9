// Chooses the sequences that the interpreter fuses, by counting what programs execute:
// `node scripts/choose-fusions.mjs PROGRAM.elf[:ARGUMENT]…` rewrites assembly/cpu/fusions.txt, from which
// generate-core.mjs makes the opcodes. Every program counts the same, whatever its length.
//
// Sampled runs of instructions are cut into blocks. Then, one at a time, the sequence is added that saves most:
// a dispatch costs 1, and a result handed on within a sequence instead of through memory saves FORWARD_GAIN.

import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { BASE, STEPPED } from "./core/opcodes.mjs";
import { ensureBuild } from "./setup.mjs";
import { main, ROOT } from "./steps.mjs";

const SAMPLES = 60;
const SAMPLE_LENGTH = 1500;
const FORWARD_GAIN = 0.35;
const FUSIONS_MAX = 256 - BASE.size - STEPPED.length;
const CANDIDATES = 400;
const COMMUTATIVE = new Set(["ADD", "AND", "OR", "XOR", "MUL", "BEQ", "BNE"]);

/** Instructions of a word as the interpreter's slot: opcode and registers. */
function slotOf({ name, operands }) {
  const { rd, rs1, rs2, imm } = operands;
  const slot = { opcode: name.toUpperCase(), rd: rd || -1, rs1, rs2 };
  if (name === "lui" || name === "auipc" || (name === "addi" && rs1 === 0))
    return { opcode: "LI", rd: slot.rd };
  if (name === "addi" && imm === 0) return { ...slot, opcode: "MV" };
  if (name === "add" && (rs1 === 0 || rs2 === 0)) return { opcode: "MV", rd: slot.rd, rs1: rs1 || rs2 };
  if (name === "jal" && rd === 0) return { opcode: "GOTO", rd: -1 };
  return slot;
}

/** The operands of `slot` that are the result of the one before. */
function forwardOf(before, slot) {
  let { rs1, rs2 } = slot;
  if (COMMUTATIVE.has(slot.opcode) && rs2 === before.rd && rs1 !== before.rd) [rs1, rs2] = [rs2, rs1];
  const row = BASE.get(slot.opcode);
  const takes = (operand, register) => row[operand] && row[operand] !== "imm" && register === before.rd;
  return (takes("first", rs1) ? "1" : "") + (takes("second", rs2) ? "2" : "");
}

/** Weighted blocks of what the program executes, as lists of {opcode, forward}. */
async function sample(Machine, core, isa, file, blocks) {
  const [path, ...args] = file.split(":");
  const machine = await Machine.create({ core, memory: 64 << 20 });
  const pid = machine.load(readFileSync(path), [basename(path), ...args]);
  const whole = await Machine.create({ core, memory: 64 << 20 });
  whole.load(readFileSync(path), [basename(path), ...args]);
  const total = Number(whole.run().instructions);
  const gap = Math.max(0, Math.floor(total / SAMPLES) - SAMPLE_LENGTH);
  const decoded = new Map();
  let block = [];
  for (let i = 0; i < SAMPLES; i++) {
    if (machine.run({ maxInstructions: gap }).reason === "ended") return;
    for (let n = 0; n < SAMPLE_LENGTH; n++) {
      const pc = machine.processes().find((process) => process.pid === pid)?.pc;
      if (pc === undefined) return;
      if (!decoded.has(pc)) decoded.set(pc, read(machine, isa, pid, pc));
      const slot = decoded.get(pc);
      if (block.length === 0 || block.at(-1).slot !== slot) {
        const forward = block.length && BASE.has(slot.opcode) ? forwardOf(block.at(-1).slot, slot) : "";
        block.push({ slot, opcode: slot.opcode, forward });
      }
      if (!BASE.has(slot.opcode) || ["branch", "goto", "jal", "jalr"].includes(BASE.get(slot.opcode).kind)) {
        count(blocks, block);
        block = [];
      }
      if (machine.run({ maxInstructions: 1 }).reason === "ended") return;
    }
    block = [];
  }
}

function read(machine, isa, pid, pc) {
  const low = machine.readMemory(pid, pc, 2);
  const bytes = (low[0] & 3) === 3 ? machine.readMemory(pid, pc, 4) : low;
  const word = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return slotOf(isa.expand(isa.decode(word)));
}

function count(blocks, block) {
  const key = block.map(({ opcode, forward }) => `${opcode}:${forward}`).join(" ");
  const entry = blocks.get(key) ?? {
    parts: block.map(({ opcode, forward }) => ({ opcode, forward })),
    weight: 0,
  };
  entry.weight++;
  blocks.set(key, entry);
}

/** Each text of a sequence that covers the parts from `at`: without any forwarding and with all of it. */
function textsAt(parts, at, length) {
  const slice = parts.slice(at, at + length);
  if (slice.length < length || slice.some(({ opcode }) => !BASE.has(opcode) || opcode === "EXIT_FAR"))
    return [];
  const plain = slice.map(({ opcode }) => opcode).join(" ");
  const full = slice
    .map(({ opcode, forward }, i) => (i && forward ? `${opcode}:${forward}` : opcode))
    .join(" ");
  return plain === full ? [plain] : [plain, full];
}

function forwards(text) {
  return (text.match(/:/g) ?? []).length;
}

/** What executing the block costs with a set of sequences. */
function cost({ parts, texts }, chosen) {
  const costs = new Float64Array(parts.length + 4).fill(0);
  for (let at = parts.length - 1; at >= 0; at--) {
    let best = 1 + costs[at + 1];
    for (const { text, length, gain } of texts[at]) {
      if (chosen.has(text)) best = Math.min(best, 1 - gain + costs[at + length]);
    }
    costs[at] = best;
  }
  return costs[0];
}

function choose(blocks) {
  const frequency = new Map();
  for (const block of blocks) {
    block.texts = block.parts.map((_, at) =>
      [2, 3].flatMap((length) =>
        textsAt(block.parts, at, length).map((text) => ({
          text,
          length,
          gain: FORWARD_GAIN * forwards(text),
        })),
      ),
    );
    for (const { text, length } of block.texts.flat()) {
      frequency.set(text, (frequency.get(text) ?? 0) + block.weight * (length - 1));
    }
  }
  const ranked = [...frequency].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const candidates = ranked.slice(0, CANDIDATES).map(([text]) => text);
  const users = new Map(
    candidates.map((text) => [text, blocks.filter((b) => b.texts.flat().some((t) => t.text === text))]),
  );
  const chosen = new Set();
  while (chosen.size < FUSIONS_MAX) {
    const best = bestOf(candidates, users, chosen);
    if (!best) break;
    chosen.add(best);
  }
  return [...chosen];
}

function bestOf(candidates, users, chosen) {
  let best = null;
  let most = 1e-6;
  for (const text of candidates) {
    if (chosen.has(text)) continue;
    const before = users.get(text).reduce((sum, block) => sum + block.weight * block.cost, 0);
    chosen.add(text);
    const after = users.get(text).reduce((sum, block) => sum + block.weight * cost(block, chosen), 0);
    chosen.delete(text);
    if (before - after > most) [best, most] = [text, before - after];
  }
  if (best) {
    chosen.add(best);
    for (const block of users.get(best)) block.cost = cost(block, chosen);
  }
  return best;
}

await main(async () => {
  await ensureBuild();
  const { Machine } = await import(join(ROOT, "build/host/index.js"));
  const { expand } = await import(join(ROOT, "build/host/isa/expansion.js"));
  const { decode } = await import(join(ROOT, "build/host/isa/codec.js"));
  const core = await WebAssembly.compile(readFileSync(join(ROOT, "build/core.wasm")));
  const all = [];
  for (const file of process.argv.slice(2)) {
    const blocks = new Map();
    await sample(Machine, core, { expand, decode }, file, blocks);
    const list = [...blocks.values()];
    const total = list.reduce((sum, { parts, weight }) => sum + parts.length * weight, 0);
    for (const block of list) all.push({ ...block, weight: block.weight / total, cost: block.parts.length });
  }
  const chosen = choose(all);
  const instructions = all.reduce((sum, { parts, weight }) => sum + parts.length * weight, 0);
  const dispatches = all.reduce((sum, block) => sum + block.weight * block.cost, 0);
  process.stdout.write(
    `${chosen.length} sequences: ${(dispatches / instructions).toFixed(3)} per instruction\n`,
  );
  const head =
    "# Sequences that one dispatch executes, in the order in which choose-fusions.mjs found them worth it.\n" +
    "# `LW:1`: its first operand is the result of the instruction before.\n";
  writeFileSync(join(ROOT, "assembly/cpu/fusions.txt"), `${head}${chosen.join("\n")}\n`);
  return 0;
});
