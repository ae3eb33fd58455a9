// The first, second, … allocation of a frame inside every system call fails: the call gives an errno or its process
// is killed, the invariants hold, and no frame is lost.

import { beforeAll, describe, expect, test } from "vitest";
import { MACHINE, MACHINE_FAIL_COUNTDOWN } from "../../assembly/layout.ts";
import { EAGAIN, EFAULT, ENOMEM } from "../../host/syscalls/errno.ts";
import { callTable } from "../../host/syscalls/table.ts";
import { assembleProgram } from "../../host/toolchain/index.ts";
import { Executor, type SystemCallCase, UNMAPPED } from "./executor.ts";
import { CONTENTS, usualArguments } from "./torture.ts";

const COUNTDOWN = (MACHINE + MACHINE_FAIL_COUNTDOWN) >>> 2;
const MOST = 100;
const ERRORS = [-ENOMEM, -EAGAIN, -EFAULT];
const SIGBUS = 7;
const SIGKILL = 9;
const SIGSEGV = 11;

const MAP_FIXED_ANONYMOUS = 0x32;
const CLONE_BORROWING = 0x4111;

/** More ways to call what allocates most. */
const VARIANTS: readonly (readonly [name: string, number: number, args: readonly number[]])[] = [
  ["vfork", 220, [CLONE_BORROWING, 0]],
  ["mmap2 over what is mapped", 222, [0x30000000, 8192, 3, MAP_FIXED_ANONYMOUS, -1, 0]],
  ["mmap2 of a file", 222, [UNMAPPED, 4096, 3, 0x12, 3, 0]],
];

const CASES = [
  ...callTable.map((row) => [row.name, row.number, usualArguments(row)] as const),
  ...VARIANTS,
  ["execve of a program", 221, [0x30000000, 0, 0]] as const,
];

describe("system calls without memory", () => {
  let executor: Executor;
  let program: Uint8Array;

  beforeAll(async () => {
    executor = await Executor.create();
    program = assembleProgram(".globl _start\n_start: li a0, 0\n li a7, 94\n ecall\n").program;
  });

  /** Makes the call with its `nth` allocation failing; did that many happen? */
  function callFailing(wanted: SystemCallCase, nth: number) {
    const { words } = executor.machine.kernel.core;
    let left = 0;
    executor.onReady = () => {
      words[COUNTDOWN] = nth;
    };
    executor.onDone = () => {
      left = words[COUNTDOWN];
      words[COUNTDOWN] = 0;
    };
    const verdict = executor.call(wanted);
    words[COUNTDOWN] = 0;
    executor.onReady = () => {};
    executor.onDone = () => {};
    return { ...verdict, failed: left === 0 };
  }

  test.each(CASES)("%s: each allocation may fail", (name, number, args) => {
    for (let nth = 1; ; nth++) {
      expect(nth, `${name} never succeeds`).toBeLessThan(MOST);
      executor.machine.writeFile(
        "/tmp/file",
        name === "execve of a program" ? program : new Uint8Array(100),
        0o755,
      );
      const { problems, result, status, failed } = callFailing(
        { number, arguments: args, contents: CONTENTS },
        nth,
      );
      expect(problems, `${name}, allocation ${nth}`).toEqual([]);
      if (!failed) break;
      const isKilled = [SIGBUS, SIGKILL, SIGSEGV].includes(status & 127);
      const isRefused = result !== undefined && (ERRORS.includes(result) || result >= 0);
      expect(isKilled || isRefused, `${name}, allocation ${nth}: ${result}, status ${status}`).toBe(true);
    }
  });
});
