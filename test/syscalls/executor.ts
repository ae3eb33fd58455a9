// A program that makes one system call after the other as the host tells it, each in a child of its own: whatever
// the call does to the child, the parent must find the machine as it was before.

import { MACHINE, MACHINE_FRAMES_USED, PCB_CONTEXT } from "../../assembly/layout.ts";
import { Machine } from "../../host/index.ts";
import { checkKernel } from "../../host/kernel/check.ts";
import { pcbWord } from "../../host/machine/core.ts";
import { cachedFrames } from "../../host/memory/cache.ts";
import { assembleProgram } from "../../host/toolchain/index.ts";
import { core } from "../harness/machine.ts";

/** A page that may be read and written; the page after it is not mapped. */
export const WRITABLE = 0x30000000;
/** A page that may only be read; the page after it is not mapped. */
export const READABLE = 0x30002000;
export const UNMAPPED = 0x20000000;
export const PAGE = 4096;
/** Descriptors of a file that is open for reading and writing, and of a directory. */
export const FILE = 3;
export const DIRECTORY = 4;

const NEXT = 9999;
const READY = 9998;
const PIECE = 500;
const CALL_LIMIT = 4_000_000;
const A0 = PCB_CONTEXT + 40;

const SOURCE = `
        .macro  call number
        li      a7, \\number
        ecall
        .endm
        .macro  map address, protection
        li      a0, \\address
        li      a1, 4096
        li      a2, \\protection
        li      a3, 0x32                # private, anonymous, fixed
        li      a4, -1
        li      a5, 0
        call    222
        .endm
        .macro  open path, flags
        li      a0, -100
        la      a1, \\path
        li      a2, \\flags
        li      a3, 0644
        call    56
        .endm
        .data
file:   .asciz  "/tmp/file"
root:   .asciz  "/"
        .balign 8
pause:  .word   0, 0, 1000000, 0
        .text
        .globl  _start
_start: map     ${WRITABLE}, 3
        map     ${READABLE}, 1
        li      t0, ${WRITABLE}
        sw      zero, (t0)
        li      t0, ${READABLE}
        lw      zero, (t0)
        open    file, 0102              # create, read and write
        open    root, 0
next:   call    ${NEXT}
        beqz    a0, next                # the host has nothing to do yet
        li      a0, 17
        li      a1, 0
        call    220
        beqz    a0, child
        mv      s0, a0
        li      a0, 1
        li      a1, 0
        la      a2, pause
        li      a3, 0
        call    407
        mv      a0, s0                  # the child may be blocked for ever
        li      a1, 9
        call    129
reap:   li      a0, 0
        li      a1, 0
        li      a2, 0
        li      a3, 4
        li      a4, 0
        call    95
        bgez    a0, reap
        j       next
child:  call    ${READY}
        ecall
        li      a0, 0
        call    94
`;

/** What became of a call: its result, or how the child ended without one. */
export interface Verdict {
  /** a0 after the call; undefined if it did not return. */
  readonly result: number | undefined;
  /** Wait status of the child. */
  readonly status: number;
  /** Broken invariants, and what was not given back. */
  readonly problems: readonly string[];
}

export interface SystemCallCase {
  readonly number: number;
  readonly arguments: readonly number[];
  /** What the child's memory is to hold, by address. */
  readonly contents?: readonly (readonly [address: number, bytes: Uint8Array])[];
}

export class Executor {
  readonly machine: Machine;
  #current: SystemCallCase | null = null;
  #result: number | undefined;
  #status = -1;
  #waiting = false;
  #pending = false;
  #child = 0;
  #called = false;
  /** Runs when the child is about to make its call. */
  onReady: () => void = () => {};
  /** Runs when the call has returned. */
  onDone: () => void = () => {};

  private constructor(machine: Machine) {
    this.machine = machine;
    machine.observe({
      callEnds: (slot, _row, number, _args, result) => this.#callEnds(slot, number, result),
      processEnds: (slot, status) => {
        if (slot === this.#child) this.#status = status;
      },
    });
  }

  static async create(memory = 8 * 1024 * 1024): Promise<Executor> {
    const { program, diagnostics } = assembleProgram(SOURCE);
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    const executor = new Executor(await Machine.create({ core, memory }));
    executor.machine.load(program, ["executor"]);
    executor.#run();
    executor.call({ number: 172, arguments: [] }); // so that all that is made once is made
    return executor;
  }

  /** Makes the call in a new child, to the child's end. */
  call(wanted: SystemCallCase): Verdict {
    const before = this.framesUsed;
    this.#current = wanted;
    this.#result = undefined;
    this.#status = -1;
    this.#called = false;
    this.#pending = true;
    this.#run();
    const problems = checkKernel(this.machine.kernel);
    if (!this.#called) problems.push("the call was not made");
    if (this.framesUsed !== before) problems.push(`${this.framesUsed - before} frames more are in use`);
    const processes = this.machine.processes().length;
    if (processes !== 1) problems.push(`${processes} processes are left`);
    return { result: this.#result, status: this.#status, problems };
  }

  /** Frames that processes use: those that hold pages of files for the next who wants them may stay. */
  get framesUsed(): number {
    const { core, state } = this.machine.kernel;
    return core.words[(MACHINE + MACHINE_FRAMES_USED) >>> 2] - cachedFrames(state.pageCache).length;
  }

  /** Runs until the parent asks for the next call. */
  #run(): void {
    this.#waiting = false;
    for (let left = CALL_LIMIT; !this.#waiting && left > 0; left -= PIECE) {
      this.machine.run({ maxInstructions: PIECE });
    }
    if (!this.#waiting) throw new Error("the executor did not come back");
  }

  #callEnds(slot: number, number: number, result: number | undefined): void {
    const { words } = this.machine.kernel.core;
    if (number === NEXT) {
      this.#waiting = !this.#pending;
      words[pcbWord(slot, A0)] = this.#pending ? 1 : 0;
      this.#pending = false;
    }
    if (number === READY && this.#current !== null) {
      this.#child = slot;
      this.#prepare(slot, this.#current);
      return;
    }
    if (slot !== this.#child || this.#called || number !== this.#current?.number) return;
    this.#called = true;
    this.#result = result;
    this.onDone();
  }

  #prepare(slot: number, wanted: SystemCallCase): void {
    const { words } = this.machine.kernel.core;
    const { memory } = this.machine.kernel;
    for (const [address, bytes] of wanted.contents ?? []) {
      if (memory.write(address, bytes) !== bytes.length) throw new Error("the contents cannot be written");
    }
    for (let i = 0; i < 6; i++) words[pcbWord(slot, A0 + 4 * i)] = wanted.arguments[i] ?? 0;
    words[pcbWord(slot, A0 + 28)] = wanted.number;
    this.onReady();
  }
}
