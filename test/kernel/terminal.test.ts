// A machine with a terminal of its own: keys edit lines, end input and send signals; a read waits for lines,
// counts or time; and all of it is state that is saved and repeats.

import { expect, test } from "vitest";
import { EVENT_SAVE } from "../../assembly/layout.ts";
import { defaultTermios, encodeTermios, ICANON, VMIN, VTIME } from "../../host/fs/termios.ts";
import { Machine, type MachineOptions } from "../../host/index.ts";
import { core } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { machineWithUserland } from "../programs/run.ts";

const TERMINAL = { terminal: [true, true, true], lineDiscipline: true } as const;
const CLOCK_HZ = 1_000_000;

interface Screen {
  readonly machine: Machine;
  readonly screen: () => string;
  /** Types the keys and lets the machine run until it waits again, or for some instructions. */
  readonly type: (keys: string) => ReturnType<Machine["run"]>;
}

function watched(machine: Machine): Screen {
  let text = "";
  machine.on("output", (bytes) => {
    text += Buffer.from(bytes).toString("latin1");
  });
  return {
    machine,
    screen: () => text,
    type(keys) {
      machine.input(Buffer.from(keys, "latin1"));
      return machine.run({ maxInstructions: 1_000_000 });
    },
  };
}

/** A machine in which init runs the words. */
async function withInit(words: readonly string[], files: Record<string, Uint8Array> = {}): Promise<Screen> {
  const { machine } = await machineWithUserland({ ...TERMINAL, quantum: 10_000 });
  for (const [path, bytes] of Object.entries(files)) machine.writeFile(path, bytes, 0o755);
  machine.start("/bin/init", ["init", ...words]);
  const screen = watched(machine);
  machine.run({ maxInstructions: 1_000_000 });
  return screen;
}

/** A machine in which the assembly is the first process. */
async function withProgram(source: string, options: Partial<MachineOptions> = {}): Promise<Screen> {
  const machine = await Machine.create({ ...TERMINAL, memory: 1 << 24, clockHz: CLOCK_HZ, core, ...options });
  machine.load(program(source));
  return watched(machine);
}

const names = (machine: Machine) => machine.processes().map(({ name }) => name);

const EXIT = "li a7, 94\necall";
const call = (number: number, ...args: (number | string)[]) =>
  [
    ...args.map((value, i) => `${typeof value === "number" ? "li" : "la"} a${i}, ${value}`),
    `li a7, ${number}`,
    "ecall",
  ].join("\n");
const IOCTL = 29;
const READ = 63;
/** Reads from the terminal and exits with the count. */
const readAndExit = (length: number) =>
  `${call(READ, 0, "buffer", length)}\n${EXIT}\n.bss\nbuffer: .skip 256`;

// ── Lines ─────────────────────────────────────────────────────────────────────────────────────

test("a line is shown while it is typed, edited, and read as a whole", async () => {
  const { screen, type } = await withInit(["cat"]);
  type("hexl");
  type("\x7f\x7f");
  expect(screen()).toBe("hexl\b \b\b \b");
  type("llo\r");
  expect(screen()).toBe("hexl\b \b\b \bllo\r\nhello\r\n");
});

test("Ctrl-D ends the input, behind letters only the line", async () => {
  const { screen, type } = await withInit(["cat"]);
  type("ab\x04");
  expect(screen()).toBe("abab");
  expect(type("\x04")).toMatchObject({ reason: "ended", status: 0 });
});

test("a machine without line discipline passes every byte as it is", async () => {
  const { machine } = await machineWithUserland({ terminal: [true, true, true] });
  machine.start("/bin/init", ["init", "cat"]);
  const { screen, type } = watched(machine);
  expect(type("a\x03\x7f\r\n")).toMatchObject({ reason: "input" });
  expect(screen()).toBe("a\x03\x7f\r\n");
});

// ── Signals ───────────────────────────────────────────────────────────────────────────────────

