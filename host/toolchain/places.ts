// Whether debug information says where variables are at each instruction, or only in a function's body. GCC's optimised
// code has lists of places, so GDB stops in it at a function's entry; in all other code behind the prologue.
// DWARF 5: 6.1.2 (.debug_aranges), 7.5 (.debug_info), 7.5.3 (.debug_abbrev).

import { debugSections, Reader } from "./dwarf.ts";

const SECTIONS = [".debug_aranges", ".debug_info", ".debug_abbrev"];
const AT_LOCATION = 0x02;
const FORM_IMPLICIT_CONST = 0x21;
/** DW_FORM_sec_offset and DW_FORM_loclistx: the place is a list. */
const LIST_FORMS: readonly number[] = [0x17, 0x22];

interface Range {
  readonly start: number;
  readonly end: number;
  /** Offset of the compilation unit in .debug_info. */
  readonly unit: number;
}

/** Of one program. What is damaged or absent says no. */
export class VariablePlaces {
  readonly #sections: ReadonlyMap<string, Uint8Array>;
  readonly #ranges: readonly Range[];
  readonly #known = new Map<number, boolean>();

  constructor(file: Uint8Array) {
    this.#sections = attempt(() => debugSections(file, SECTIONS)) ?? new Map();
    this.#ranges = attempt(() => readRanges(this.#sections.get(".debug_aranges"))) ?? [];
  }

  /** Whether the places of variables are listed for the code at an address. Only GCC says which code is of which unit. */
  areListed(address: number): boolean {
    const range = this.#ranges.find(({ start, end }) => address >= start && address < end);
    if (range === undefined) return false;
    const known = this.#known.get(range.unit) ?? attempt(() => this.#hasLists(range.unit)) ?? false;
    this.#known.set(range.unit, known);
    return known;
  }

  #hasLists(unit: number): boolean {
    const info = new Reader(this.#sections.get(".debug_info") ?? new Uint8Array(0), unit + 4);
    if (info.u16() >= 5) info.at += 2;
    const abbreviations = new Reader(this.#sections.get(".debug_abbrev") ?? new Uint8Array(0), info.u32());
    while (abbreviations.leb() !== 0) {
      abbreviations.leb();
      abbreviations.u8();
      if (hasListedPlace(abbreviations)) return true;
    }
    return false;
  }
}

/** Reads the attributes of an abbreviation. */
function hasListedPlace(reader: Reader): boolean {
  let isListed = false;
  for (;;) {
    const attribute = reader.leb();
    const form = reader.leb();
    if (form === FORM_IMPLICIT_CONST) reader.leb();
    if (attribute === AT_LOCATION && LIST_FORMS.includes(form)) isListed = true;
    if (attribute === 0 && form === 0) return isListed;
  }
}

function readRanges(bytes: Uint8Array = new Uint8Array(0)): Range[] {
  const reader = new Reader(bytes, 0);
  const ranges: Range[] = [];
  while (reader.at < bytes.length) {
    const length = reader.u32();
    const end = reader.at + length;
    reader.at += 2;
    const unit = reader.u32();
    // Sizes of addresses (4) and segments (0); then pairs, at a multiple of their size.
    reader.at += 2 + 4;
    while (reader.at + 8 <= end) {
      const start = reader.u32();
      ranges.push({ start, end: start + reader.u32(), unit });
    }
    reader.at = end;
  }
  return ranges;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
