// Where a function has put its caller's registers, at each of its instructions: found by following its code from the
// first instruction along all branches, with values known only as "what x held at entry", "sp at entry + n" or a
// number. So no frame pointer and no debug information is needed, and prologues, epilogues in the middle and leaf
// functions are nothing special.

import { type Decoded, decode } from "../isa/codec.ts";
import { type BaseInstruction, expand } from "../isa/expansion.ts";
import { ACCESSES, COMPUTATIONS } from "./arithmetic.ts";

/** What is known of a register. */
type Known =
  /** What register `register` held at entry. */
  | { readonly kind: "entry"; readonly register: number }
  /** sp at entry, plus so many bytes. */
  | { readonly kind: "stack"; readonly offset: number }
  | { readonly kind: "number"; readonly value: number }
  | undefined;

/** How to come from a frame to its caller's, at one instruction. */
export interface FrameRule {
  /** sp at entry (the canonical frame address) is this register plus `offset`; null if it is not known. */
  readonly frame: { readonly register: number; readonly offset: number } | null;
  /** Registers that still hold what they held at entry. */
  readonly kept: ReadonlySet<number>;
  /** Where the others were saved, from the canonical frame address on. */
  readonly saved: ReadonlyMap<number, number>;
}

/** Where code can be read from: bytes at an address, fewer where it ends. */
export type CodeReader = (address: number, length: number) => Uint8Array;

/** Bytes of a function that are looked at. */
const LONGEST = 65_536;
const SP = 2;
const RA = 1;
/** What a call may leave changed (psABI: ra, t0-t6, a0-a7). */
const CALL_CLOBBERS = [1, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31];

function isSame(a: Known, b: Known): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

class State {
  readonly registers: Known[];
  /** What of the entry's registers lies where, by offset from sp at entry. */
  readonly stack: Map<number, number>;

  constructor(registers: Known[], stack: Map<number, number>) {
    this.registers = registers;
    this.stack = stack;
  }

  static atEntry(): State {
    const registers = Array.from({ length: 32 }, (_, register): Known => ({ kind: "entry", register }));
    registers[0] = { kind: "number", value: 0 };
    registers[SP] = { kind: "stack", offset: 0 };
    return new State(registers, new Map());
  }

  copy(): State {
    return new State(this.registers.slice(), new Map(this.stack));
  }

  /** Forgets what another state does not know as well. Whether that was anything. */
  meet(other: State): boolean {
    let hasChanged = false;
    this.registers.forEach((known, register) => {
      if (known === undefined || isSame(known, other.registers[register])) return;
      this.registers[register] = undefined;
      hasChanged = true;
    });
    for (const [offset, register] of this.stack) {
      if (other.stack.get(offset) === register) continue;
      this.stack.delete(offset);
      hasChanged = true;
    }
    return hasChanged;
  }

  set(register: number, value: Known): void {
    if (register !== 0) this.registers[register] = value;
  }
}

/** The rules of the function that begins at `start` and ends before `end`, by address of the instruction. */
export function frameRules(read: CodeReader, start: number, end: number): Map<number, FrameRule> {
  const states = new Analysis(read(start, Math.min(end - start, LONGEST)), start).states();
  return new Map([...states].map(([address, state]) => [address, ruleOf(state)]));
}

/** What is known before each instruction of a function: what all ways to it have in common. */
class Analysis {
  readonly #code: Uint8Array;
  readonly #start: number;
  readonly #states = new Map<number, State>();
  readonly #open: number[] = [];
  /** What is known at jumps to where a register says (the cases of a switch). */
  #atTables: State | null = null;

  constructor(code: Uint8Array, start: number) {
    this.#code = code;
    this.#start = start;
  }