test("Ctrl-C ends the program, init goes on and tells its status", async () => {
  const { machine, screen, type } = await withInit(["spin"]);
  expect(names(machine)).toContain("spin");
  expect(type("\x03")).toMatchObject({ reason: "ended", status: 130 << 8 });
  expect(screen()).toContain("^C");
  expect(machine.check()).toEqual([]);
});

test("Ctrl-C ends a program that waits for input, and Ctrl-\\ does so by another signal", async () => {
  expect((await withInit(["cat"])).type("ab\x03")).toMatchObject({ status: 130 << 8 });
  expect((await withInit(["cat"])).type("\x1c")).toMatchObject({ status: 131 << 8 });
});

test("Ctrl-C reaches all jobs while nobody has chosen a foreground group", async () => {
  const { type } = await withInit(["-j", ",", "spin", ",", "spin"]);
  expect(type("\x03")).toMatchObject({ reason: "ended", status: 130 << 8 });
});

/** A child in a group of its own is put into the foreground; both wait. The parent tells how the child ended. */
const SHELL = `
    li a0, 17
    li a1, 0
    li a7, 220
    ecall
    beqz a0, child
    mv s0, a0
    mv a1, a0
    ${"li a7, 154\necall"}
    la t0, group
    sw s0, (t0)
    ${call(IOCTL, 0, 0x5410, "group")}
    bnez a0, fail
    ${call(95, 1)}
    li a0, 1
    mv a1, s0
    la a2, info
    li a3, 4
    li a4, 0
    li a7, 95
    ecall
    la t0, info
    lw a0, 20(t0)
    ${EXIT}
fail: li a0, 99
    ${EXIT}
child: j child
    .bss
    .balign 8
info: .skip 128
group: .skip 4
`;

test("Ctrl-C goes to the foreground group that a program has chosen, and to no other", async () => {
  const shell = program(SHELL);
  const { machine, type } = await withInit(["-j", ",", "spin", ",", "shell"], { "/bin/shell": shell });
  expect(names(machine)).toEqual(["init", "spin", "shell", "shell"]);
  expect(type("\x03")).toMatchObject({ reason: "budget" });
  expect(names(machine)).toEqual(["init", "spin"]);
});

test("what that program is told of its child is the signal", async () => {
  const { type } = await withInit(["shell"], { "/bin/shell": program(SHELL) });
  expect(type("\x03")).toMatchObject({ reason: "ended", status: 2 << 8 });
});

test("a program that Ctrl-C ends in the middle of a trap is not served any more", async () => {
  const { machine } = await withInit(["cat"]);
  machine.debugging.set({ events: { types: [EVENT_SAVE] } });
  machine.input(Buffer.from("a\n"));
  expect(machine.run()).toMatchObject({ reason: "debug" });
  expect(machine.debugging.pending).toMatchObject({ kind: "trap" });
  machine.debugging.clear();
  machine.input(Buffer.from("\x03"));
  expect(machine.debugging.pending).toBe(null);
  expect(machine.check()).toEqual([]);
  expect(machine.run()).toMatchObject({ reason: "ended", status: 130 << 8 });
});

test("a program that ignores SIGINT stays", async () => {
  const source = `${call(134, 2, "ignore", 0, 8)}\nloop: j loop\n.data\n.balign 4\nignore: .word 1, 0, 0, 0`;
  const { machine, type } = await withInit(["stubborn"], { "/bin/stubborn": program(source) });
  expect(type("\x03")).toMatchObject({ reason: "budget" });
  expect(names(machine)).toContain("stubborn");
});

// ── Bytes and time ────────────────────────────────────────────────────────────────────────────

/** Sets non-canonical mode with VMIN and VTIME, then reads. */
function raw(least: number, time: number): string {
  const termios = defaultTermios();
  termios.local &= ~ICANON;
  termios.characters[VMIN] = least;
  termios.characters[VTIME] = time;
  const bytes = [...encodeTermios(termios)].join(", ");
  return `${call(IOCTL, 0, 0x5402, "termios")}\n${readAndExit(8)}\n.data\ntermios: .byte ${bytes}`;
}

