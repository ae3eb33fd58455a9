// Lines of the trace, in the form that strace(1) gives them.

import { expect, test } from "vitest";
import { O_CLOEXEC, O_CREAT, O_RDWR } from "../../host/fs/flags.ts";
import type { Outcome } from "../../host/syscalls/call.ts";
import { quote } from "../../host/syscalls/decode.ts";
import { exitText, faultText, Tracer } from "../../host/syscalls/strace.ts";
import { callTable } from "../../host/syscalls/table.ts";
import { boot, DATA, PAGE, type Process } from "./files-harness.ts";

const CWD = -100;
const OTHER = DATA + PAGE;

/** Runs calls of processes and keeps the lines of their trace. */
class Traced {
  readonly lines: string[] = [];
  readonly process: Process = boot();
  readonly tracer: Tracer;
  memory = this.process.memory;

  constructor(colour = false) {
    this.tracer = new Tracer({
      print: (line) => void this.lines.push(line),
      pidOf: (slot) => slot,
      memory: { readSome: (address, length) => this.memory.readSome(address, length) },
      colour,
    });
  }

  /** Traces a call whose result is given, or is what the handler returns. */
  call(
    name: string,
    args: number[],
    result?: number,
    process = this.process,
    again = false,
  ): Outcome | undefined {
    const row = callTable.find((candidate) => candidate.name === name);
    if (!row) throw new Error(`no call ${name}`);
    this.memory = process.memory;
    const registers = Int32Array.from({ length: 6 }, (_, i) => args[i] ?? 0);
    this.tracer.callBegins(process.slot, row, row.number, registers, again);
    const outcome = result ?? (again ? process.again(name, ...args) : process.call(name, ...args));
    this.tracer.callEnds(
      process.slot,
      row,
      row.number,
      registers,
      typeof outcome === "number" ? outcome : undefined,
    );
    return outcome;
  }
}

function traced(name: string, args: number[], result?: number, prepare?: (process: Process) => void): string {
  const trace = new Traced();
  prepare?.(trace.process);
  trace.call(name, args, result);
  return trace.lines.join("\n");
}

test("an error is told by name and by text", () => {
  const line = traced("openat", [CWD, DATA, O_CLOEXEC], undefined, (process) => process.put("/etc/x"));
  expect(line).toBe(
    '[pid 1] openat(AT_FDCWD, "/etc/x", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)',
  );
});

test("a mode is shown where openat may create", () => {
  const line = traced("openat", [CWD, DATA, O_RDWR | O_CREAT, 0o644], undefined, (process) =>
    process.put("/tmp/zz"),
  );
  expect(line).toBe('[pid 1] openat(AT_FDCWD, "/tmp/zz", O_RDWR|O_CREAT, 0644) = 3');
});

test("short calls are aligned at the equals sign", () => {
  expect(traced("close", [0])).toBe("[pid 1] close(0)                        = 0");
});

test("a pipe's descriptors are shown once they are known", () => {
  expect(traced("pipe2", [DATA, O_CLOEXEC])).toBe("[pid 1] pipe2([3, 4], O_CLOEXEC)        = 0");
  expect(traced("pipe2", [0, 0])).toBe("[pid 1] pipe2(NULL, 0)                  = -1 EFAULT (Bad address)");
});

test("buffers are escaped and cut at 32 bytes", () => {
  const trace = new Traced();
  const [reader, writer] = trace.process.pipe();
  trace.process.memory.bytes.set(
    Uint8Array.from({ length: 300 }, (_, i) => i),
    OTHER,
  );
  trace.call("write", [writer, OTHER, 300]);
  trace.call("read", [reader, OTHER, 20]);
  expect(trace.lines).toEqual([
    '[pid 1] write(4, "\\0\\1\\2\\3\\4\\5\\6\\7\\10\\t\\n\\v\\f\\r\\16\\17\\20\\21\\22\\23\\24\\25\\26\\27\\30\\31\\32\\33\\34\\35\\36\\37"..., 300) = 300',
    '[pid 1] read(3, "\\0\\1\\2\\3\\4\\5\\6\\7\\10\\t\\n\\v\\f\\r\\16\\17\\20\\21\\22\\23", 20) = 20',
  ]);
});

