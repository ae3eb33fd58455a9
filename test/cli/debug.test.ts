// The terminal debugger: transcripts as a person would see them, and how the command ends.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { dispatch } from "../../host/cli/commands.ts";
import { DEBUGGER_COMMANDS } from "../../host/cli/debugger/table.ts";
import { History } from "../../host/history/history.ts";
import { DivergenceError } from "../../host/history/replay.ts";
import { ROOT } from "../../scripts/steps.mjs";
import { type MemoryPlatform, memoryPlatform } from "./memory-platform.ts";

const COUNT = `        .globl  _start
        .text
_start: li      s0, 5
        la      s1, counter
loop:   jal     work
        addi    s0, s0, -1
        bnez    s0, loop
        li      a0, 1
        la      a1, text
        li      a2, 6
        li      a7, 64
        ecall
        li      a0, 3
        li      a7, 93
        ecall

work:   addi    sp, sp, -16
        sw      ra, 12(sp)
        lw      t0, 0(s1)
        add     t0, t0, s0
        sw      t0, 0(s1)
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
        .data
counter: .word  0
text:   .ascii  "hello\\n"
`;

async function transcript(
  commands: readonly string[],
  args: readonly string[] = ["count.s"],
): Promise<{ platform: MemoryPlatform; status: number; text: string }> {
  const files = { "count.s": COUNT };
  const platform = memoryPlatform({ stdin: commands.map((line) => `${line}\n`), files });
  const status = await dispatch(["debug", ...args], platform);
  return { platform, status, text: platform.output().stdout };
}

/** Compares with a golden file; UPDATE_GOLDEN writes it anew. */
function expectGolden(name: string, text: string): void {
  const golden = join(ROOT, "test/cli/golden", `debug-${name}.txt`);
  if (process.env["UPDATE_GOLDEN"] || !existsSync(golden)) writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, "utf8"));
}

describe("a transcript of", () => {
  const scripts: Readonly<Record<string, readonly string[]>> = {
    "breakpoints-both-ways": [
      "break work if s0 == 3",
      "continue",
      "backtrace",
      "info breakpoints",
      "finish",
      "reverse-continue",
      "rc",
      "delete",
      "continue",
      "rc",
    ],
    watchpoints: ["watch *counter", "c", "c", "rc", "whowrote *counter", "whowrote s0", "info breakpoints"],
    steps: [
      "next",
      "",
      "step",
      "stepi",
      "explain",
      "reverse-stepi",
      "rn",
      "nexti",
      "rni",
      "until work",
      "rf",
      "until 13",
    ],
    data: [
      "tbreak work",
      "c",
      "print s0 + 1",
      "p/x sp",
      "p/t 'a'",
      "x/4xw sp",
      "x/s text",
      "x/3i pc",
      "info registers s0 pc",
      "display *counter",
      "set *counter = 100",
      "next 4",
      "set s0 = 1",
      "p s0",
      "info line work",
      "info symbol pc",
      "list work",
      "list",
      "frame 1",
      "up",
      "down",
    ],
    commands: [
      "break work",
      "commands",
      "silent",
      "print s0",
      "continue",
      "print never",
      "end",
      "watch *counter",
      "commands 2",
      "print *counter",
      "end",
      "info breakpoints",
      "continue",
      "delete 1",
      "commands 2",
      "end",
      "continue",
      "commands 1",
      "end",
    ],
    mistakes: [
      "frobnicate",
      "brake 4",
      "break nothing",
      "break count.s:999",
      "print 1 +",
      "print nothing",
      "x/2q 0",
      "finish",
      "process 99",
      "delete 7",
      "goto somewhere",
      "info",
      "set 3 = 4",
      "condition 1 a0",
      "catch sunrise",
      "p *0",
    ],
  };
  for (const [name, commands] of Object.entries(scripts)) {
    test(name, async () => {
      const { text, status } = await transcript(commands);
      expect(status).toBe(0);
      expectGolden(`${name}`, text);
    });
  }

  const ofUserland: Readonly<Record<string, readonly string[]>> = {
    pipeline: [
      "catch call read",
      "c",
      "print $arg0",
      "print $result",
      "info processes",
      "delete",
      "c",
      "reverse-continue",
      "why",
      "goto end",
      "why 4",
    ],
    tree: [
      "catch fork",
      "c",
      "why 3",
      "process 1",
      "why",
      "process 2",
      "syscall",
      "pass",
      "",
      "",
      "switch",
      "reverse-switch",
      "trap",
      "info events 6",
      "info history",
    ],
  };
  for (const [name, commands] of Object.entries(ofUserland)) {
    test(`${name}, a program of several processes`, async () => {
      const { text } = await transcript(commands, [name]);
      expectGolden(name, text);
    });
  }
});

