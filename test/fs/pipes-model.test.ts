// Pipes and descriptors of several processes against a model: a pipe is a list of bytes, an end is a set of
// the descriptors that name it. Calls do not wait here (O_NONBLOCK): EAGAIN stands for waiting.

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFileSystem } from "../../host/fs/check.ts";
import { closeAll } from "../../host/fs/descriptors.ts";
import { O_NONBLOCK } from "../../host/fs/flags.ts";
import { EAGAIN, EBADF, EPIPE } from "../../host/syscalls/errno.ts";
import { boot, DATA, type Process } from "../syscalls/files-harness.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const CAPACITY = 65536;
const ATOMIC = 4096;

interface ModelPipe {
  bytes: number[];
}
/** What a descriptor names: one end of a pipe. */
interface End {
  pipe: ModelPipe;
  isWriter: boolean;
}
interface ModelProcess {
  process: Process;
  table: (End | null)[];
}

class Model {
  readonly processes: ModelProcess[];
  next = 0;

  constructor() {
    const process = boot();
    for (let fd = 0; fd < 3; fd++) process.call("close", fd);
    this.processes = [{ process, table: [] }];
  }

  private hasEnd(pipe: ModelPipe, isWriter: boolean): boolean {
    return this.processes.some(({ table }) =>
      table.some((end) => end?.pipe === pipe && end.isWriter === isWriter),
    );
  }

  private free(table: (End | null)[]): number {
    for (let fd = 0; ; fd++) if (!table[fd]) return fd;
  }

  pipe({ process, table }: ModelProcess): void {
    const pipe = { bytes: [] };
    const ends = process.pipe(O_NONBLOCK);
    const expected: number[] = [];
    for (const isWriter of [false, true]) {
      const fd = this.free(table);
      table[fd] = { pipe, isWriter };
      expected.push(fd);
    }
    expect(ends).toEqual(expected);
  }

  read({ process, table }: ModelProcess, fd: number, length: number): void {
    const end = table[fd];
    const outcome = process.call("read", fd, DATA, length);
    if (!end || end.isWriter) return void expect(outcome).toBe(-EBADF);
    const { bytes } = end.pipe;
    if (length > 0 && bytes.length === 0) {
      return void expect(outcome).toBe(this.hasEnd(end.pipe, true) ? -EAGAIN : 0);
    }
    const taken = bytes.splice(0, length);
    expect(outcome).toBe(taken.length);
    expect([...process.memory.bytes.subarray(DATA, DATA + taken.length)]).toEqual(taken);
  }

  write({ process, table }: ModelProcess, fd: number, length: number): void {
    const end = table[fd];
    const sent = Uint8Array.from({ length }, () => this.next++ & 255);
    process.memory.bytes.set(sent, DATA);
    const outcome = process.call("write", fd, DATA, length);
    if (!end?.isWriter) return void expect(outcome).toBe(-EBADF);
    if (length === 0) return void expect(outcome).toBe(0);
    if (!this.hasEnd(end.pipe, false)) return void expect(outcome).toBe(-EPIPE);
    const room = CAPACITY - end.pipe.bytes.length;
    if (room === 0 || (length <= ATOMIC && room < length)) return void expect(outcome).toBe(-EAGAIN);
    const count = Math.min(room, length);
    expect(outcome).toBe(count);
    end.pipe.bytes.push(...sent.subarray(0, count));
  }

  close({ process, table }: ModelProcess, fd: number): void {
    expect(process.call("close", fd)).toBe(table[fd] ? 0 : -EBADF);
    table[fd] = null;
  }

  dup({ process, table }: ModelProcess, fd: number): void {
    const end = table[fd];
    const copy = end ? this.free(table) : -EBADF;
    expect(process.call("dup", fd)).toBe(copy);
    if (end) table[copy] = end;
  }

  dup3({ process, table }: ModelProcess, from: number, to: number): void {
    if (from === to) return;
    const end = table[from];
    expect(process.call("dup3", from, to, 0)).toBe(end ? to : -EBADF);
    if (end) table[to] = end;
  }

  fork(parent: ModelProcess): void {
    this.processes.push({ process: parent.process.fork(), table: [...parent.table] });
  }

  exit(leaving: ModelProcess): void {
    if (this.processes.length === 1) return;
    const { machine, services, state, slot } = leaving.process;
    closeAll(machine.kernel, services, state);
    machine.kernel.processes[slot] = null;
    this.processes.splice(this.processes.indexOf(leaving), 1);
  }
}

type Step = (model: Model, actor: ModelProcess, a: number, b: number) => void;
const LENGTHS = [0, 1, 100, 4096, 4097, 30000, 70000];

const steps: Readonly<Record<string, Step>> = {
  pipe: (model, actor) => model.pipe(actor),
  read: (model, actor, a, b) => model.read(actor, a, LENGTHS[b]),
  write: (model, actor, a, b) => model.write(actor, a, LENGTHS[b]),
  writeMore: (model, actor, a, b) => model.write(actor, a, LENGTHS[b]),
  close: (model, actor, a) => model.close(actor, a),
  dup: (model, actor, a) => model.dup(actor, a),
  dup3: (model, actor, a, b) => model.dup3(actor, a, b),
  fork: (model, actor) => model.fork(actor),
  exit: (model, actor) => model.exit(actor),
};

const small = fc.integer({ min: 0, max: 6 });
const sequence = fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), small, small, small), {
  maxLength: 60,
});

test(`pipes of several processes behave as their model (seed ${SEED})`, () => {
  fc.assert(
    fc.property(sequence, (operations) => {
      const model = new Model();
      const { kernel } = model.processes[0].process.machine;
      for (const [name, who, a, b] of operations) {
        steps[name](model, model.processes[who % model.processes.length], a, b);
        expect(checkFileSystem(kernel)).toEqual([]);
      }
      while (model.processes.length > 1) model.exit(model.processes[0]);
      for (let fd = 0; fd < 20; fd++) model.close(model.processes[0], fd);
      expect(kernel.files.openFiles.every((file) => file === null)).toBe(true);
      expect(kernel.files.inodes.some((inode) => inode?.kind === "pipe")).toBe(false);
    }),
    { seed: SEED, numRuns: 300 },
  );
});
