// Corner cases of system calls that once went wrong: each is what Linux gives for the same calls.

import { describe, expect, test } from "vitest";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

/** A number of a system call and its arguments: numbers, or symbols of `DATA`. */
type CallText = readonly [number: number, ...arguments: (number | string)[]];

const DATA = `
.data
.balign 8
unlimited: .word -1, -1, -1, -1
one: .word 1, 0, 0, 0
moment: .word 0, 0, 1000, 0
termination: .word 0x4000, 0
none: .word 0, 0
child: .word 0x10000, 0
ignore: .word 1, 0, 0, 0
default: .word 0, 0, 0, 0
.bss
.balign 8
set: .skip 8
info: .skip 128
results: .skip 256
`;

function load(register: number, value: number | string): string {
  return typeof value === "string" ? `la a${register}, ${value}` : `li a${register}, ${value}`;
}

/** Makes the calls in turn in one process; what each returned, signed. A child exits at once with status 0. */
async function results(...calls: CallText[]): Promise<number[]> {
  const lines = calls.map(([number, ...given], index) => {
    const isClone = number === CLONE;
    const end = isClone ? `bnez a0, 1f\nli a7, ${EXIT}\necall\n1:` : "";
    const loads = given.map((value, register) => load(register, value));
    return `${loads.join("\n")}\nli a7, ${number}\necall\n${end}\nsw a0, ${index * 4}(s0)`;
  });
  const report = `li a0, 1\nmv a1, s0\nli a2, ${calls.length * 4}\nli a7, 64\necall\nli a0, 0\nli a7, ${EXIT}\necall`;
  const { machine, output } = await machineWith(
    program(`la s0, results\n${lines.join("\n")}\n${report}\n${DATA}`),
  );
  expect(machine.run({ maxInstructions: 1_000_000 })).toMatchObject({ reason: "ended", status: 0 });
  const bytes = Buffer.from(output(), "latin1");
  return calls.map((_, index) => bytes.readInt32LE(index * 4));
}

const EXIT = 94;
const WAITID = 95;
const KILL = 129;
const TKILL = 130;
const TGKILL = 131;
const SIGACTION = 134;
const SIGPROCMASK = 135;
const SIGPENDING = 136;
const CLONE = 220;
const PRLIMIT = 261;
const NANOSLEEP = 407;

const ESRCH = 3;
const ECHILD = 10;
const EINVAL = 22;
const EOPNOTSUPP = 95;
const SIGTERM = 15;
const SIGCHLD = 17;

const WEXITED = 4;
const WCLONE = 0x80000000 | 0;
const WALL = 0x40000000;

describe("limits", () => {
  test("RLIMIT_NPROC without a limit lets a process fork", async () => {
    const [, child] = await results([PRLIMIT, 0, 6, "unlimited", 0], [CLONE, SIGCHLD, 0]);
    expect(child).toBeGreaterThan(0);
  });
});

describe("kill", () => {
  test("looks for whom to signal before it looks at the signal", async () => {
    expect(await results([KILL, 9999, 100], [KILL, -9999, 100], [KILL, 1, 100], [KILL, 1, -1])).toEqual([
      -ESRCH,
      -ESRCH,
      -EINVAL,
      -EINVAL,
    ]);
    expect(await results([TKILL, 9999, 100], [TKILL, 1, 65], [TKILL, 0, 9])).toEqual([
      -ESRCH,
      -EINVAL,
      -EINVAL,
    ]);
  });

  test("refuses a thread that cannot be in any process", async () => {
    expect(
      await results([TGKILL, 5, 0, 9], [TGKILL, 1, -1, 0], [TGKILL, 1, 2, 0], [TGKILL, 1, 1, 0]),
    ).toEqual([-EINVAL, -EINVAL, -ESRCH, 0]);
  });
});

/** Runs `source` as a child of the first process; the first process's exit status is the child's wait status. */
async function statusOfChild(source: string): Promise<number> {
  const parent = `
  li a0, 17
  li a1, 0
  li a7, ${CLONE}
  ecall
  beqz a0, child_begins
  li a0, 0
  li a1, 0
  la a2, info
  li a3, 4
  li a4, 0
  li a7, ${WAITID}
  ecall
  la a0, info
  lw a0, 20(a0)
  li a7, ${EXIT}
  ecall
  child_begins:`;
  const { machine } = await machineWith(program(`${parent}\n${source}\n${DATA}`));
  const result = machine.run({ maxInstructions: 1_000_000 });
  return result.reason === "ended" ? result.status >>> 8 : -1;
}

function callText([number, ...given]: CallText): string {
  return `${given.map((value, register) => load(register, value)).join("\n")}\nli a7, ${number}\necall`;
}

