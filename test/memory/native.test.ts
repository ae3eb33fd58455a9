// The memory calls beside those of the Linux that runs the tests: one C program makes the same mistakes on both
// and writes down what each call gave. qemu is no oracle here: it differs from Linux (REFERENCE of the ABI).

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Machine } from "../../host/machine.ts";
import { missing } from "../harness/tools.ts";
import { compile } from "../loader/compiled.ts";

/** Three pages are mapped at AT, four at AT + 16 pages; r, w, d are descriptors to read, to write, of a directory. */
const CALLS = [
  "MMAP(0, 0, 3, 0x22, -1)",
  "MMAP(0, P, 3, 0x20, -1)",
  "MMAP(0, P, 3, 0x23, -1)",
  "MMAP(AT + 1, P, 3, 0x32, -1)",
  "MMAP(AT, P, 3, 0x32, -1)",
  "MMAP(AT, P, 3, 0x100022, -1)",
  "MMAP(AT + 3 * P, P, 3, 0x100022, -1)",
  "MMAP(AT + 3 * P, P, 3, 0x22, -1)",
  "MMAP(AT + 5 * P + 9, P, 3, 0x22, -1)",
  "MMAP(0, 0, 3, 2, 99)",
  "MMAP(0, P, 1, 2, w)",
  "MMAP(0, P, 3, 1, r)",
  "MMAP(0, P, 1, 2, d)",
  "MMAP(0, P, 1, 0, r)",
  "MMAP(AT, P, 3, 0x12, r)",
  "CALL(MUNMAP, AT, 0)",
  "CALL(MUNMAP, AT + 1, P)",
  "CALL(MUNMAP, AT + 8 * P, P)",
  "CALL(MUNMAP, AT, 1)",
  "CALL(MUNMAP, AT, 20 * P)",
  "CALL(MPROTECT, AT, 0, 1)",
  "CALL(MPROTECT, AT + 1, 0, 1)",
  "CALL(MPROTECT, AT, 0, 0x40)",
  "CALL(MPROTECT, AT + 8 * P, P, 1)",
  "CALL(MPROTECT, AT, 5 * P, 1)",
  "CALL(MPROTECT, AT, P, 0x40)",
  "CALL(MPROTECT, AT, P, 0x01000001)",
  "CALL(MPROTECT, AT, P, 0x03000001)",
  "CALL(MPROTECT, AT + 8 * P, P, 0x01000001)",
  "CALL(MADVISE, AT, P, 77)",
  "CALL(MADVISE, AT + 1, P, 4)",
  "CALL(MADVISE, AT, 0, 4)",
  "CALL(MADVISE, AT, 3 * P, 4)",
  "CALL(MADVISE, AT, 5 * P, 4)",
  "CALL(MADVISE, AT, 5 * P, 0)",
  "CALL(MSYNC, AT, P, 5)",
  "CALL(MSYNC, AT, P, 8)",
  "CALL(MSYNC, AT + 1, P, 4)",
  "CALL(MSYNC, AT, 3 * P, 4)",
  "CALL(MSYNC, AT, 5 * P, 4)",
  "CALL(MSYNC, AT, 5 * P, 1)",
  "CALL(MSYNC, AT, 0, 4)",
  "CALL(MREMAP, AT + 8 * P, P, 2 * P, 1)",
  "CALL(MREMAP, AT, 18 * P, 19 * P, 1)",
  "CALL(MREMAP, AT, 18 * P, P, 1)",
  "CALL(MREMAP, AT, P, 0, 1)",
  "CALL(MREMAP, AT, 0, P, 1)",
  "CALL(MREMAP, AT, P, P, 2, AT)",
  "CALL(MREMAP, AT, 2 * P, 2 * P, 3, AT + P)",
  "CALL(MREMAP, AT, 2 * P, 2 * P, 3, AT + 8 * P + 1)",
  "CALL(MREMAP, AT, 2 * P, 2 * P, 3, AT + 8 * P)",
  "CALL(MREMAP, AT, 2 * P, P, 3, AT + 8 * P)",
  "CALL(MREMAP, AT, 3 * P, 9 * P, 0)",
  "CALL(MREMAP, AT, 3 * P, 20 * P, 0)",
  "CALL(MREMAP, AT + P, P, 2 * P, 0)",
  "CALL(MREMAP, AT, P, P, 8)",
  "CALL(MREMAP, AT + 1, P, P, 1)",
];

