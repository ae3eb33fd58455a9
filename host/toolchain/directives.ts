// Directives on sections, symbols and options, and the table of all directives that append or describe
// something. Those that steer the reading of the source (.macro, .if, .include) are in assembler.ts.

import {
  SHF_ALLOC,
  SHF_EXECINSTR,
  SHF_GROUP,
  SHF_MERGE,
  SHF_STRINGS,
  SHF_TLS,
  SHF_WRITE,
  SHT_FINI_ARRAY,
  SHT_INIT_ARRAY,
  SHT_NOBITS,
  SHT_NOTE,
  SHT_PREINIT_ARRAY,
  SHT_PROGBITS,
  STB_LOCAL,
  STB_WEAK,
  STT_COMMON,
  STT_FUNC,
  STT_NOTYPE,
  STT_OBJECT,
  STT_TLS,
  STV_HIDDEN,
  STV_INTERNAL,
  STV_PROTECTED,
} from "../loader/elf-constants.ts";
import { type Assembly, alreadyDefined } from "./assembly.ts";
import {
  alignment,
  type Directive,
  fill,
  integers,
  leb128s,
  org,
  parseNumber,
  skip,
  strings,
} from "./data.ts";
import { SourceError } from "./diagnostics.ts";
import { parseExpression } from "./expression.ts";
import type { Scanner } from "./scanner.ts";
import { defaultAttributes, SECTION_LIMIT } from "./section.ts";
import { type AsmSymbol, makeGlobal } from "./symbols.ts";

/** Runs `action` on each name of a list. */
function names(action: (symbol: AsmSymbol) => void): Directive {
  return (assembly, scanner) => {
    do action(assembly.symbols.get(scanner.expectName("a symbol")));
    while (scanner.accept(","));
    scanner.expectEnd();
  };
}

function makeWeak(symbol: AsmSymbol): void {
  symbol.binding = STB_WEAK;
}

function makeVisible(visibility: number): (symbol: AsmSymbol) => void {
  return (symbol) => {
    symbol.visibility = visibility;
  };
}

/** `.text`, `.data`, `.bss` and the like, with an optional subsection. */
function enterSection(name: string): Directive {
  return (assembly, scanner) => {
    const subsection = scanner.atEnd() ? 0 : parseNumber(assembly, scanner, "the subsection", 0, 8192);
    scanner.expectEnd();
    assembly.enter(assembly.section(name), subsection);
  };
}

const FLAGS: Readonly<Record<string, number>> = {
  a: SHF_ALLOC,
  w: SHF_WRITE,
  x: SHF_EXECINSTR,
  M: SHF_MERGE,
  S: SHF_STRINGS,
  G: SHF_GROUP,
  T: SHF_TLS,
  // Kept when unused sections are dropped, and linked beside another: neither matters to this linker.
  R: 0,
  o: 0,
  "?": 0,
  e: 0,
};

const TYPES: Readonly<Record<string, number>> = {
  progbits: SHT_PROGBITS,
  nobits: SHT_NOBITS,
  note: SHT_NOTE,
  init_array: SHT_INIT_ARRAY,
  fini_array: SHT_FINI_ARRAY,
  preinit_array: SHT_PREINIT_ARRAY,
};

/** `.section name, "flags", @type, entry size, group, comdat`. */
const section: Directive = (assembly, scanner) => {
  const name = scanner.expectName("a section's name");
  const known = assembly.findSection(name);
  const attributes = { ...defaultAttributes(name) };
  let entrySize = 0;
  if (scanner.accept(",")) {
    attributes.flags = parseFlags(scanner, defaultAttributes(name).flags);
    if (scanner.accept(",")) {
      attributes.type = parseType(scanner);
      if ((attributes.flags & SHF_MERGE) !== 0 && scanner.accept(","))
        entrySize = parseNumber(assembly, scanner, "the entry size", 1, SECTION_LIMIT);
      // A group's name follows; static programs of single definitions need none.
      scanner.rest();
    }
  }
  scanner.expectEnd();
  attributes.flags &= ~SHF_GROUP;
  const target = known ?? assembly.makeSection(name, attributes);
  if (entrySize > 0) target.entrySize = entrySize;
  assembly.enter(target);
};

function parseFlags(scanner: Scanner, usual: number): number {
  scanner.skipSpace();
  const offset = scanner.position;
  const text = scanner.string();
  let flags = 0;
  for (const letter of text) {
    const flag = FLAGS[letter];
    if (flag === undefined)
      throw new SourceError(offset, `\`${letter}\` is no flag of a section`, "letters of `awxMSGT`");
    flags |= flag;
  }
  // Sections of known names keep their nature, as `.section .text, ""` would otherwise lose it.
  return text === "" ? usual & 0 : flags;
}

function parseType(scanner: Scanner): number {
  scanner.skipSpace();
  const offset = scanner.position;
  if (!scanner.accept("@")) scanner.accept("%");
  const name = scanner.name();
  const type = TYPES[name] ?? Number(scanner.number() ?? Number.NaN);
  if (Number.isNaN(type))
    throw new SourceError(
      offset,
      `\`${name}\` is no type of a section`,
      "`@progbits`, `@nobits`, `@note` or `@init_array`",
    );
  return type;
}