test("VMIN is how many bytes a read waits for", async () => {
  const { type } = await withProgram(raw(3, 0));
  expect(type("")).toMatchObject({ reason: "input" });
  expect(type("ab")).toMatchObject({ reason: "input" });
  expect(type("cd")).toMatchObject({ reason: "ended", status: 4 << 8 });
});

test("VTIME ends a read after tenths of a second of the machine's own time", async () => {
  const { machine } = await withProgram(raw(0, 5));
  expect(machine.run()).toMatchObject({ reason: "ended", status: 0 });
  expect(machine.time).toBeGreaterThanOrEqual(CLOCK_HZ / 2);
  expect(machine.time).toBeLessThan(CLOCK_HZ / 2 + 1000);
});

test("with both, the time counts from the last byte", async () => {
  const { machine, type } = await withProgram(raw(3, 5));
  expect(type("")).toMatchObject({ reason: "input" });
  expect(type("ab")).toMatchObject({ reason: "ended", status: 2 << 8 });
  expect(machine.time).toBeGreaterThanOrEqual(CLOCK_HZ / 2);
});

test("a poll is ready with the end of a line, not with its letters; in the other mode with a byte", async () => {
  const poll = (before: string) => `${before}
    la a0, fds
    li a1, 1
    li a2, 0
    li a3, 0
    li a4, 8
    li a7, 414
    ecall
    la t0, fds
    lhu a0, 6(t0)
    ${EXIT}
    .data
    .balign 4
fds: .word 0, 1`;
  const lines = await withProgram(poll(""));
  expect(lines.type("ab")).toMatchObject({ reason: "input" });
  expect(lines.type("c\n")).toMatchObject({ reason: "ended", status: 1 << 8 });
  const termios = { ...defaultTermios(), local: 0 };
  const set = `${call(IOCTL, 0, 0x5402, "termios")}\n.data\ntermios: .byte ${[...encodeTermios(termios)].join(", ")}\n.text`;
  const bytes = await withProgram(poll(set));
  expect(bytes.type("")).toMatchObject({ reason: "input" });
  expect(bytes.type("a")).toMatchObject({ reason: "ended", status: 1 << 8 });
});

// ── Window ────────────────────────────────────────────────────────────────────────────────────

test("a program sees the size that the window was given; it is not ended by the change", async () => {
  const source = `
    ${call(READ, 0, "buffer", 1)}
    ${call(IOCTL, 0, 0x5413, "buffer")}
    la t0, buffer
    lhu t1, 0(t0)
    lhu t2, 2(t0)
    sub a0, t2, t1
    ${EXIT}
    .bss
buffer: .skip 8`;
  const { machine, type } = await withProgram(source);
  type("");
  machine.resize(40, 132);
  expect(type("\n")).toMatchObject({ reason: "ended", status: 92 << 8 });
});

// ── Saved and repeated ────────────────────────────────────────────────────────────────────────

const KEYS = ["one\n", "tw", "\x7f", "wo\tx\x16", "\x03", "\r", "\x13", "three\n", "\x11", "\x04"];

/** Lets the machine run for some instructions in stretches, unless it ends. */
function runFor(machine: Machine, instructions: number, stretch: number): void {
  for (let left = instructions; left > 0; left -= stretch) {
    if (machine.run({ maxInstructions: Math.min(left, stretch) }).reason === "ended") return;
  }
}

async function hashes(between: (machine: Machine) => Promise<Machine>, stretch: number): Promise<string[]> {
  let { machine } = await withInit(["cat"]);
  const found: string[] = [];
  for (const keys of KEYS) {
    machine.input(Buffer.from(keys, "latin1"));
    runFor(machine, 60_000, stretch);
    found.push(machine.stateHash());
    expect(machine.check()).toEqual([]);
    machine = await between(machine);
  }
  return found;
}

test("the same keys at the same moments give the same states, in stretches and across snapshots", async () => {
  const straight = await hashes(async (machine) => machine, 60_000);
  expect(await hashes(async (machine) => machine, 7_001)).toEqual(straight);
  expect(await hashes((machine) => Machine.restore(core, machine.snapshot()), 60_000)).toEqual(straight);
  expect(new Set(straight).size).toBe(KEYS.length);
});