describe("a blocked signal", () => {
  const block: CallText = [SIGPROCMASK, 0, "termination", 0, 8];
  const unblock: CallText = [SIGPROCMASK, 2, "none", 0, 8];
  const ignore: CallText = [SIGACTION, SIGTERM, "ignore", 0, 8];
  const byDefault: CallText = [SIGACTION, SIGTERM, "default", 0, 8];
  const self = `li a7, 172\necall\nli a1, ${SIGTERM}\nli a7, ${KILL}\necall`;
  const exit: CallText = [EXIT, 77];

  test("is kept while it is ignored, and kills when it is not ignored any more", async () => {
    const source = [block, ignore].map(callText).join("\n");
    const rest = [byDefault, unblock, exit].map(callText).join("\n");
    expect(await statusOfChild(`${source}\n${self}\n${rest}`)).toBe(SIGTERM);
  });

  test("is forgotten when the process says that it ignores it", async () => {
    const rest = [ignore, byDefault, unblock, exit].map(callText).join("\n");
    expect(await statusOfChild(`${callText(block)}\n${self}\n${rest}`)).toBe(77);
  });

  test("is shown as pending even if nothing would come of it", async () => {
    const calls: CallText[] = [
      [SIGPROCMASK, 0, "child", 0, 8],
      [CLONE, SIGCHLD, 0],
      [WAITID, 0, 0, "info", WEXITED, 0],
      [SIGPENDING, "set", 8],
    ];
    const shown = "la a0, set\nlw a0, 0(a0)\nsrli a0, a0, 16\nli a7, 94\necall";
    const forked = calls.map((one) =>
      one[0] === CLONE ? `${callText(one)}\nbnez a0, 1f\nli a7, 94\necall\n1:` : callText(one),
    );
    expect(await statusOfChild(`${forked.join("\n")}\n${shown}`)).toBe(1);
  });
});

describe("waitid", () => {
  test("waits for a child with another exit signal only if asked to", async () => {
    const wait = (options: number): CallText => [WAITID, 0, 0, "info", options, 0];
    const [, plain, asked] = await results([CLONE, 0, 0], wait(WEXITED), wait(WEXITED | WCLONE));
    expect([plain, asked]).toEqual([-ECHILD, 0]);
    const [, other, all] = await results([CLONE, SIGCHLD, 0], wait(WEXITED | WCLONE), wait(WEXITED | WALL));
    expect([other, all]).toEqual([-ECHILD, 0]);
  });
});

describe("clock_nanosleep", () => {
  test("says of clocks that cannot wake anyone that they cannot", async () => {
    const clocks = [3, 4, 5, 6, 7, 10, 12, -1];
    expect(await results(...clocks.map((clock): CallText => [NANOSLEEP, clock, 0, "moment", 0]))).toEqual([
      ...[3, 4, 5, 6].map(() => -EOPNOTSUPP),
      0,
      ...[10, 12, -1].map(() => -EINVAL),
    ]);
  });
});

describe("a reservation", () => {
  test("ends with the process that made it, also if another hart killed it", async () => {
    const spin = (label: string) => `li t0, 5000\n${label}: addi t0, t0, -1\nbnez t0, ${label}b`;
    const source = `
    li a0, 0
    li a1, 4096
    li a2, 3
    li a3, 0x21
    li a4, -1
    li a5, 0
    li a7, 222
    ecall
    mv s0, a0
    sw zero, 0(s0)
    ${callText([CLONE, SIGCHLD, 0])}
    bnez a0, 1f
    lr.w t0, (s0)
  2: j 2b
  1: mv s1, a0
    ${spin("3")}
    mv a0, s1
    li a1, 9
    li a7, ${KILL}
    ecall
    ${callText([WAITID, 0, 0, "info", WEXITED, 0])}
    ${callText([CLONE, SIGCHLD, 0])}
    bnez a0, 4f
    sc.w a0, zero, (s0)
    li a7, ${EXIT}
    ecall
  4: ${spin("5")}
    ${callText([WAITID, 0, 0, "info", WEXITED, 0])}
    la a0, info
    lw a0, 20(a0)
    li a7, ${EXIT}
    ecall
    ${DATA}`;
    const { machine } = await machineWith(program(source), ["program"], { harts: 2 });
    expect(machine.run({ maxInstructions: 1_000_000 })).toMatchObject({ reason: "ended", status: 1 << 8 });
  });
});

describe("Machine.run", () => {
  test.each([Number.NaN, 0.5, -1])(
    "refuses %d instructions instead of never returning",
    async (maxInstructions) => {
      const { machine } = await machineWith(program("1: j 1b"));
      expect(() => machine.run({ maxInstructions })).toThrow(RangeError);
    },
  );

  test("asks after a system call whether to pause, so that costly calls do not hold the host up", async () => {
    const { machine } = await machineWith(program("1: li a7, 172\necall\nj 1b"));
    let asked = 0;
    const result = machine.run({ pauseWhen: () => ++asked === 3 });
    expect(result.reason).toBe("paused");
    expect(machine.run({ maxInstructions: 100 })).toMatchObject({ reason: "budget", instructions: 100 });
  });
});
