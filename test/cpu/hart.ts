// One hart with one process whose pages a test maps by hand, and an assembler of single instructions.

import { REGISTER_NAMES } from "../../assembly/isa/table.ts";
import {
  FRAME_ANONYMOUS,
  FRAMES,
  MACHINE,
  MACHINE_PENDING,
  MACHINE_RETIRED,
  MACHINE_STOP_CAUSE,
  MACHINE_STOP_VALUE,
  PAGE_SIZE,
  PCB_CONTEXT,
  PCB_PC,
  PCB_ROOT,
  PROTECT_EXECUTE,
  PROTECT_READ,
  PROTECT_WRITE,
  STOP_TRAP,
} from "../../assembly/layout.ts";
import { encode, findEncoding } from "../../host/isa/codec.ts";
import { operandName } from "../../host/isa/expansion.ts";
import { configure } from "../../host/machine/configuration.ts";
import { pcbWord, readTime } from "../../host/machine/core.ts";
import { createCore } from "../../host/machine/instance.ts";
import { core as module } from "../harness/machine.ts";

export const READ = PROTECT_READ;
export const WRITE = PROTECT_WRITE;
export const EXECUTE = PROTECT_EXECUTE;
export const ALL = READ | WRITE | EXECUTE;

/** Where a program's code and data lie unless a test says otherwise. */
export const CODE = 0x10000;
export const DATA = 0x20000;

function operand(text: string): number {
  const register = REGISTER_NAMES.indexOf(text);
  return register >= 0 ? register : Number(text.replace(/^x(?=\d+$)/, ""));
}

/** The encoding of an instruction in the table's syntax; targets are distances, `lui`'s operand is shifted. */
export function word(line: string): number {
  const [name, ...given] = line
    .trim()
    .split(/[\s,()]+/)
    .filter((part) => part !== "") as [string, ...string[]];
  const encoding = findEncoding(name);
  if (!encoding) throw new Error(`there is no instruction ${name}`);
  const names = encoding.row.syntax.split(/[\s,()]+/).filter((part) => part !== "");
  const operands: Record<string, number> = {};
  names.forEach((field, i) => {
    const value = operand(given[i]!);
    operands[operandName(field)] = field.includes("[31:12]") ? (value << 12) | 0 : value;
  });
  return encode(name, operands);
}

/** Instructions one after the other, separated by `;`. */
export function code(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const line of text.split(";").filter((part) => part.trim() !== "")) {
    const bits = word(line);
    bytes.push(bits & 255, (bits >>> 8) & 255);
    if ((bits & 3) === 3) bytes.push((bits >>> 16) & 255, bits >>> 24);
  }
  return new Uint8Array(bytes);
}

export type Hart = Awaited<ReturnType<typeof createHart>>;

/** A hart that stands at `pc` with zeroed registers and nothing mapped. */
export async function createHart(pc = CODE) {
  const core = await createCore(module, configure({ memory: 1024 * 1024, quantum: 0x40000000 }));
  const root = core.spaceCreate();
  const slot = core.processCreate(0);
  core.words[pcbWord(slot, PCB_ROOT)] = root;
  core.unsigned[pcbWord(slot, PCB_PC)] = pc;
  core.processRun(slot);
  let isStopped = false;

  /** Maps a frame, a fresh one unless given, and returns it. */
  function map(va: number, protection = ALL, frame = core.frameAllocate(FRAME_ANONYMOUS), copy = 0): number {
    if (!core.pageMap(root, va, frame, protection, copy, 0)) throw new Error("no frame for a page table");
    return frame;
  }
  function linear(frame: number, offset = 0): number {
    return FRAMES + frame * PAGE_SIZE + offset;
  }
  /** Writes to pages that are mapped, whatever their protection. */
  function write(va: number, bytes: Uint8Array): void {
    bytes.forEach((byte, i) => {
      core.bytes[core.translate(root, va + i, 0)] = byte;
    });
  }
  function stop() {
    const context = pcbWord(slot, PCB_CONTEXT);
    return {
      cause: core.words[(MACHINE + MACHINE_STOP_CAUSE) >>> 2],
      value: core.unsigned[(MACHINE + MACHINE_STOP_VALUE) >>> 2],
      pc: core.unsigned[context],
      x: [0, ...core.words.slice(context + 1, context + 32)],
      retired: readTime(core, MACHINE + MACHINE_RETIRED),
    };
  }
  return {
    core,
    root,
    map,
    linear,
    write,
    /** The word at a mapped address. */
    read: (va: number) => core.words[core.translate(root, va, 0) >>> 2],
    set: (register: number, value: number) => {
      core.words[pcbWord(slot, PCB_CONTEXT) + register] = value;
    },
    /** Goes on behind the trap where the hart stopped. */
    resumeAt: (address: number) => {
      core.unsigned[pcbWord(slot, PCB_PC)] = address;
      isStopped = false;
    },
    /** Runs until a trap; with a budget list, in pieces of these lengths (the last one repeats). */
    run(...budgets: number[]) {
      for (let i = 0; !isStopped && i < 100_000; i++) {
        const budget = budgets[Math.min(i, budgets.length - 1)] ?? 1_000_000;
        isStopped = core.run(budget) === STOP_TRAP;
        core.words[(MACHINE + MACHINE_PENDING) >>> 2] = 0; // the test serves it
      }
      if (!isStopped) throw new Error("the program does not stop");
      return stop();
    },
  };
}

/** The state in which a program stops that lies at CODE, with a writable page at DATA. It ends with an ecall. */
export async function run(text: string, ...budgets: number[]) {
  const hart = await createHart();
  hart.map(CODE, READ | EXECUTE);
  hart.map(DATA, READ | WRITE);
  hart.write(CODE, code(`${text}; ecall`));
  return hart.run(...budgets);
}
