import { beforeAll, describe, expect, test } from "vitest";
import { main } from "../../host/cli/main.ts";
import { parseElf } from "../../host/loader/elf.ts";
import { arraySource } from "../../host/loader/source.ts";
import { createNodePlatform } from "../../host/platform/node/index.ts";
import { type MemoryPlatform, memoryPlatform, type PlatformOptions } from "./memory-platform.ts";

const SOURCES = {
  "seven.s": ".globl _start\n_start: li a0, 7\n li a7, 94\n ecall\n",
  "crash.s": ".globl _start\n_start: sw zero, 0(zero)\n",
  "loop.s": ".globl _start\n_start: j _start\n",
  // Asks for random bytes again and again: much work until the instructions of one stretch have run.
  "calls.s":
    ".globl _start\n_start: la a0, buffer\n li a1, 0x8000\n li a2, 0\n li a7, 278\n ecall\n" +
    "j _start\n .bss\nbuffer: .skip 0x8000\n",
  "wrong.s": ".globl _start\n_start: adi a0, a0, 1\n lw a0\n",
  // Reads and writes until the end of input, one piece at a time.
  "echo.s":
    ".globl _start\n_start: li a0, 0\n la a1, buffer\n li a2, 64\n li a7, 63\n ecall\n" +
    "mv a2, a0\n beqz a0, end\n li a0, 1\n li a7, 64\n ecall\n j _start\n" +
    "end: li a7, 94\n ecall\n .bss\nbuffer: .skip 64\n",
};

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly platform: MemoryPlatform;
}

async function timeslice(args: readonly string[], options: PlatformOptions = {}): Promise<Result> {
  const platform = memoryPlatform({ ...options, files: { ...SOURCES, ...options.files } });
  const status = await main(args, platform);
  return { status, ...platform.output(), platform };
}