  states(): ReadonlyMap<number, State> {
    this.#reach(this.#start, State.atEntry());
    for (let unreached: number | null = this.#start; unreached !== null; unreached = this.#firstUnreached()) {
      if (unreached !== this.#start) this.#reach(unreached, this.#atTables!.copy());
      while (this.#open.length > 0) this.#follow(this.#open.pop()!);
    }
    return this.#states;
  }

  /** An instruction that only a table of cases can lead to; null where there is none. */
  #firstUnreached(): number | null {
    if (this.#atTables === null) return null;
    for (let at = 0; at < this.#code.length; ) {
      if (!this.#states.has(this.#start + at))
        return decodeAt(this.#code, at) === null ? null : this.#start + at;
      at += decodeAt(this.#code, at)!.size;
    }
    return null;
  }

  #reach(address: number, state: State): void {
    if (decodeAt(this.#code, address - this.#start) === null) return;
    const known = this.#states.get(address);
    if (known !== undefined && !known.meet(state)) return;
    if (known === undefined) this.#states.set(address, state);
    this.#open.push(address);
  }

  #follow(address: number): void {
    const decoded = decodeAt(this.#code, address - this.#start)!;
    const state = this.#states.get(address)!.copy();
    const { name, operands } = expand(decoded);
    if (name === "jalr" && operands["rd"] === 0 && operands["rs1"] !== RA) {
      if (this.#atTables === null) this.#atTables = state;
      else this.#atTables.meet(state);
    }
    for (const successor of follow(decoded, address, state)) this.#reach(successor.address, successor.state);
  }
}

/** The instruction at an offset of the code, or null where it ends or is none. */
export function decodeAt(code: Uint8Array, offset: number): Decoded | null {
  if (offset < 0 || offset + 2 > code.length) return null;
  const low = code[offset] | (code[offset + 1] << 8);
  const high = offset + 4 <= code.length ? code[offset + 2] | (code[offset + 3] << 8) : 0;
  const decoded = decode(low | (high << 16));
  return decoded !== null && offset + decoded.size <= code.length ? decoded : null;
}

function ruleOf(state: State): FrameRule {
  const kept = new Set<number>();
  let frame: FrameRule["frame"] = null;
  state.registers.forEach((known, register) => {
    if (known?.kind === "entry" && known.register === register) kept.add(register);
    if (known?.kind === "stack" && (frame === null || register === SP)) {
      frame = { register, offset: -known.offset };
    }
  });
  const saved = new Map<number, number>();
  for (const [offset, register] of state.stack) if (!kept.has(register)) saved.set(register, offset);
  return { frame, kept, saved };
}

/** Executes an instruction on what is known; where it goes on in this function. */
function follow(decoded: Decoded, address: number, state: State): { address: number; state: State }[] {
  const base = expand(decoded);
  const { name, operands } = base;
  const next = { address: address + decoded.size, state };
  const { rd = 0, imm = 0 } = operands;
  if (decoded.encoding.row.effects?.includes("branch")) {
    return [next, { address: address + imm, state: state.copy() }];
  }
  if (name === "jal" && rd === 0) return [{ address: address + imm, state }];
  if (name === "jalr" && rd === 0) return [];
  if (name === "jal" || name === "jalr") {
    for (const register of CALL_CLOBBERS) state.set(register, undefined);
    return [next];
  }
  compute(base, address, state);
  return [next];
}

function compute({ name, operands }: BaseInstruction, address: number, state: State): void {
  const { rd = 0, rs1 = 0, rs2, imm = 0 } = operands;
  if (name === "lui") return state.set(rd, { kind: "number", value: imm });
  if (name === "auipc") return state.set(rd, { kind: "number", value: (address + imm) | 0 });
  const access = ACCESSES[name];
  if (access) {
    const base = state.registers[rs1];
    const offset = base?.kind === "stack" ? base.offset + imm : undefined;
    if (rs2 === undefined) return state.set(rd, access.size === 4 ? loaded(state, offset) : undefined);
    return store(state, offset, state.registers[rs2], access.size);
  }
  if (name in COMPUTATIONS) {
    const second: Known =
      rs2 === undefined
        ? { kind: "number", value: operands["imm"] ?? operands["shamt"]! }
        : state.registers[rs2];
    return state.set(rd, combine(name, state.registers[rs1], second));
  }
  if (rd !== 0) state.set(rd, undefined);
  if (name === "ecall") state.set(10, undefined);
}

function loaded(state: State, offset: number | undefined): Known {
  const register = offset === undefined ? undefined : state.stack.get(offset);
  return register === undefined ? undefined : { kind: "entry", register };
}

/** A store through an unknown pointer is taken to miss what was saved, as a program that works does. */
function store(state: State, offset: number | undefined, value: Known, size: number): void {
  if (offset === undefined) return;
  for (let byte = -3; byte < size; byte++) state.stack.delete(offset + byte);
  if (size === 4 && value?.kind === "entry") state.stack.set(offset, value.register);
}

function combine(name: string, a: Known, b: Known): Known {
  const isSum = name === "add" || name === "addi";
  if (a?.kind === "number" && b?.kind === "number") {
    return { kind: "number", value: COMPUTATIONS[name]!.compute(a.value, b.value) | 0 };
  }
  if (isSum && b?.kind === "number") return plus(a, b.value);
  if (isSum && a?.kind === "number") return plus(b, a.value);
  if (name === "sub" && b?.kind === "number") return plus(a, -b.value);
  return undefined;
}

function plus(known: Known, value: number): Known {
  if (known?.kind === "stack") return { kind: "stack", offset: (known.offset + value) | 0 };
  return value === 0 ? known : undefined;
}