test("an octal escape is as long as the next character asks", () => {
  expect(quote(Uint8Array.of(1, 48, 1, 65, 34, 92, 255))).toBe('"\\0010\\1A\\"\\\\\\377"');
});

test("vectors are shown with their bytes", () => {
  const trace = new Traced();
  const [reader, writer] = trace.process.pipe();
  trace.process.setWords(DATA, trace.process.put("abc", OTHER), 3, trace.process.put('d"e\n', OTHER + 10), 4);
  trace.call("writev", [writer, DATA, 2]);
  trace.call("readv", [reader, DATA, 2]);
  expect(trace.lines[0]).toBe(
    '[pid 1] writev(4, [{iov_base="abc", iov_len=3}, {iov_base="d\\"e\\n", iov_len=4}], 2) = 7',
  );
  expect(trace.lines[1]).toBe(
    '[pid 1] readv(3, [{iov_base="abc", iov_len=3}, {iov_base="d\\"e\\n", iov_len=4}], 2) = 7',
  );
});

test("polls are shown with what was asked and what came", () => {
  const trace = new Traced();
  const [reader, writer] = trace.process.pipe();
  trace.process.setWords(DATA, reader, 1, writer, 5);
  trace.process.setWords(OTHER, 1, 0, 500, 0);
  trace.call("ppoll_time64", [DATA, 2, OTHER, 0, 8]);
  expect(trace.lines[0]).toBe(
    "[pid 1] ppoll_time64([{fd=3, events=POLLIN}, {fd=4, events=POLLIN|POLLOUT}], 2, {tv_sec=1, tv_nsec=500}, NULL, 8) = 1 ([{fd=4, revents=POLLOUT}])",
  );
  trace.process.setWords(OTHER, 0, 0, 0, 0);
  trace.call("ppoll_time64", [DATA, 1, OTHER, 0, 8]);
  expect(trace.lines[1]).toMatch(/NULL, 8\) = 0 \(Timeout\)$/);
});

test("signals, masks and actions are told by name", () => {
  const words =
    (...values: number[]) =>
    (process: Process) =>
      void process.setWords(DATA, ...values);
  expect(traced("kill", [7, 11], 0)).toBe("[pid 1] kill(7, SIGSEGV)                = 0");
  expect(traced("rt_sigprocmask", [0, DATA, 0, 8], 0, words((1 << 1) | (1 << 16), 0))).toBe(
    "[pid 1] rt_sigprocmask(SIG_BLOCK, [INT CHLD], NULL, 8) = 0",
  );
  expect(traced("rt_sigaction", [10, DATA, 0, 8], 0, words(0x10200, 0x10000000, 0, 0))).toBe(
    "[pid 1] rt_sigaction(SIGUSR1, {sa_handler=0x10200, sa_mask=[], sa_flags=SA_RESTART}, NULL, 8) = 0",
  );
});

test("execve is shown with its arguments, as they were before it", () => {
  const trace = new Traced();
  const { process } = trace;
  process.setWords(OTHER, process.put("x", OTHER + 100), process.put("y", OTHER + 110), 0);
  process.put("/nonx");
  trace.call("execve", [DATA, OTHER, 0], -2);
  expect(trace.lines[0]).toBe(
    '[pid 1] execve("/nonx", ["x", "y"], NULL) = -1 ENOENT (No such file or directory)',
  );
});

test("a call that waits is split in two lines", () => {
  const trace = new Traced();
  const [reader, writer] = trace.process.pipe();
  const other = trace.process.fork();
  trace.call("read", [reader, OTHER, 10]);
  trace.call("read", [reader, OTHER, 10], undefined, trace.process, true);
  other.put("hi", OTHER);
  trace.call("write", [writer, OTHER, 2], undefined, other);
  trace.call("read", [reader, OTHER, 10], undefined, trace.process, true);
  expect(trace.lines).toEqual([
    "[pid 1] read(3,  <unfinished ...>",
    '[pid 2] write(4, "hi", 2)               = 2',
    '[pid 1] <... read resumed>"hi", 10)     = 2',
  ]);
});