describe("run", () => {
  test("the guest's exit status is the command's", async () => {
    expect(await timeslice(["run", "seven.s"])).toMatchObject({ status: 7, stdout: "", stderr: "" });
  });

  test("a program may be named without run", async () => {
    expect((await timeslice(["seven.s"])).status).toBe(7);
  });

  test("a signal that killed the program gives 128 + n and a message", async () => {
    const { status, stderr } = await timeslice(["run", "crash.s"]);
    expect(status).toBe(139);
    expect(stderr).toBe("timeslice: the program was killed by SIGSEGV\n");
  });

  test("an example is run by its name, unless there is a file of that name", async () => {
    expect((await timeslice(["run", "fork"])).stdout).toMatch(/fork returned 0/);
    const own = await timeslice(["run", "fork"], { files: { fork: "#!/bin/echo own\n" } });
    expect(own.stdout).toBe("own /program/fork\n");
  });

  test("sources include the machine's library from any folder, an own file of that name first", async () => {
    const source = '.include "lib/system.inc"\n.globl _start\n_start: exit STATUS\n';
    const library = createNodePlatform().files.read("programs/lib/system.inc");
    const files = { "src/a.s": source, "/library/lib/system.inc": library };
    const text = new TextDecoder().decode(library);
    expect((await timeslice(["asm", "src/a.s"], { files })).stderr).toMatch(/STATUS/);
    const own = { ...files, "src/lib/system.inc": `${text}\n.equ STATUS, 5\n` };
    expect((await timeslice(["run", "src/a.s"], { files: own })).status).toBe(5);
  });

  test("stdin reaches the program piece by piece, then its end", async () => {
    const { stdout, status } = await timeslice(["run", "echo.s"], { stdin: ["one ", "two\n"] });
    expect([stdout, status]).toEqual(["one two\n", 0]);
  });

  test("the arguments after the program are the program's", async () => {
    expect((await timeslice(["run", "echo", "--harts", "-x"])).stdout).toBe("--harts -x\n");
    expect((await timeslice(["run", "echo", "--", "--json"])).stdout).toBe("--json\n");
  });

  test("--max-instructions and --timeout end a loop with status 124", async () => {
    const limited = await timeslice(["run", "--max-instructions", "10k", "loop.s"]);
    expect([limited.status, limited.stderr]).toEqual([
      124,
      "timeslice: stopped: --max-instructions is reached\n",
    ]);
    const late = await timeslice(["run", "--timeout", "0.01", "loop.s"]);
    expect([late.status, late.stderr]).toEqual([124, "timeslice: stopped: --timeout is over\n"]);
  });

  test("--timeout also ends a program of few instructions and long calls", async () => {
    // The platform's clock goes on by a millisecond whenever it is read: here, after each call.
    const late = await timeslice(["run", "--timeout", "0.2", "calls.s"]);
    expect([late.status, late.stderr]).toEqual([124, "timeslice: stopped: --timeout is over\n"]);
  });

  test("Ctrl-C ends the run with status 130", async () => {
    const platform = memoryPlatform({ files: SOURCES });
    const running = main(["run", "loop.s"], platform);
    setTimeout(() => platform.interrupt(), 100);
    expect(await running).toBe(130);
  });

  test("--json tells how the run ended, on stdout alone", async () => {
    const { stdout, stderr } = await timeslice(["run", "--json", "seq", "3"]);
    expect(JSON.parse(stdout)).toMatchObject({
      reason: "exited",
      status: 0,
      stdout: "1\n2\n3\n",
      stderr: "",
      seed: 0,
    });
    expect(stderr).toBe("");
    const killed = JSON.parse((await timeslice(["run", "--json", "crash.s"])).stdout);
    expect(killed).toMatchObject({ reason: "killed", status: 139, signal: "SIGSEGV" });
  });

  test("--strace shows calls on stderr", async () => {
    const { stderr } = await timeslice(["run", "--strace", "seven.s"]);
    expect(stderr).toMatch(/^\[pid 2\] exit_group\(7\) += \?$/m);
  });

  test("a program that is not there, or is none, says so", async () => {
    expect(await timeslice(["run", "gone.s"])).toMatchObject({
      status: 127,
      stderr: "timeslice: there is no file gone.s\n",
    });
    const c = await timeslice(["run", "x.c"], { files: { "x.c": "int main(){}" } });
    expect(c.status).toBe(126);
    expect(c.stderr).toContain("no C compiler; compile it with riscv64-unknown-elf-gcc");
    expect((await timeslice(["run", "wrong.s"])).status).toBe(126);
    const text = await timeslice(["run", "notes"], { files: { notes: "hello" } });
    expect(text.stderr).toContain("neither an ELF program, nor assembly");
  });

  test("a run that is saved and restored goes on where it was", async () => {
    const whole = await timeslice(["run", "seq", "2000"]);
    const first = await timeslice([
      "run",
      "--max-instructions",
      "50k",
      "--save-state",
      "state",
      "seq",
      "2000",
    ]);
    expect(first.status).toBe(124);
    const second = await timeslice(["run", "--restore", "state"], {
      files: { state: first.platform.tree.get("state") ?? "" },
    });
    expect(second.status).toBe(0);
    expect(first.stdout + second.stdout).toBe(whole.stdout);
  });
});

describe("mounts", () => {
  const files = { "data/in": "text\n", "data/sub/deep": "deep\n" };

  test("a host folder is seen in the machine", async () => {
    const { stdout, status } = await timeslice(
      ["run", "--mount", "data:/mnt", "cat", "/mnt/in", "/mnt/sub/deep"],
      { files },
    );
    expect([stdout, status]).toEqual(["text\ndeep\n", 0]);
  });

  test("nothing of the host is seen without a mount", async () => {
    const { status } = await timeslice(["run", "cat", "data/in"], { files });
    expect(status).not.toBe(0);
  });

  test("a mount must say where", async () => {
    const { status, stderr } = await timeslice(["run", "--mount", "data", "cat"], { files });
    expect(status).toBe(2);
    expect(stderr).toContain('--mount is "data", but must be HOST:GUEST');
  });
});

