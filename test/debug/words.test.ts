// The instruction in words foretells what the machine does: single-stepped programs are the judge.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { INSTRUCTIONS } from "../../assembly/isa/table.ts";
import { describeInstruction, nextPid, Programs, processOf } from "../../host/index.ts";
import { ENCODINGS, encode, type Field } from "../../host/isa/codec.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

const NO_MEMORY = { read: () => new Uint8Array(0) };

/** The words for an instruction where all registers hold `value`. */
function words(name: string, operands: Record<string, number>, value = 7): string {
  const machine = { pc: 0x10000, register: () => value, ...NO_MEMORY };
  return describeInstruction(encode(name, operands), machine).text;
}

test("an addition names what is added to what, and the result", () => {
  expect(words("addi", { rd: 2, rs1: 2, imm: -16 }, 0x7fff0010)).toBe(
    "adds -16 to sp (0x7fff0010) → sp = 0x7fff0000",
  );
});

test("a branch says whether it is taken", () => {
  expect(words("bne", { rs1: 10, rs2: 11, imm: 8 })).toBe(
    "jumps to 0x10008 if a0 (7) != a1 (7): it does not",
  );
});

test("a system call is named with its arguments", () => {
  const registers: Record<number, number> = { 10: 1, 11: 0x11000, 12: 6, 17: 64 };
  const machine = { pc: 0x10000, register: (number: number) => registers[number] ?? 0, ...NO_MEMORY };
  expect(describeInstruction(encode("ecall", {}), machine).text).toBe(
    "calls the kernel: write(1, 0x11000, 6)",
  );
});

test("every instruction of the table has words of its own", () => {
  const named = (text: string) => /[a-z]+ .*[a-z0-9]/.test(text) && !/\b[AB]\b|undefined|NaN/.test(text);
  const operandOf = ({ name, multiple }: Field) => {
    if (name === "csr") return 0xc00;
    return /^r/.test(name) && name !== "rl" ? 9 : multiple;
  };
  const rows = ENCODINGS.filter(({ row }) => row.allowed !== "never");
  const bad = rows.filter(({ row, picture }) => {
    const operands = Object.fromEntries(picture.fields.map((field) => [field.name, operandOf(field)]));
    if (row.allowed) Object.assign(operands, "zimm" in operands ? { zimm: 0 } : { rs1: 0 });
    const word = encode(row.name, operands);
    return !named(describeInstruction(word, { pc: 0x10000, register: () => 7, ...NO_MEMORY }).text);
  });
  expect(bad.map(({ row }) => row.name)).toEqual([]);
});

/** Steps the machine and compares each foretold register and address with what comes. */
async function compare(executable: Uint8Array, steps: number): Promise<number> {
  const { machine } = await machineWith(executable);
  const programs = new Programs(() => machine.kernel.state.files);
  let foretold = 0;
  for (let step = 0; step < steps; step++) {
    machine.step(0);
    const pid = nextPid(machine);
    if (pid === 0) break;
    const before = processOf(machine, pid, programs);
    const bytes = before.read(before.pc, 4);
    const said = describeInstruction(new DataView(bytes.buffer).getUint32(0, true), before);
    const wasCall = said.text.startsWith("calls the kernel");
    if (machine.step().reason === "ended") break;
    if (wasCall || machine.kernel.core.pidSlot(pid) === 0) continue;
    expect(machine.pc(pid), said.text).toBe(said.next);
    if (said.register) {
      expect(machine.registers(pid)![said.register.number], said.text).toBe(said.register.value);
      foretold++;
    }
  }
  return foretold;
}

test("what it says of a shell's worth of programs comes true", async () => {
  for (const name of ["tree", "pipeline", "tour"]) {
    const executable = new Uint8Array(readFileSync(new URL(`../../build/bin/${name}`, import.meta.url)));
    expect(await compare(executable, 3000), name).toBeGreaterThan(100);
  }
});

test("what it says of all computing instructions comes true at the edges of their range", async () => {
  const edges = [0, 1, -1, 2, 31, -32, 0x7fffffff, -0x80000000, 0x12345678];
  const two = INSTRUCTIONS.filter(({ format, extension }) => format === "R" && extension !== "C");
  const one = INSTRUCTIONS.filter(
    ({ syntax, extension, effects }) => syntax === "rd, rs1, imm" && extension === "I" && !effects,
  );
  const shifts = INSTRUCTIONS.filter(({ format }) => format === "shift");
  const lines = edges.flatMap((a) =>
    edges.flatMap((b) => [
      `li a1, ${a}`,
      `li a2, ${b}`,
      ...two.map(({ name }) => `${name} a0, a1, a2`),
      ...one.map(({ name }) => `${name} a0, a1, ${(b << 20) >> 20}`),
      ...shifts.map(({ name }) => `${name} a0, a1, ${b & 31}`),
    ]),
  );
  const executable = program([...lines, "li a7, 93", "ecall"].join("\n"));
  expect(await compare(executable, 10_000)).toBeGreaterThan(2000);
});

test("what it says of atomic operations comes true", async () => {
  const names = INSTRUCTIONS.filter(({ name }) => name.startsWith("amo")).map(({ name }) => name);
  const lines = [5, -5, -0x80000000].flatMap((value) =>
    names.flatMap((name) => [`li a2, ${value}`, `${name} a0, a2, (sp)`, "lw a3, 0(sp)"]),
  );
  const executable = program(["addi sp, sp, -16", ...lines, "li a7, 93", "ecall"].join("\n"));
  expect(await compare(executable, 1000)).toBeGreaterThan(60);
});
