// What is wrong with an ELF file: one type for every malformed input, with the field, where it lies, what it
// holds and what it should hold. The codes are stable; the message is for people.

export type ElfErrorCode =
  | "not-elf"
  | "truncated"
  | "wrong-class"
  | "wrong-byte-order"
  | "wrong-version"
  | "wrong-abi"
  | "wrong-type"
  | "wrong-machine"
  | "wrong-flags"
  | "wrong-size"
  | "too-many"
  | "no-segments"
  | "dynamic"
  | "outside-file"
  | "outside-memory"
  | "bad-segment"
  | "overlap"
  | "bad-entry"
  | "bad-section"
  | "bad-symbols";

export class ElfError extends Error {
  override readonly name = "ElfError";
  readonly code: ElfErrorCode;
  /** As the System V ABI names it, with the index of its table entry: "e_machine", "p_filesz[2]". */
  readonly field: string;
  /** Byte of the file at which the field lies. */
  readonly offset: number;
  readonly value: number;
  /** What would be right, in words. */
  readonly expected: string;

  constructor(code: ElfErrorCode, field: string, offset: number, value: number, expected: string) {
    super(`${field} at byte ${offset} of the file is ${hex(value)}; expected ${expected}`);
    this.code = code;
    this.field = field;
    this.offset = offset;
    this.value = value;
    this.expected = expected;
  }
}

function hex(value: number): string {
  return value < 10 ? String(value) : `0x${value.toString(16)}`;
}