describe("asm and disasm", () => {
  test("a source becomes a program that runs", async () => {
    const { status, platform } = await timeslice(["asm", "seven.s", "-o", "seven"]);
    expect(status).toBe(0);
    const program = platform.tree.get("seven") ?? new Uint8Array();
    expect(parseElf(arraySource(program)).segments.length).toBeGreaterThan(0);
    expect((await timeslice(["run", "seven"], { files: { seven: program } })).status).toBe(7);
    const { stdout } = await timeslice(["disasm", "seven"], { files: { seven: program } });
    expect(stdout).toMatch(/<_start>:\n.*li +a0,7\n/);
  });

  test("all errors are reported with line and mark", async () => {
    const { status, stderr } = await timeslice(["asm", "wrong.s"]);
    expect(status).toBe(1);
    expect(stderr).toContain("wrong.s:2:");
    expect(stderr).toContain("wrong.s:3:");
    expect(stderr).toMatch(/\^/);
  });

  test("--json gives errors as data", async () => {
    const { errors } = JSON.parse((await timeslice(["asm", "--json", "wrong.s"])).stdout);
    expect(errors).toMatchObject([
      { file: "wrong.s", line: 2 },
      { file: "wrong.s", line: 3 },
    ]);
  });

  test("words are disassembled as they are", async () => {
    expect((await timeslice(["disasm", "00500093", "8082"])).stdout).toBe(
      "       0:  00500093  li      ra,5\n       4:  8082      ret\n",
    );
    const json = JSON.parse((await timeslice(["disasm", "--json", "--address", "0x100", "8082"])).stdout);
    expect(json).toEqual([{ address: 0x100, word: "8082", text: "ret" }]);
  });

  test("a file that is no ELF says which field is wrong", async () => {
    const { status, stderr } = await timeslice(["disasm", "seven.s"]);
    expect(status).toBe(1);
    expect(stderr).toContain("use --raw for plain code");
  });
});

describe("trace", () => {
  test("writes a Chrome trace, or CSV by the file's ending", async () => {
    const chrome = await timeslice(["trace", "-o", "t.json", "seven.s"]);
    expect(chrome.status).toBe(7);
    const text = new TextDecoder().decode(chrome.platform.tree.get("t.json"));
    expect(JSON.parse(text).traceEvents.some(({ name }: { name: string }) => name === "exit_group")).toBe(
      true,
    );
    const csv = await timeslice(["run", "--trace", "t.csv", "seven.s"]);
    expect(new TextDecoder().decode(csv.platform.tree.get("t.csv"))).toMatch(/^start,end,pid/);
  });
});

describe("help and mistakes", () => {
  let help: Result;
  beforeAll(async () => {
    help = await timeslice(["help"]);
  });

  test.each(["run", "asm", "disasm", "trace"])("%s is in the list and has help of its own", async (name) => {
    expect(help.stdout).toContain(`  ${name} `);
    const own = await timeslice(["help", name]);
    expect(own.stdout).toContain(`Usage: timeslice ${name}`);
    expect((await timeslice([name, "--help"])).stdout).toBe(own.stdout);
  });

  test("an unknown command or option suggests the nearest, with status 2", async () => {
    const command = await timeslice(["dissasm", "x"]);
    expect([command.status, command.stderr]).toEqual([
      2,
      "timeslice: unknown command dissasm; did you mean disasm?\ntimeslice: see: timeslice help\n",
    ]);
    const option = await timeslice(["run", "--hart", "2", "seven.s"]);
    expect(option.stderr).toBe(
      "timeslice: unknown option --hart; did you mean --harts?\ntimeslice: see: timeslice help run\n",
    );
  });

  test("a value out of range says what is allowed", async () => {
    const { status, stderr } = await timeslice(["run", "--harts", "9", "seven.s"]);
    expect(status).toBe(2);
    expect(stderr).toContain('--harts is "9", but must be a whole number from 1 to 8');
    expect((await timeslice(["run", "--scheduler", "robin", "x"])).stderr).toContain(
      "one of round-robin, first-come",
    );
  });
});