test("every command has help, and help names every command", async () => {
  const names = DEBUGGER_COMMANDS.map(({ name }) => name);
  const { text } = await transcript(["help", ...names.map((name) => `help ${name}`)]);
  for (const name of names) expect(text).toContain(name);
  expect(text).not.toMatch(/undefined|there is no command/);
});

test("no two commands share a name", () => {
  const names = DEBUGGER_COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("--batch leaves after -e, with status 1 if a command was wrong", async () => {
  const good = await transcript(
    [],
    ["--batch", "-e", "break work", "-e", "continue", "-e", "print s0", "count.s"],
  );
  expect([good.status, good.text.split("\n").at(-2)]).toEqual([0, "s0 = 5"]);
  expect((await transcript([], ["--batch", "-e", "print nothing", "count.s"])).status).toBe(1);
});

test("-x carries out a file of commands", async () => {
  const files = { "count.s": COUNT, script: "# a comment\nbreak work\ncontinue\nprint s0\n" };
  const platform = memoryPlatform({ files });
  expect(await dispatch(["debug", "--batch", "-x", "script", "count.s"], platform)).toBe(0);
  expect(platform.output().stdout).toContain("s0 = 5");
});

test("the guest's input comes from --input or from the command", async () => {
  const files = { "input.txt": "from a file\n" };
  const platform = memoryPlatform({ files });
  await dispatch(["debug", "--batch", "--input", "input.txt", "-e", "continue", "cat"], platform);
  expect(platform.output().stdout).toContain("from a file");
  const { text } = await transcript(["continue", "input typed", "eof", "continue"], ["cat"]);
  expect(text).toContain("\ntyped\n");
  expect(text).toContain("waits for input");
});

test("a run that was saved is opened again, with its input, at the same moments", async () => {
  const platform = memoryPlatform();
  const first = ["-e", "input typed", "-e", "eof", "-e", "continue", "-e", "info history", "-e", "save run"];
  await dispatch(["debug", "--batch", ...first, "cat"], platform);
  const { stdout } = platform.output();
  const second = ["-e", "continue", "-e", "info history"];
  expect(await dispatch(["debug", "--batch", "--recording", "run", ...second], platform)).toBe(0);
  const recorded = (text: string) => /Recorded: (.*)/.exec(text)![1];
  expect(recorded(platform.output().stdout.slice(stdout.length))).toBe(recorded(stdout));
});

test("a recording takes no other machine, input or program", async () => {
  for (const other of [["--harts", "4"], ["--input", "a"], ["cat"]]) {
    await expect(dispatch(["debug", "--recording", "run", ...other], memoryPlatform())).rejects.toThrow(
      /it takes no/,
    );
  }
});

test("a file that is no recording is refused with the reason", async () => {
  const platform = memoryPlatform({ files: { "count.s": COUNT } });
  await expect(dispatch(["debug", "--recording", "count.s"], platform)).rejects.toThrow(/^count\.s: /);
});

test("what cannot be is refused, and the debugger goes on", async () => {
  const { text, status } = await transcript([
    "goto 20:9999",
    "goto 20:1",
    "break work",
    "delete 1-4294967295",
    "kill 2 SIGNONE",
    "catch signal NONE",
    "disassemble *16",
    "rwatch s0",
    "awatch s0",
    "x/2q pc",
    "x/1xw _start",
    "print s0",
    "goto event 999999",
  ]);
  expect(status).toBe(0);
  expect(text).toMatch(/With 20 instructions the run never had written 9999 events/);
  expect(text).toMatch(/With 20 instructions the run never had written 1 events/);
  expect(text).toMatch(/4294967295 is too long a range/);
  expect(text).toMatch(/There is no signal SIGNONE/);
  expect(text).toMatch(/There is no signal NONE/);
  expect(text.match(/Reads of a register cannot be watched/g)).toHaveLength(2);
  expect(text).toMatch(/There is no format \/q.*\n.*x\/1xw _start\n0x10094 <_start>: 0x/);
  expect(text).toContain("The recorded run ends here");
  expect(text).toContain("There is no code at 0x10");
  expect(text).toContain("s0 = 0\n"); // and it stands where it stood
});

test("a signal goes by number or by name, and in the past makes another future", async () => {
  const { text } = await transcript(["continue", "start", "kill sigterm", "continue"]);
  expect(text).toContain("What came after this moment is forgotten.");
  expect(text).toContain("ended with exit status 143");
});

test("a slash begins a path where there are no formats", async () => {
  const { platform, text } = await transcript([
    "save /tmp/a.run",
    "p/x s0",
    "p /t s0",
    "x/2xb _start",
    "break /count.s:5",
  ]);
  expect(platform.tree.has("/tmp/a.run")).toBe(true);
  expect(text).toContain("s0 = 0x00000000");
  expect(text).toContain("(/count.s:5)");
});

test("a watchpoint says whose memory it watches, and process 0 is everybody's", async () => {
  const source = `.globl _start\n_start: li a0, 17\nli a1, 0\nli a7, 220\necall\nla t0, word\nli t1, 7\nbnez a0, done
child: sw t1, 0(t0)\ndone: li a0, 0\nli a7, 94\necall\n.data\nword: .word 0\n`;
  const platform = memoryPlatform({
    stdin: ["watch *word\n", "watch *word process 0\n", "c\n"],
    files: { "w.s": source },
  });
  await dispatch(["debug", "w.s"], platform);
  const { stdout } = platform.output();
  expect(stdout).toContain("Watchpoint 1: *word; process 2 only\n");
  expect(stdout).toContain("Watchpoint 2: *word\n");
  expect(stdout).toMatch(/Watchpoint 2\n.*was written by .*<child>/);
});

test("a past that does not repeat is told, and the debugger goes on", async () => {
  const { goTo } = History.prototype;
  const diverging = vi.spyOn(History.prototype, "goTo").mockImplementation(function (
    this: History,
    target,
    options,
  ) {
    if (target.retired === 33) throw new DivergenceError("the machine stays at 12");
    return goTo.call(this, target, options);
  });
  try {
    const { text, status } = await transcript(["continue", "goto 33", "goto start", "print 6 * 7"]);
    expect(text).toMatch(/The past does not repeat as it was.*: the machine stays at 12\.\n/);
    expect([status, text.includes("= 42")]).toEqual([0, true]);
  } finally {
    diverging.mockRestore();
  }
});

test("Ctrl-C ends a count of steps, however short each is", async () => {
  const files = { "spin.s": ".globl _start\n_start: j _start\n" };
  const platform = memoryPlatform({ stdin: ["stepi 9000000000\n"], files });
  let pauses = 0;
  const pause = async () => {
    if (++pauses === 3) platform.interrupt();
  };
  expect(await dispatch(["debug", "spin.s"], { ...platform, pause })).toBe(0);
  expect(platform.output().stdout).toContain("Interrupted.");
});

test("passes back say what they undo, and a moment amid a trap what the kernel did last", async () => {
  const { text } = await transcript(["syscall", "pass", "rpass", "checkpoint"]);
  const [, done] = /\(timeslice\) pass\n {2}(.*)\n/.exec(text)!;
  expect(text).toContain(`  undone: ${done}\n`);
  const moment = /goto (\d+:\d+)/.exec((await transcript(["trap", "pass", "checkpoint"])).text)![1]!;
  const { text: there } = await transcript(["continue", `goto ${moment}`]);
  expect(there).toMatch(/goto [\d:]+\nNo process is about to execute; last: process 2: registers/);
});
