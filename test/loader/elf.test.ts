import { expect, test } from "vitest";
import { parseElf } from "../../host/loader/elf.ts";
import { ElfError } from "../../host/loader/errors.ts";
import { arraySource } from "../../host/loader/source.ts";
import { ENTRY, elfFile, RIGHT, RIGHT_SIZE, RW, RX } from "./elf-file.ts";

const [TEXT, DATA] = RIGHT;

function errorOf(bytes: Uint8Array): ElfError {
  try {
    parseElf(arraySource(bytes));
  } catch (error) {
    if (error instanceof ElfError) return error;
    throw error;
  }
  throw new Error("the file was accepted");
}

/** The right file with one field changed. */
function changed(at: number, size: 1 | 2 | 4, value: number): Uint8Array {
  const bytes = elfFile();
  const view = new DataView(bytes.buffer);
  if (size === 1) view.setUint8(at, value);
  else if (size === 2) view.setUint16(at, value, true);
  else view.setUint32(at, value, true);
  return bytes;
}

test("a right program is understood", () => {
  expect(parseElf(arraySource(elfFile()))).toEqual({
    entry: ENTRY,
    headersAddress: 0x10034,
    headerCount: 2,
    executableStack: false,
    segments: [
      { index: 0, offset: 0, address: 0x10000, fileSize: 0x200, memorySize: 0x200, protection: 5 },
      { index: 1, offset: 0x200, address: 0x12200, fileSize: 0x100, memorySize: 0x3000, protection: 3 },
    ],
  });
});

test.each([
  ["wrong magic", changed(1, 1, 0x46), "not-elf", "e_ident"],
  ["64 bits", changed(4, 1, 2), "wrong-class", "EI_CLASS"],
  ["big endian", changed(5, 1, 2), "wrong-byte-order", "EI_DATA"],
  ["another format version", changed(6, 1, 0), "wrong-version", "EI_VERSION"],
  ["another system's ABI", changed(7, 1, 9), "wrong-abi", "EI_OSABI"],
  ["a shared object", changed(16, 2, 3), "wrong-type", "e_type"],
  ["an object file", changed(16, 2, 1), "wrong-type", "e_type"],
  ["another machine", changed(18, 2, 62), "wrong-machine", "e_machine"],
  ["another version", changed(20, 4, 2), "wrong-version", "e_version"],
  ["the single-float ABI", changed(36, 4, 3), "wrong-flags", "e_flags"],
  ["the double-float ABI", changed(36, 4, 5), "wrong-flags", "e_flags"],
  ["16 registers", changed(36, 4, 8), "wrong-flags", "e_flags"],
  ["unknown flags", changed(36, 4, 0x100), "wrong-flags", "e_flags"],
  ["another header size", changed(40, 2, 64), "wrong-size", "e_ehsize"],
  ["another entry size", changed(42, 2, 56), "wrong-size", "e_phentsize"],
  ["no program headers", changed(44, 2, 0), "no-segments", "e_phnum"],
  ["too many program headers", changed(44, 2, 0xffff), "too-many", "e_phnum"],
  ["more program headers than the file holds", changed(44, 2, 100), "outside-file", "e_phoff"],
  ["program headers behind the end", changed(28, 4, 0xfffffff0), "outside-file", "e_phoff"],
  ["program headers over the file header", changed(28, 4, 20), "bad-segment", "e_phoff"],
  ["an interpreter", elfFile([{ type: 3, fileSize: 8 }, TEXT]), "dynamic", "p_type[0]"],
  ["nothing to load", elfFile([{ type: 4 }, { type: 0 }]), "no-segments", "e_phnum"],
  [
    "file bytes without memory",
    elfFile([{ fileSize: 4, memorySize: 0 }, TEXT]),
    "bad-segment",
    "p_filesz[0]",
  ],
  ["more file than memory", elfFile([TEXT, { ...DATA, memorySize: 8 }]), "bad-segment", "p_filesz[1]"],
  ["an offset behind the end", elfFile([TEXT, { ...DATA, offset: 0x301 }]), "outside-file", "p_offset[1]"],
  ["a size behind the end", elfFile([TEXT, { ...DATA, fileSize: 0x101 }]), "outside-file", "p_filesz[1]"],
  [
    "a size that wraps",
    elfFile([TEXT, { ...DATA, fileSize: 0xfffffff0, memorySize: 0xfffffff8 }]),
    "outside-file",
    "p_filesz[1]",
  ],
  ["a crooked alignment", elfFile([TEXT, { ...DATA, align: 24 }]), "bad-segment", "p_align[1]"],
  ["page 0", elfFile([TEXT, { ...DATA, address: 0x200 }]), "outside-memory", "p_vaddr[1]"],
  ["the last page", elfFile([TEXT, { ...DATA, address: 0xfffff200 }]), "outside-memory", "p_vaddr[1]"],
  [
    "memory that wraps",
    elfFile([TEXT, { ...DATA, address: 0xf0000200, memorySize: 0xf0000000 }]),
    "outside-memory",
    "p_memsz[1]",
  ],
  ["the stack's place", elfFile([TEXT, { ...DATA, address: 0x7ffff200 }]), "outside-memory", "p_vaddr[1]"],
  [
    "bss that reaches the stack",
    elfFile([TEXT, { ...DATA, memorySize: 0x70000000 }]),
    "outside-memory",
    "p_vaddr[1]",
  ],
  ["segments over each other", elfFile([TEXT, { ...DATA, address: 0x101f0 }]), "overlap", "p_vaddr[1]"],
  ["a shared page with other bytes", elfFile([TEXT, { ...DATA, address: 0x10300 }]), "overlap", "p_vaddr[1]"],
  [
    "bss in a shared page",
    elfFile([
      { ...TEXT, memorySize: 0x204 },
      { ...DATA, offset: 0x240, address: 0x10240, fileSize: 0x80 },
    ]),
    "overlap",
    "p_vaddr[1]",
  ],
  ["an entry outside", changed(24, 4, 0x11000), "bad-entry", "e_entry"],
  ["an entry in data", changed(24, 4, 0x12200), "bad-entry", "e_entry"],
  ["an odd entry", changed(24, 4, ENTRY + 1), "bad-entry", "e_entry"],
])("%s is refused, and the field named", (_, bytes, code, field) => {
  const error = errorOf(bytes);
  expect([error.code, error.field]).toEqual([code, field]);
});

test("the message says where the field is, what it holds and what would be right", () => {
  expect(errorOf(changed(36, 4, 5)).message).toBe(
    "e_flags at byte 36 of the file is 5; expected the soft-float ABI (compile with -mabi=ilp32)",
  );
  const error = errorOf(elfFile([TEXT, { ...DATA, fileSize: 0x101 }]));
  expect(error.message).toBe(
    "p_filesz[1] at byte 100 of the file is 0x101; expected at most 256, what the file holds",
  );
});

test("every cut of the file is refused with a typed error", () => {
  const bytes = elfFile();
  for (let length = 0; length < RIGHT_SIZE; length++)
    expect(errorOf(bytes.subarray(0, length))).toBeInstanceOf(ElfError);
});

test("a stack is executable only if the program asks for it", () => {
  const stack = (flags: number) =>
    parseElf(arraySource(elfFile([TEXT, { type: 0x6474e551, flags }]))).executableStack;
  expect([stack(RW), stack(RX | RW)]).toEqual([false, true]);
});

test("segments may come in any order, and empty ones are left out", () => {
  const elf = parseElf(arraySource(elfFile([DATA, { address: 0x50 }, TEXT])));
  expect(elf.segments.map((segment) => segment.index)).toEqual([2, 0]);
});
