// What a program sees of pipes: pipe(7).

import { expect, test } from "vitest";
import { WAIT_KIND_SHIFT, WAIT_PIPE_READ, WAIT_PIPE_WRITE } from "../../assembly/layout.ts";
import { checkFileSystem } from "../../host/fs/check.ts";
import { closeAll } from "../../host/fs/descriptors.ts";
import { O_CLOEXEC, O_NONBLOCK } from "../../host/fs/flags.ts";
import { EAGAIN, EBADF, EFAULT, EINVAL, EMFILE, ENFILE, EPIPE, ESPIPE } from "../../host/syscalls/errno.ts";
import { boot, DATA, MEMORY_END, PAGE } from "./files-harness.ts";

const SIGPIPE = 13;

test("what is written to a pipe is read from it, in order", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  expect(process.write(writer, "hello ")).toBe(6);
  expect(process.write(writer, "world")).toBe(5);
  expect(process.read(reader, 8)).toBe("hello wo");
  expect(process.read(reader)).toBe("rld");
});

test("a reader of an empty pipe waits, and is woken by the first bytes only", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  const outcome = process.read(reader);
  expect(outcome).toMatchObject({ kind: "block" });
  const { channel } = outcome as { channel: number };
  expect(channel >> WAIT_KIND_SHIFT).toBe(WAIT_PIPE_READ);
  process.write(writer, "a");
  process.write(writer, "b");
  expect(process.machine.woken).toEqual([channel]);
});

test("without a writer an empty pipe is at its end", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  process.write(writer, "last");
  process.call("close", writer);
  expect(process.read(reader)).toBe("last");
  expect(process.read(reader)).toBe("");
});

test("the end of the last writer wakes the readers", () => {
  const parent = boot();
  const [reader, writer] = parent.pipe();
  const child = parent.fork();
  const { channel } = child.read(reader) as { channel: number };
  parent.call("close", writer);
  expect(parent.machine.woken).toEqual([]);
  closeAll(parent.machine.kernel, parent.services, child.state);
  expect(parent.machine.woken).toContain(channel);
  parent.machine.kernel.processes[child.slot] = null;
  expect(checkFileSystem(parent.machine.kernel)).toEqual([]);
});

test("without a reader a write raises SIGPIPE and gives EPIPE", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  process.call("close", reader);
  expect(process.write(writer, "x")).toBe(-EPIPE);
  expect(process.machine.signals).toEqual([SIGPIPE]);
});

test("a pipe holds 65,536 bytes", () => {
  const process = boot();
  const [, writer] = process.pipe(O_NONBLOCK);
  expect(process.call("write", writer, DATA, 40000)).toBe(40000);
  expect(process.call("write", writer, DATA, 40000)).toBe(25536);
  expect(process.call("write", writer, DATA, 1)).toBe(-EAGAIN);
});

test("a write of up to 4,096 bytes is not split", () => {
  const process = boot();
  const [reader, writer] = process.pipe(O_NONBLOCK);
  process.call("write", writer, DATA, 65536 - 4095);
  expect(process.call("write", writer, DATA, 4096)).toBe(-EAGAIN);
  process.read(reader, 1);
  expect(process.call("write", writer, DATA, 4096)).toBe(4096);
});

test("a long write that waits goes on where it was", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  const total = 100000;
  process.memory.bytes.forEach((_, i) => {
    process.memory.bytes[i] = i % 251;
  });
  const sent = process.memory.bytes.slice(DATA, DATA + total);
  let outcome = process.call("write", writer, DATA, total);
  expect(outcome).toMatchObject({ kind: "block" });
  expect((outcome as { channel: number }).channel >> WAIT_KIND_SHIFT).toBe(WAIT_PIPE_WRITE);
  const other = process.fork();
  const received: number[] = [];
  while (typeof outcome !== "number" || received.length < total) {
    const count = other.call("read", reader, DATA, 30000) as number;
    received.push(...other.memory.bytes.subarray(DATA, DATA + count));
    if (typeof outcome !== "number") outcome = process.again("write", writer, DATA, total);
  }
  expect(outcome).toBe(total);
  expect(Buffer.from(received).equals(Buffer.from(sent))).toBe(true);
});

