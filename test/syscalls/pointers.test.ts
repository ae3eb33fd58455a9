// Every pointer and length argument of every system call with the values that break kernels. A bad pointer gives
// EFAULT; whatever the call does, the machine's invariants hold and all that it took is given back at its child's end.

import { beforeAll, describe, expect, test } from "vitest";
import { EFAULT } from "../../host/syscalls/errno.ts";
import { callTable } from "../../host/syscalls/table.ts";
import { Executor, PAGE, READABLE, UNMAPPED, type Verdict, WRITABLE } from "./executor.ts";
import { CONTENTS, POINTERS, usualArguments } from "./torture.ts";

const BAD_POINTERS = { unmapped: UNMAPPED, "wrapping past 2^32": -4 };
const ODD_POINTERS = {
  null: 0,
  "read only": READABLE + 64,
  "the last byte of a page": WRITABLE + PAGE - 1,
  "straddling into an unmapped page": WRITABLE + PAGE - 3,
};
const LENGTHS = { "0": 0, "1": 1, "2^31 - 1": 0x7fffffff, "2^32 - 1": -1 };

/** Pointers that the kernel does not follow, and why. */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  "ioctl.argument": "a file is no terminal: ENOTTY comes first",
  "getdents64.entries": "the directory's entries have all been read: 0 comes first",
  "read.buffer": "the file has been read to its end: 0 comes first",
  "readlinkat.buffer": "a file is no link: EINVAL comes first",
  "set_tid_address.tidptr": "it is kept until the end of the thread, and then a fault is ignored",
  "brk.address": "an address that is asked for",
  "munmap.address": "a range that is named, not read",
  "mremap.address": "a range that is named; the unmapped one does give EFAULT, a misaligned one EINVAL",
  "mremap.new_address": "looked at with MREMAP_FIXED only",
  "mmap2.address": "a hint",
  "mprotect.address": "a range that is named: ENOMEM",
  "msync.address": "a range that is named: ENOMEM",
  "madvise.address": "a range that is named: ENOMEM",
  "riscv_flush_icache.start": "a range that is named",
  "riscv_flush_icache.end": "a range that is named",
  "clone.stack": "only the child uses it",
  "clock_nanosleep_time64.remain": "written only when a signal interrupts the sleep",
};

const rows = callTable.map((row) => [row.name, row] as const);

describe("system calls with odd arguments", () => {
  let executor: Executor;

  beforeAll(async () => {
    executor = await Executor.create();
  });

  function call(number: number, args: readonly number[]): Verdict {
    executor.machine.writeFile("/tmp/file", new Uint8Array(100));
    return executor.call({ number, arguments: args, contents: CONTENTS });
  }

  test.each(rows)("%s leaves the machine whole with the usual arguments", (_name, row) => {
    expect(call(row.number, usualArguments(row)).problems).toEqual([]);
  });

  test.each(rows)("%s gives EFAULT for a bad pointer and leaves the machine whole", (name, row) => {
    row.arguments.forEach((argument, index) => {
      if (!POINTERS.includes(argument.kind)) return;
      for (const [what, value] of Object.entries({ ...BAD_POINTERS, ...ODD_POINTERS })) {
        const args = usualArguments(row);
        args[index] = value | 0;
        const verdict = call(row.number, args);
        const where = `${name}.${argument.name}: ${what}`;
        expect(verdict.problems, where).toEqual([]);
        const mustFault = what in BAD_POINTERS && NOT_FOLLOWED[`${name}.${argument.name}`] === undefined;
        if (mustFault) expect(verdict.result, where).toBe(-EFAULT);
      }
    });
  });

  test.each(rows)("%s leaves the machine whole with odd lengths", (name, row) => {
    row.arguments.forEach((argument, index) => {
      if (argument.kind !== "len") return;
      for (const [what, value] of Object.entries(LENGTHS)) {
        const args = usualArguments(row);
        args[index] = value | 0;
        expect(call(row.number, args).problems, `${name}.${argument.name}: ${what}`).toEqual([]);
      }
    });
  });
});
