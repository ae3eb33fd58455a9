// Runs the GNU tools that the assembler and linker are compared with, and reads what they wrote.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EHDR_SIZE, SHDR_SIZE, SHF_ALLOC, SHT_NOBITS } from "../../host/loader/elf-constants.ts";

/** Runs `action` with a folder that is gone afterwards. */
export function withFolder<T>(action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "toolchain-"));
  try {
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ARCH = ["-march=rv32imac_zicsr_zifencei", "-mabi=ilp32"];

/** Assembles with GNU as, without relaxation. */
export function gnuAssemble(source: string): Uint8Array {
  return withFolder((folder) => {
    writeFileSync(join(folder, "a.s"), source);
    execFileSync("riscv64-unknown-elf-as", [...ARCH, "-mno-relax", "a.s", "-o", "a.o"], {
      cwd: folder,
      stdio: "pipe",
    });
    return readFileSync(join(folder, "a.o"));
  });
}

/** Links objects with GNU ld, without relaxation, with sections at the addresses given. */
export function gnuLink(
  objects: readonly Uint8Array[],
  addresses: Readonly<Record<string, number>>,
): Uint8Array {
  return withFolder((folder) => {
    const names = objects.map((bytes, index) => {
      writeFileSync(join(folder, `${index}.o`), bytes);
      return `${index}.o`;
    });
    const places = Object.entries(addresses).map(
      ([name, address]) => `--section-start=${name}=0x${address.toString(16)}`,
    );
    const options = ["-melf32lriscv", "--no-relax", "--no-warn-rwx-segments", ...places];
    execFileSync("riscv64-unknown-elf-ld", [...options, ...names, "-o", "a.elf"], {
      cwd: folder,
      stdio: "pipe",
    });
    return readFileSync(join(folder, "a.elf"));
  });
}

export interface SectionView {
  readonly address: number;
  readonly size: number;
  /** In hexadecimal, so that a difference can be read; of sections without contents "". */
  readonly bytes: string;
}

/** The sections of an ELF file that occupy memory and are not empty, by name. */
export function allocatedSections(file: Uint8Array): Record<string, SectionView> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const table = view.getUint32(32, true);
  const word = (section: number, field: number) =>
    view.getUint32(table + section * SHDR_SIZE + field * 4, true);
  const names = word(view.getUint16(50, true), 4);
  const sections: Record<string, SectionView> = {};
  if (file.length < EHDR_SIZE) return sections;
  for (let i = 1; i < view.getUint16(48, true); i++) {
    const size = word(i, 5);
    if ((word(i, 2) & SHF_ALLOC) === 0 || size === 0) continue;
    const start = names + word(i, 0);
    const name = Buffer.from(file.subarray(start, file.indexOf(0, start))).toString();
    const bytes =
      word(i, 1) === SHT_NOBITS
        ? ""
        : Buffer.from(file.subarray(word(i, 4), word(i, 4) + size)).toString("hex");
    sections[name] = { address: word(i, 3), size, bytes };
  }
  return sections;
}