test("a long write that loses its reader in the middle returns what was written", () => {
  const parent = boot();
  const [reader, writer] = parent.pipe();
  const child = parent.fork();
  parent.call("close", reader);
  parent.call("write", writer, DATA, 70000);
  child.call("close", reader);
  expect(parent.again("write", writer, DATA, 70000)).toBe(65536);
  expect(parent.machine.signals).toEqual([SIGPIPE]);
});

test("writev is one write: its pieces together are atomic", () => {
  const process = boot();
  const [reader, writer] = process.pipe(O_NONBLOCK);
  process.call("write", writer, DATA, 65536 - 5);
  process.setWords(DATA, process.put("abc", DATA + 100), 3, process.put("def", DATA + 200), 3);
  expect(process.call("writev", writer, DATA, 2)).toBe(-EAGAIN);
  process.read(reader, 1);
  process.setWords(DATA, DATA + 100, 3, DATA + 200, 3);
  process.put("abc", DATA + 100);
  process.put("def", DATA + 200);
  expect(process.call("writev", writer, DATA, 2)).toBe(6);
  process.call("read", reader, DATA + PAGE, 65530);
  expect(process.read(reader)).toBe("abcdef");
});

test("an atomic write from memory that ends too soon writes nothing", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  expect(process.call("write", writer, MEMORY_END - 5, 10)).toBe(-EFAULT);
  expect(process.call("write", writer, 0, 1)).toBe(-EFAULT);
  expect(process.read(reader)).toMatchObject({ kind: "block" });
});

test("a read into memory that ends too soon loses no byte", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  process.write(writer, "0123456789");
  expect(process.call("read", reader, MEMORY_END, 10)).toBe(-EFAULT);
  expect(process.call("read", reader, MEMORY_END - 4, 10)).toBe(-EFAULT);
  expect(process.read(reader)).toBe("0123456789");
});

test("a read or write of nothing succeeds at once", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  expect(process.call("read", reader, 0, 0)).toBe(0);
  process.call("close", reader);
  expect(process.call("write", writer, 0, 0)).toBe(0);
});

test("the ends of a pipe go one way and cannot be sought", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  expect(process.read(writer)).toBe(-EBADF);
  expect(process.write(reader, "x")).toBe(-EBADF);
  expect(process.call("_llseek", reader, 0, 0, DATA, 1)).toBe(-ESPIPE);
  expect(process.call("pread64", reader, DATA, 1, 0, 0)).toBe(-ESPIPE);
});

test("pipe2 that fails opens nothing", () => {
  const process = boot({ limits: { openFiles: 6 } });
  const { kernel } = process.machine;
  const before = JSON.stringify(kernel);
  expect(process.call("pipe2", 0, 0)).toBe(-EFAULT);
  expect(process.call("pipe2", MEMORY_END - 4, 0)).toBe(-EFAULT);
  expect(process.call("pipe2", DATA, 1)).toBe(-EINVAL);
  process.state.limits[7] = [4, 4];
  expect(process.call("pipe2", DATA, 0)).toBe(-EMFILE);
  process.state.limits[7] = [64, 64];
  kernel.files.limits.openFiles = 4;
  expect(process.call("pipe2", DATA, 0)).toBe(-ENFILE);
  kernel.files.limits.openFiles = 6;
  process.state.limits.length = 0;
  expect(JSON.stringify(kernel)).toBe(before);
});

test("pipe2 marks both descriptors as its flags say", () => {
  const process = boot();
  const [reader, writer] = process.pipe(O_CLOEXEC | O_NONBLOCK);
  expect([reader, writer].map((fd) => process.call("fcntl64", fd, 1, 0))).toEqual([1, 1]);
  expect([reader, writer].map((fd) => process.call("fcntl64", fd, 3, 0))).toEqual([
    O_NONBLOCK,
    O_NONBLOCK | 1,
  ]);
});