/** `.set name, value`, `.equ`; `.equiv` refuses names that are defined already. */
const set: Directive = (assembly, scanner, name) => {
  const symbol = assembly.symbols.get(scanner.expectName("a symbol"));
  scanner.expect(",", "after the symbol");
  assign(assembly, symbol, scanner, name === ".equiv");
};

/** Gives a symbol the value that follows, for `=` and `.set`. */
export function assign(assembly: Assembly, symbol: AsmSymbol, scanner: Scanner, once: boolean): void {
  const value = parseExpression(scanner, assembly);
  scanner.expectEnd();
  if (symbol.final || (once && symbol.isDefined)) throw alreadyDefined(symbol);
  symbol.value = value;
  symbol.definedAt = assembly.place;
  if (once) symbol.final = true;
}

const SYMBOL_TYPES: Readonly<Record<string, number>> = {
  function: STT_FUNC,
  object: STT_OBJECT,
  notype: STT_NOTYPE,
  tls_object: STT_TLS,
  common: STT_COMMON,
  STT_FUNC,
  STT_OBJECT,
  STT_NOTYPE,
  STT_TLS,
};

/** `.type name, @function`. */
const type: Directive = (assembly, scanner) => {
  const symbol = assembly.symbols.get(scanner.expectName("a symbol"));
  scanner.accept(",");
  scanner.skipSpace();
  const offset = scanner.position;
  if (!scanner.accept("@")) scanner.accept("%");
  const name = scanner.name();
  const value = SYMBOL_TYPES[name];
  if (value === undefined)
    throw new SourceError(offset, `\`${name}\` is no type of a symbol`, "`@function` or `@object`");
  symbol.type = value;
  scanner.expectEnd();
};

/** `.size name, expression`. */
const size: Directive = (assembly, scanner) => {
  const symbol = assembly.symbols.get(scanner.expectName("a symbol"));
  scanner.expect(",", "after the symbol");
  symbol.size = parseExpression(scanner, assembly);
  scanner.expectEnd();
};

/** `.comm name, size, alignment`: a block that all objects share; `.lcomm`: one of this object. */
const common: Directive = (assembly, scanner, name) => {
  const symbol = assembly.symbols.get(scanner.expectName("a symbol"));
  scanner.expect(",", "after the symbol");
  const bytes = parseNumber(assembly, scanner, "the size", 0, SECTION_LIMIT);
  const align = scanner.accept(",")
    ? Math.max(1, parseNumber(assembly, scanner, "the alignment", 0, 65536))
    : 0;
  scanner.expectEnd();
  if (symbol.position !== undefined || symbol.value !== undefined) throw alreadyDefined(symbol);
  symbol.type = STT_OBJECT;
  symbol.definedAt = assembly.place;
  if (name === ".lcomm" || (symbol.binding === STB_LOCAL && assembly.localCommons.has(symbol)))
    return reserveLocal(assembly, symbol, bytes, align || naturalAlign(bytes));
  symbol.common = { size: bytes, align: align || naturalAlign(bytes) };
  makeGlobal(symbol);
};

function naturalAlign(bytes: number): number {
  return bytes >= 8 ? 8 : bytes >= 4 ? 4 : bytes >= 2 ? 2 : 1;
}

function reserveLocal(assembly: Assembly, symbol: AsmSymbol, bytes: number, align: number): void {
  const bss = assembly.section(".bss");
  const part = bss.part(0);
  bss.align = Math.max(bss.align, align);
  part.pieces.push({
    kind: "align",
    fixed: part.length,
    boundary: align,
    fill: undefined,
    maximum: Number.POSITIVE_INFINITY,
  });
  symbol.position = part.position();
  part.emitBytes(new Uint8Array(bytes));
  symbol.size = { kind: "constant", value: bytes };
}

/** `.option`. Relaxing is the linker's; this tool chain never relaxes. */
const option: Directive = (assembly, scanner) => {
  scanner.skipSpace();
  const offset = scanner.position;
  const name = scanner.expectName("an option");
  switch (name) {
    case "rvc":
    case "norvc":
      assembly.options.rvc = name === "rvc";
      break;
    case "push":
      assembly.pushOptions();
      break;
    case "pop":
      assembly.popOptions();
      break;
    case "arch":
      scanner.expect(",", "after `arch`");
      setArch(assembly, scanner.rest());
      break;
    case "relax":
    case "norelax":
    case "nopic":
    case "pic":
    case "csr-check":
    case "no-csr-check":
      break;
    default:
      throw new SourceError(
        offset,
        `there is no option \`${name}\``,
        "`rvc`, `norvc`, `push`, `pop`, `relax`, `norelax` or `arch`",
      );
  }
  scanner.expectEnd();
};

