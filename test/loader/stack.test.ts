import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseElf } from "../../host/loader/elf.ts";
import { arraySource } from "../../host/loader/source.ts";
import { AT_EXECFN, AT_HWCAP, AT_PHDR, AT_RANDOM, buildStack, HWCAP } from "../../host/loader/stack.ts";
import { Machine } from "../../host/machine.ts";
import { missing } from "../harness/tools.ts";
import { withCompiled } from "./compiled.ts";
import { elfFile } from "./elf-file.ts";

const RANDOM = Uint8Array.from({ length: 16 }, (_, i) => 200 + i);

interface Start {
  argv: string[];
  envp: string[];
  auxv: Map<number, number>;
  path: string;
  random: Uint8Array;
}

/** Reads a stack as a C library's start code does. */
function readStack(bytes: Uint8Array, stackPointer: number): Start {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let at = 0;
  const word = () => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const from = (address: number) => bytes.subarray(address - stackPointer);
  const text = (address: number) =>
    Buffer.from(from(address).subarray(0, from(address).indexOf(0))).toString("latin1");
  const pointers = () => {
    const list: number[] = [];
    for (let pointer = word(); pointer !== 0; pointer = word()) list.push(pointer);
    return list;
  };
  const argc = word();
  const argv = pointers().map(text);
  if (argv.length !== argc) throw new Error(`argc is ${argc}, but there are ${argv.length} arguments`);
  const envp = pointers().map(text);
  const auxv = new Map<number, number>();
  for (let type = word(); type !== 0; type = word()) auxv.set(type, word());
  const random = from(auxv.get(AT_RANDOM) ?? 0).slice(0, 16);
  return { argv, envp, auxv, path: text(auxv.get(AT_EXECFN) ?? 0), random };
}

function ours(file: Uint8Array, path: string, args: string[], environment: string[]) {
  const stack = buildStack(parseElf(arraySource(file)), {
    path,
    arguments: args,
    environment,
    random: RANDOM,
  });
  return { ...stack, start: readStack(stack.bytes, stack.stackPointer) };
}

test("arguments, environment, path and random bytes can be read back", () => {
  const { start } = ours(elfFile(), "/bin/x", ["x", "", "\xff two"], ["A=1", "B="]);
  expect(start).toMatchObject({
    argv: ["x", "", "\xff two"],
    envp: ["A=1", "B="],
    path: "/bin/x",
    random: RANDOM,
  });
  expect(start.auxv.get(AT_HWCAP)).toBe(HWCAP);
  expect(start.auxv.get(AT_PHDR)).toBe(0x10034);
});

test("the stack pointer is a multiple of 16, whatever the strings are", () => {
  for (let length = 0; length < 40; length++) {
    const { stackPointer, bytes } = ours(elfFile(), "/x", ["a".repeat(length), "b".repeat(length % 3)], []);
    expect(stackPointer % 16).toBe(0);
    expect(bytes.length).toBe(0x7ffff000 - stackPointer);
  }
});

/** Writes the bytes from its stack pointer to the end of the page, after the stack pointer itself. */
const DUMP = `
__attribute__((naked)) void _start(void) { __asm__("mv a0, sp\\n tail dump"); }
static long call(long number, long a, long b, long c) {
  register long a7 __asm__("a7") = number, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
  return a0;
}
void dump(unsigned long sp) {
  unsigned long end = (sp + 4096) & ~4095ul;
  call(64, 1, (long)&sp, 4);
  call(64, 1, sp, end - sp);
  call(94, 0, 0, 0);
}
`;

function underQemu(path: string, args: string[], environment: string[]): Buffer {
  const env = Object.fromEntries(environment.map((each) => each.split("=")));
  return spawnSync("qemu-riscv32", [path, ...args], { env }).stdout;
}

async function underOurs(path: string, args: string[], environment: string[]): Promise<Buffer> {
  const program = new Uint8Array(readFileSync(path));
  const core = await WebAssembly.compile(readFileSync("build/core.wasm"));
  const machine = await Machine.create({ core });
  const chunks: Buffer[] = [];
  machine.on("output", (bytes) => chunks.push(Buffer.from(bytes)));
  machine.load(program, [path, ...args], environment);
  machine.run();
  return Buffer.concat(chunks);
}

function startOf(dump: Buffer): Start {
  const stackPointer = dump.readUint32LE(0);
  expect(stackPointer % 16).toBe(0);
  return readStack(new Uint8Array(dump.subarray(4)), stackPointer);
}

describe.skipIf(missing("riscv64-unknown-elf-gcc", "qemu-riscv32"))("beside qemu-riscv32", () => {
  test("a program finds the same on its stack", async () => {
    const environment = ["A=1", "LONG=some words"];
    const args = ["one", "", "three"];
    const dumps = withCompiled("gcc", DUMP, (path) => [
      underOurs(path, args, environment),
      underQemu(path, args, environment),
    ]);
    const [ours, theirs] = (await Promise.all(dumps)).map(startOf);
    expect(ours.argv).toEqual(theirs.argv);
    expect(ours.envp.sort()).toEqual(theirs.envp.sort()); // qemu turns the environment round
    expect([...ours.auxv.keys()].sort()).toEqual([...theirs.auxv.keys()].sort());
    const elsewhere = [AT_HWCAP, AT_RANDOM, AT_EXECFN]; // other extensions, other addresses
    for (const [type, value] of ours.auxv) {
      if (!elsewhere.includes(type)) expect([type, value]).toEqual([type, theirs.auxv.get(type)]);
    }
  });
});