/** Writes for each call its result, then a bit for each of 32 pages from AT on: whether it can be read. */
const SOURCE = `
#ifdef __riscv
enum { PIPE2 = 59, OPENAT = 56, WRITE = 64, EXIT = 94, MMAP_CALL = 222, MUNMAP = 215, MPROTECT = 226, MADVISE = 233,
  MSYNC = 227, MREMAP = 216 };
static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long a7 __asm__("a7") = number, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c,
    a3 __asm__("a3") = d, a4 __asm__("a4") = e, a5 __asm__("a5") = f;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
  return a0;
}
#else
enum { PIPE2 = 293, OPENAT = 257, WRITE = 1, EXIT = 231, MMAP_CALL = 9, MUNMAP = 11, MPROTECT = 10, MADVISE = 28,
  MSYNC = 26, MREMAP = 25 };
static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "+a"(number) : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
    : "rcx", "r11", "memory");
  return number;
}
#endif
#define P 4096L
#define AT 0x40000000L
#define PICK(n, a, b, c, d, e, ...) call(n, a, b, c, d, e, 0)
#define CALL(...) PICK(__VA_ARGS__, 0, 0, 0)
#define MMAP(a, length, protection, flags, fd) call(MMAP_CALL, a, length, protection, flags, fd, 0)
static void reset(void) {
  call(MUNMAP, AT, 64 * P, 0, 0, 0, 0);
  MMAP(AT, 3 * P, 3, 0x32, -1);
  MMAP(AT + 16 * P, 4 * P, 3, 0x32, -1);
}
/** Writing into a pipe from a page that cannot be read gives EFAULT. */
static unsigned readable(int pipe) {
  unsigned set = 0;
  for (int page = 0; page < 32; page++) if (call(WRITE, pipe, AT + page * P, 1, 0, 0, 0) == 1) set |= 1u << page;
  return set;
}
static void answer(int pipe, long result) {
  int out[2] = { (int)result, (int)readable(pipe) };
  call(WRITE, 1, (long)out, 8, 0, 0, 0);
}
void _start(void) {
  int ends[2];
  call(PIPE2, (long)ends, 0, 0, 0, 0, 0);
  long r = call(OPENAT, -100, (long)"/tmp/file", 0, 0, 0, 0);
  long w = call(OPENAT, -100, (long)"/tmp/file", 1, 0, 0, 0);
  long d = call(OPENAT, -100, (long)"/", 0, 0, 0, 0);
${CALLS.map((each) => `  reset(); answer(ends[1], ${each});`).join("\n")}
  call(EXIT, 0, 0, 0, 0, 0, 0);
}
`;

/** What each call gave, and which pages could then be read. */
function answers(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 8 }, (_, i) => {
    const pages = view
      .getUint32(i * 8 + 4, true)
      .toString(2)
      .padStart(32, "0");
    return `${CALLS[i]} = ${view.getInt32(i * 8, true)}, pages ${pages}`;
  });
}

function natively(source: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "timeslice-"));
  try {
    writeFileSync(join(folder, "file"), "content");
    writeFileSync(join(folder, "program.c"), source.replaceAll("/tmp/file", join(folder, "file")));
    const program = join(folder, "program");
    execFileSync("gcc", ["-nostdlib", "-static", "-O1", join(folder, "program.c"), "-o", program], {
      stdio: "pipe",
    });
    return new Uint8Array(execFileSync(program));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function inMachine(source: string): Promise<Uint8Array> {
  const core = await WebAssembly.compile(readFileSync("build/core.wasm"));
  const machine = await Machine.create({ core });
  const chunks: Buffer[] = [];
  machine.on("output", (bytes) => chunks.push(Buffer.from(bytes)));
  machine.writeFile("/tmp/file", new TextEncoder().encode("content"));
  machine.load(compile("gcc", source, ["-Wl,--no-relax"]));
  machine.run();
  return new Uint8Array(Buffer.concat(chunks));
}

describe.skipIf(missing("gcc", "riscv64-unknown-elf-gcc") || process.arch !== "x64")(
  "the Linux of this host",
  () => {
    test("gives the same result for every call, and leaves the same pages mapped", async () => {
      const expected = answers(natively(SOURCE));
      expect(expected.length).toBe(CALLS.length);
      expect(answers(await inMachine(SOURCE))).toEqual(expected);
    });
  },
);