test("a process that ends in a call leaves its result open", () => {
  const trace = new Traced();
  const registers = Int32Array.of(1, 0, 0, 0, 0, 0);
  const row = callTable.find(({ name }) => name === "exit_group");
  trace.tracer.callBegins(1, row, 94, registers, false);
  trace.tracer.processEnds(1, 1 << 8);
  trace.tracer.callEnds(1, row, 94, registers, undefined);
  expect(trace.lines).toEqual([
    "[pid 1] exit_group(1)                   = ?",
    "[pid 1] +++ exited with 1 +++",
  ]);
});

test("faults and ends have lines of their own", () => {
  expect(faultText(11, 1, 0)).toBe("--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---");
  expect(faultText(4, 1, 0x10074)).toBe(
    "--- SIGILL {si_signo=SIGILL, si_code=ILL_ILLOPC, si_addr=0x10074} ---",
  );
  expect(exitText(0x100)).toBe("+++ exited with 1 +++");
  expect(exitText(11)).toBe("+++ killed by SIGSEGV +++");
});

test("a call without a row is told by its number", () => {
  const trace = new Traced();
  const registers = Int32Array.of(1, 2, 3, 0, 0, 0);
  trace.tracer.callBegins(1, undefined, 0x123, registers, false);
  trace.tracer.callEnds(1, undefined, 0x123, registers, -38);
  expect(trace.lines[0]).toBe(
    "[pid 1] syscall_0x123(0x1, 0x2, 0x3, 0, 0, 0) = -1 ENOSYS (Function not implemented)",
  );
});

test("colours mark names and errors and change no text", () => {
  const plain = new Traced();
  const coloured = new Traced(true);
  for (const trace of [plain, coloured]) trace.call("close", [9]);
  expect(coloured.lines[0]).toContain("\u001b[31m-1 EBADF");
  expect(coloured.lines[0].replace(/\u001b\[\d+m/g, "")).toBe(plain.lines[0]);
});

test("every row of the table can be shown with any registers", () => {
  for (const row of callTable) {
    for (const value of [0, -1, 7, DATA, 0x7fffffff]) {
      const trace = new Traced();
      trace.call(row.name, Array(6).fill(value), value);
      expect(trace.lines[0]).toContain(`${row.name}(`);
    }
  }
});

test("an ioctl shows what its request leads to", () => {
  const trace = new Traced();
  const process = boot({ terminal: [true, true, true], lineDiscipline: true });
  const line = (request: number, argument: number, result?: number) => {
    trace.call("ioctl", [0, request, argument], result, process);
    return trace.lines.pop()?.replace(/ +=/, " =");
  };
  expect(line(0x5401, DATA)).toBe(
    "[pid 1] ioctl(0, TCGETS, {c_iflag=ICRNL|IXON|IUTF8, c_oflag=OPOST|ONLCR, c_cflag=0xbf, " +
      "c_lflag=ISIG|ICANON|ECHO|ECHOE|ECHOK|ECHOCTL|ECHOKE|IEXTEN, c_cc[VMIN]=1, c_cc[VTIME]=0, ...}) = 0",
  );
  expect(line(0x5413, DATA)).toBe(
    "[pid 1] ioctl(0, TIOCGWINSZ, {ws_row=24, ws_col=80, ws_xpixel=0, ws_ypixel=0}) = 0",
  );
  process.setWords(DATA, 7);
  expect(line(0x5410, DATA, 0)).toBe("[pid 1] ioctl(0, TIOCSPGRP, [7]) = 0");
  expect(line(0x540b, 2)).toBe("[pid 1] ioctl(0, TCFLSH, TCIOFLUSH) = 0");
  expect(line(0x5401, 0)).toBe("[pid 1] ioctl(0, TCGETS, NULL) = -1 EFAULT (Bad address)");
});
