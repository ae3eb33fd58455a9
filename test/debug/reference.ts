// What a debugger's points must hit, found the slow way: by single steps, decoding each instruction.

import type { DebugPoint, Machine } from "../../host/index.ts";
import { decode, instructionSize } from "../../host/isa/codec.ts";
import { type BaseInstruction, expand } from "../../host/isa/expansion.ts";

/** A machine before one of its instructions. */
export interface Moment {
  readonly retired: number;
  readonly pid: number;
  readonly pc: number;
  readonly registers: Uint32Array;
  readonly instruction: BaseInstruction;
}

/** An access to memory. */
export interface Access {
  readonly kind: "read" | "write" | "update";
  readonly address: number;
  readonly length: number;
}

/** What hit: a point at code, or a point at memory; the index of the point, -1 for none. */
export interface Expected {
  readonly moment: Moment;
  readonly code: number;
  readonly memory: number;
  readonly access: Access | null;
}

/** Steps the machine of one process through at most `limit` instructions; all moments, in order. */
export function momentsOf(machine: Machine, limit: number): Moment[] {
  const moments: Moment[] = [];
  for (let count = 0; count < limit; count++) {
    machine.run({ maxInstructions: 0 });
    const { pid, pc } = machine.processes()[0]!;
    const registers = machine.registers(pid)!;
    const retired = machine.instructions;
    const before = machine.readMemory(pid, pc, 4);
    const { reason } = machine.step();
    if (machine.instructions === retired) break;
    // The second half of an instruction may lie in a page that was not there yet.
    const bytes = before.length === 4 ? before : machine.readMemory(pid, pc, 4);
    moments.push({ retired, pid, pc, registers, instruction: instructionOf(bytes) });
    if (reason !== "budget") break;
  }
  return moments;
}

function instructionOf(bytes: Uint8Array): BaseInstruction {
  const word = bytes.reduce((sum, byte, index) => sum + byte * 256 ** index, 0);
  const decoded = decode(instructionSize(word) === 2 ? word & 0xffff : word | 0);
  if (decoded === null) throw new Error(`no instruction: ${word.toString(16)}`);
  return expand(decoded);
}

const SIZES: Readonly<Record<string, number>> = { b: 1, h: 2, w: 4 };

/** What the instruction of a moment reads or writes; `next` tells whether a store-conditional succeeded. */
export function accessOf({ instruction, registers }: Moment, next: Moment | undefined): Access | null {
  const { name, operands } = instruction;
  const plain = /^(l|s)(b|h|w)u?$/.exec(name);
  if (plain) {
    const address = (registers[operands.rs1!]! + operands.imm!) >>> 0;
    return { kind: plain[1] === "l" ? "read" : "write", address, length: SIZES[plain[2]!]! };
  }
  const address = operands.rs1 === undefined ? 0 : registers[operands.rs1]!;
  if (name === "lr.w") return { kind: "read", address, length: 4 };
  if (name.startsWith("amo")) return { kind: "update", address, length: 4 };
  const isStored = name === "sc.w" && operands.rd !== 0 && next?.registers[operands.rd!] === 0;
  return isStored ? { kind: "write", address, length: 4 } : null;
}

/** All moments at which one of the points is hit. */
export function expectedHits(moments: readonly Moment[], points: readonly DebugPoint[]): Expected[] {
  return moments.flatMap((moment, index) => {
    const access = accessOf(moment, moments[index + 1]);
    const code = points.findIndex((point) => concerns(point, moment) && isAt(point, moment));
    const memory = access === null ? -1 : memoryPoint(points, moment, access);
    return code < 0 && memory < 0 ? [] : [{ moment, code, memory, access }];
  });
}

function concerns(point: DebugPoint, moment: Moment): boolean {
  return !point.pid || point.pid === moment.pid;
}

function isAt(point: DebugPoint, { pc, instruction }: Moment): boolean {
  if (point.kind === "execute") return point.address === pc;
  return point.kind === "register" && instruction.operands.rd === point.register;
}

/** Of an instruction that does both, the write comes first. */
function memoryPoint(points: readonly DebugPoint[], moment: Moment, access: Access): number {
  const kinds = access.kind === "update" ? ["write", "read"] : [access.kind];
  for (const kind of kinds) {
    const found = points.findIndex(
      (point) => point.kind === kind && concerns(point, moment) && meets(point, access),
    );
    if (found >= 0) return found;
  }
  return -1;
}

function meets(point: DebugPoint, { address, length }: Access): boolean {
  if (point.kind !== "read" && point.kind !== "write") return false;
  return point.address < address + length && address < point.address + point.length;
}