/** `.option arch, +c` or a full name: only whether C is in it matters. */
function setArch(assembly: Assembly, text: string): void {
  if (/^rv32/.test(text)) assembly.options.rvc = /^rv32[a-z]*?c/.test(text.replace(/\d+p\d+_?/g, ""));
  for (const change of text.split(/[\s,]+/)) {
    if (/^\+z?c[a]?$/.test(change)) assembly.options.rvc = true;
    if (/^-z?c[a]?$/.test(change)) assembly.options.rvc = false;
  }
}

/** `.file "name"`, or `.file number "directory" "name"` for the line table. */
const file: Directive = (assembly, scanner) => {
  const number = scanner.number();
  const first = scanner.string();
  const name = scanner.peek() === '"' ? `${first}/${scanner.string()}` : first;
  // A checksum (`md5 0x…`) may follow.
  scanner.rest();
  if (number === undefined) assembly.sourceName = name;
  else assembly.nameFile(Number(number), name);
};

/** `.loc file line column …`. */
const loc: Directive = (assembly, scanner) => {
  const number = parseNumber(assembly, scanner, "the file's number", 0, 1 << 20);
  const line = parseNumber(assembly, scanner, "the line", 0, 1 << 24);
  const column = /^\s*\d/.test(scanner.text.slice(scanner.position))
    ? parseNumber(assembly, scanner, "the column", 0, 1 << 20)
    : 0;
  scanner.rest();
  assembly.setLocation(number, line, column);
};

/** Accepted, and without effect here. */
const ignored: Directive = (_assembly, scanner) => {
  scanner.rest();
};

/** `.error "text"`: fails with the author's own words. */
const error: Directive = (_assembly, scanner) => {
  throw new SourceError(0, scanner.atEnd() ? "`.error` was reached" : scanner.string());
};

const popSection: Directive = (assembly, scanner) => {
  assembly.popSection();
  scanner.expectEnd();
};

const pushSection: Directive = (assembly, scanner, name) => {
  assembly.pushSection();
  section(assembly, scanner, name);
};

const previous: Directive = (assembly, scanner) => {
  assembly.enterPrevious();
  scanner.expectEnd();
};

const subsection: Directive = (assembly, scanner) => {
  assembly.enter(assembly.part.section, parseNumber(assembly, scanner, "the subsection", 0, 8192));
  scanner.expectEnd();
};

const local =
  (assembly: Assembly): ((symbol: AsmSymbol) => void) =>
  (symbol) => {
    assembly.localCommons.add(symbol);
  };

const IGNORED = [
  ".attribute",
  ".ident",
  ".addrsig",
  ".addrsig_sym",
  ".cfi_sections",
  ".print",
  ".warning",
  ".eject",
  ".list",
  ".nolist",
  ".psize",
  ".sbttl",
  ".title",
  ".variant_cc",
];

/** The directives by name. */
export const DIRECTIVES: ReadonlyMap<string, Directive> = new Map<string, Directive>([
  ...[".text", ".data", ".bss", ".rodata", ".sdata", ".sbss"].map(
    (name) => [name, enterSection(name)] as const,
  ),
  [".section", section],
  [".pushsection", pushSection],
  [".popsection", popSection],
  [".previous", previous],
  [".subsection", subsection],
  [".globl", names(makeGlobal)],
  [".global", names(makeGlobal)],
  [".local", (assembly, scanner, name) => names(local(assembly))(assembly, scanner, name)],
  [".weak", names(makeWeak)],
  [".hidden", names(makeVisible(STV_HIDDEN))],
  [".internal", names(makeVisible(STV_INTERNAL))],
  [".protected", names(makeVisible(STV_PROTECTED))],
  [".set", set],
  [".equ", set],
  [".equiv", set],
  [".type", type],
  [".size", size],
  [".comm", common],
  [".common", common],
  [".lcomm", common],
  [".option", option],
  [".file", file],
  [".loc", loc],
  [".error", error],
  [".err", error],
  [".byte", integers(1)],
  [".dc.b", integers(1)],
  [".2byte", integers(2)],
  [".half", integers(2)],
  [".hword", integers(2)],
  [".short", integers(2)],
  [".4byte", integers(4)],
  [".int", integers(4)],
  [".long", integers(4)],
  [".word", integers(4)],
  [".8byte", integers(8)],
  [".dword", integers(8)],
  [".quad", integers(8)],
  [".dtprelword", integers(4)],
  [".ascii", strings("")],
  [".asciz", strings("\0")],
  [".string", strings("\0")],
  [".uleb128", leb128s(false)],
  [".sleb128", leb128s(true)],
  [".skip", skip],
  [".space", skip],
  [".zero", skip],
  [".fill", fill],
  [".align", alignment(true, 1)],
  [".p2align", alignment(true, 1)],
  [".p2alignw", alignment(true, 2)],
  [".p2alignl", alignment(true, 4)],
  [".balign", alignment(false, 1)],
  [".balignw", alignment(false, 2)],
  [".balignl", alignment(false, 4)],
  [".org", org],
  ...IGNORED.map((name) => [name, ignored] as const),
]);

/** Call-frame information describes code for debuggers; it is accepted and not kept. */
export function isIgnoredDirective(name: string): boolean {
  return name.startsWith(".cfi_");
}
