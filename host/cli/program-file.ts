// What kind of program a host file is, by its content or its ending, and the errors of those that cannot
// be run.

import { parseElf } from "../loader/elf.ts";
import { ElfError } from "../loader/errors.ts";
import { arraySource } from "../loader/source.ts";
import type { HostFiles } from "../platform/platform.ts";
import { CommandError, STATUS_NOT_FOUND, STATUS_NOT_RUNNABLE } from "./status.ts";

export type ProgramKind = "elf" | "assembly" | "script";

const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46];

/** Reads a program from the host and says what it is. Throws CommandError for what cannot be run. */
export function readProgram(path: string, files: HostFiles): { kind: ProgramKind; bytes: Uint8Array } {
  const entry = files.entry(path);
  if (entry === null) throw new CommandError(`there is no file ${path}`, STATUS_NOT_FOUND);
  if (entry.kind === "directory") throw new CommandError(`${path} is a directory`, STATUS_NOT_RUNNABLE);
  const bytes = files.read(path);
  if (ELF_MAGIC.every((byte, index) => bytes[index] === byte)) {
    checkProgram(path, bytes);
    return { kind: "elf", bytes };
  }
  if (/\.[sS]$/.test(path)) return { kind: "assembly", bytes };
  if (bytes[0] === 0x23 && bytes[1] === 0x21) return { kind: "script", bytes };
  throw new CommandError(`${path} cannot be run: ${whyNot(path, bytes)}`, STATUS_NOT_RUNNABLE);
}

/** execve would only say ENOEXEC: here the file is at hand, so say which field is wrong. */
function checkProgram(path: string, bytes: Uint8Array): void {
  try {
    parseElf(arraySource(bytes));
  } catch (error) {
    if (!(error instanceof ElfError)) throw error;
    throw new CommandError(`${path} cannot be run: ${error.message}`, STATUS_NOT_RUNNABLE);
  }
}

function whyNot(path: string, bytes: Uint8Array): string {
  if (path.endsWith(".c")) {
    return (
      "timeslice has no C compiler; compile it with riscv64-unknown-elf-gcc -march=rv32imac -mabi=ilp32 -static, " +
      "and run the result"
    );
  }
  if (bytes.length === 0) return "it is empty";
  return "it is neither an ELF program, nor assembly (.s, .S), nor a script that begins with #!";
}
