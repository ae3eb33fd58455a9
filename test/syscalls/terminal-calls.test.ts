// ioctl on terminals with and without a line discipline, and on what is none.

import { describe, expect, test } from "vitest";
import { EFAULT, EINVAL, ENOTTY } from "../../host/syscalls/errno.ts";
import { boot, DATA, READ_ONLY_PAGE } from "./files-harness.ts";

const TCGETS = 0x5401;
const TCSETS = 0x5402;
const TIOCGWINSZ = 0x5413;
const TIOCSWINSZ = 0x5414;
const TCFLSH = 0x540b;
const FIONREAD = 0x541b;
const SIGWINCH = 28;
const ATTRIBUTES = [TCGETS, TCSETS, FIONREAD];

const cooked = () => boot({ terminal: [true, true, true], lineDiscipline: true });

describe("attributes", () => {
  test("are told as they were set, but for size and parity of characters", () => {
    const process = cooked();
    process.call("ioctl", 0, TCGETS, DATA);
    const flags = process.word(DATA + 12);
    process.setWords(DATA + 8, 0x100);
    process.setWords(DATA + 12, flags & ~8);
    expect(process.call("ioctl", 0, TCSETS, DATA)).toBe(0);
    expect(process.call("ioctl", 1, TCGETS, DATA + 100)).toBe(0);
    expect(process.word(DATA + 112)).toBe(flags & ~8);
    expect(process.word(DATA + 108)).toBe(0xb0);
  });

  test("take 36 bytes, which must be there", () => {
    const process = cooked();
    process.memory.bytes.fill(0xee, DATA, DATA + 64);
    process.call("ioctl", 0, TCGETS, DATA);
    expect(process.text(DATA + 35, 2)).toBe("\0\xee");
    for (const request of [TCGETS, TCSETS]) expect(process.call("ioctl", 0, request, 0)).toBe(-EFAULT);
    expect(process.call("ioctl", 0, TCGETS, READ_ONLY_PAGE)).toBe(-EFAULT);
  });

  test("are not there without line discipline, on a pipe, on a plain stream", () => {
    const raw = boot({ terminal: [true, false, false] });
    const [end] = raw.pipe();
    for (const request of [TCGETS, TCSETS]) {
      for (const fd of [0, 1, end]) expect(raw.call("ioctl", fd, request, DATA)).toBe(-ENOTTY);
    }
    expect(raw.call("ioctl", 0, TIOCGWINSZ, DATA)).toBe(0);
  });
});

test("a window that gets another size signals that to the foreground, one that does not is silent", () => {
  const process = cooked();
  process.setWords(DATA, 50 | (100 << 16), 0);
  for (let times = 0; times < 2; times++) expect(process.call("ioctl", 0, TIOCSWINSZ, DATA)).toBe(0);
  expect(process.machine.signals).toEqual([SIGWINCH]);
  process.call("ioctl", 2, TIOCGWINSZ, DATA + 8);
  expect(process.word(DATA + 8)).toBe(50 | (100 << 16));
});

test("FIONREAD tells the bytes in a pipe and behind a file's offset", () => {
  const process = boot();
  const [read, write] = process.pipe();
  process.write(write, "abc");
  process.call("ioctl", read, FIONREAD, DATA);
  expect(process.word(DATA)).toBe(3);
  const file = process.open("/tmp/a", 0o102);
  process.write(file, "abcdef");
  process.call("_llseek", file, 0, 2, DATA + 64, 0);
  process.call("ioctl", file, FIONREAD, DATA);
  expect(process.word(DATA)).toBe(4);
});

test("there are three queues to flush", () => {
  const process = cooked();
  expect([0, 1, 2, 3, -1].map((queue) => process.call("ioctl", 0, TCFLSH, queue))).toEqual([
    0,
    0,
    0,
    -EINVAL,
    -EINVAL,
  ]);
  expect(ATTRIBUTES.map((request) => process.call("ioctl", 0, request + 0x100, DATA))).toEqual([
    -ENOTTY,
    -ENOTTY,
    -ENOTTY,
  ]);
});
