// The sections of a process's program that hold code, with their names: read from the file that is mapped.

import { PROTECT_EXECUTE } from "../../assembly/layout.ts";
import type { Program } from "../debug/program.ts";
import { storedContent } from "../fs/content.ts";
import { SHF_EXECINSTR } from "../loader/elf-constants.ts";
import { ElfError } from "../loader/errors.ts";
import { readSections, type Sections, sectionBytes } from "../loader/sections.ts";
import { arraySource } from "../loader/source.ts";
import type { Machine } from "../machine.ts";
import type { Stretch } from "./listing.ts";

/** Offset of e_shstrndx in the header of a file. */
const EHDR_NAMES = 50;
const known = new WeakMap<Program, readonly Stretch[]>();

export function codeSections(machine: Machine, slot: number, program: Program): readonly Stretch[] {
  let sections = known.get(program);
  if (sections === undefined) {
    sections = readCodeSections(mappedFile(machine, slot));
    known.set(program, sections);
  }
  return sections;
}

/** The bytes of the file that a process executes. */
function mappedFile(machine: Machine, slot: number): Uint8Array {
  const { processes, spaces, files } = machine.kernel.state;
  const process = processes[slot];
  const region =
    process &&
    spaces[process.space]?.regions.find(
      ({ kind, protection }) => kind === "file" && (protection & PROTECT_EXECUTE) !== 0,
    );
  const inode = region && files.inodes[region.object];
  if (inode?.kind !== "file") return new Uint8Array(0);
  const bytes = new Uint8Array(inode.size);
  bytes.set(storedContent(inode, 0, inode.size));
  return bytes;
}

/** None if the file has no section headers, or bad ones: its code is shown without names then. */
function readCodeSections(bytes: Uint8Array): Stretch[] {
  const source = arraySource(bytes);
  try {
    const sections = readSections(source);
    const name = namesOf(sections, bytes, (index) => sectionBytes(source, sections.at(index)));
    return Array.from(sections, (section) => ({ ...section, name: name(section.header.word(0)) }))
      .filter(({ flags, size }) => (flags & SHF_EXECINSTR) !== 0 && size > 0)
      .map(({ name, address, size }) => ({ name, start: address, end: address + size }))
      .sort((a, b) => a.start - b.start);
  } catch (error) {
    if (error instanceof ElfError) return [];
    throw error;
  }
}

function namesOf(
  { length }: Sections,
  bytes: Uint8Array,
  bytesOf: (index: number) => Uint8Array,
): (offset: number) => string {
  const index = bytes.length > EHDR_NAMES + 1 ? bytes[EHDR_NAMES] | (bytes[EHDR_NAMES + 1] << 8) : 0;
  const names = index > 0 && index < length ? bytesOf(index) : new Uint8Array(0);
  return (offset) => {
    const end = names.indexOf(0, offset);
    return end < 0 ? "" : String.fromCharCode(...names.subarray(offset, end));
  };
}
