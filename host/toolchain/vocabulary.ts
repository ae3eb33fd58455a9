// The words that a source can be made of, with what each means: for completion and hover texts of an editor. From
// the tables that assembler and disassembler work by, so that an editor knows what they know.

import { CSRS, INSTRUCTIONS, REGISTER_NAMES } from "../../assembly/isa/table.ts";
import { ALIASES, type Alias } from "../isa/aliases.ts";
import { REGISTER_ROLES } from "../isa/register-roles.ts";
import { DIRECTIVES } from "./directives.ts";
import { MACROS } from "./macro-instructions.ts";
import { ASSEMBLER_ALIASES } from "./pseudo.ts";

export type WordKind =
  | "instruction"
  /** A spelling that stands for other instructions. */
  | "pseudo"
  | "directive"
  | "register"
  /** Defined by a source: `.macro`, `.equ`. */
  | "macro"
  | "constant"
  | "call";

export interface Word {
  readonly name: string;
  readonly kind: WordKind;
  /** How it is used: its operands; several forms on lines of their own. */
  readonly syntax: string;
  readonly meaning: string;
}

/** What a pseudo-instruction does, for those of the table of macros. */
const MACRO_MEANINGS: Readonly<Record<string, string>> = {
  li: "rd = constant, in one or two instructions",
  la: "rd = address of the symbol",
  lla: "rd = address of the symbol, relative to the pc",
  call: "calls a function at any distance; ra = return address",
  tail: "goes on in a function at any distance, which returns for this one",
  jump: "jumps to a symbol at any distance; rt is overwritten",
  "sext.b": "rd = low byte of rs, sign-extended",
  "sext.h": "rd = low half of rs, sign-extended",
  "zext.h": "rd = low half of rs, zero-extended",
  unimp: "an illegal instruction: SIGILL",
};

const DIRECTIVE_MEANINGS: Readonly<Record<string, readonly [syntax: string, meaning: string]>> = {
  ".text": ["", "what follows is code"],
  ".data": ["", "what follows is data that can be written"],
  ".rodata": ["", "what follows is data that cannot be written"],
  ".bss": ["", "what follows is room that begins as zeros"],
  ".section": ["name", "what follows goes to this section"],
  ".globl": ["symbol", "makes the symbol known to other files and to the loader"],
  ".global": ["symbol", "makes the symbol known to other files and to the loader"],
  ".equ": ["name, value", "gives a value a name"],
  ".set": ["name, value", "gives a value a name, or another value"],
  ".byte": ["value, …", "bytes"],
  ".half": ["value, …", "half words: 2 bytes each"],
  ".word": ["value, …", "words: 4 bytes each"],
  ".dword": ["value, …", "double words: 8 bytes each"],
  ".ascii": ['"text", …', "the bytes of a text"],
  ".asciz": ['"text", …', "the bytes of a text, and a zero behind it"],
  ".string": ['"text", …', "the bytes of a text, and a zero behind it"],
  ".skip": ["bytes, fill", "so many bytes of room"],
  ".space": ["bytes, fill", "so many bytes of room"],
  ".zero": ["bytes", "so many zeros"],
  ".align": ["power", "on to the next multiple of 2^power"],
  ".p2align": ["power", "on to the next multiple of 2^power"],
  ".balign": ["bytes", "on to the next multiple of so many bytes"],
  ".option": ["word", "options of the assembler: push, pop, rvc, norvc, relax, norelax"],
  ".include": ['"file"', "the text of a file, in place of this line"],
  ".macro": ["name parameter, …", "begins a macro; .endm ends it"],
  ".endm": ["", "ends a macro"],
  ".rept": ["count", "repeats the lines up to .endr"],
  ".irp": ["symbol, value, …", "repeats the lines up to .endr, once with each value"],
  ".endr": ["", "ends a repetition"],
  ".if": ["expression", "the lines up to .endif only if it is not 0"],
  ".else": ["", "the other lines of an .if"],
  ".endif": ["", "ends an .if"],
  ".type": ["symbol, @function", "says what a symbol is"],
  ".size": ["symbol, bytes", "says how large what a symbol names is"],
};

/** Instructions, pseudo-instructions, directives, registers: all that the assembler itself knows. */
export function assemblerWords(): Word[] {
  const words = [...instructions(), ...pseudoInstructions(), ...directives(), ...registers()];
  return [...new Map(words.map((word) => [`${word.kind} ${word.name}`, word])).values()];
}

function instructions(): Word[] {
  return INSTRUCTIONS.filter(({ expands }) => expands === undefined).map(({ name, syntax, meaning }) => ({
    name,
    kind: "instruction",
    syntax,
    meaning,
  }));
}

function pseudoInstructions(): Word[] {
  const known = new Set(INSTRUCTIONS.map(({ name }) => name));
  const aliases = [...ALIASES, ...ASSEMBLER_ALIASES].filter(
    ({ name, of }) => !known.has(name) && !of.startsWith("c."),
  );
  const byName = groupByName(aliases);
  const spellings = Array.from(
    byName,
    ([name, forms]): Word => ({
      name,
      kind: "pseudo",
      syntax: [...new Set(forms.map(({ syntax }) => syntax))].join("\n"),
      meaning: MACRO_MEANINGS[name] ?? `short for ${forms[0].of}${conditionOf(forms[0])}`,
    }),
  );
  const macros = Array.from(MACROS)
    .filter(([name]) => name in MACRO_MEANINGS)
    .map(
      ([name, { syntax }]): Word => ({
        name,
        kind: "pseudo",
        syntax: syntax.join("\n"),
        meaning: MACRO_MEANINGS[name],
      }),
    );
  return [...spellings, ...macros];
}

function groupByName(aliases: readonly Alias[]): Map<string, Alias[]> {
  const groups = new Map<string, Alias[]>();
  for (const alias of aliases) groups.set(alias.name, [...(groups.get(alias.name) ?? []), alias]);
  return groups;
}

function conditionOf({ where }: Alias): string {
  return where === "" ? " with its operands otherwise" : ` with ${where}`;
}

function directives(): Word[] {
  const names = new Set([...DIRECTIVES.keys(), ...Object.keys(DIRECTIVE_MEANINGS)]);
  return Array.from(names, (name) => {
    const [syntax, meaning] = DIRECTIVE_MEANINGS[name] ?? ["", ""];
    return { name, kind: "directive", syntax, meaning };
  });
}

function registers(): Word[] {
  const row = (name: string, index: number, other: string): Word => ({
    name,
    kind: "register",
    syntax: other,
    meaning: REGISTER_ROLES[index],
  });
  return [
    ...REGISTER_NAMES.map((name, index) => row(name, index, `x${index}`)),
    row("fp", 8, "x8, s0"),
    ...REGISTER_NAMES.map((name, index) => row(`x${index}`, index, name)),
    ...CSRS.map(
      ({ name, meaning }): Word => ({ name, kind: "register", syntax: "control register", meaning }),
    ),
  ];
}

/** The macros and constants that a source defines. A macro's meaning is the comment before it. */
export function definedWords(source: string, from: string): Word[] {
  const words: Word[] = [];
  let comment = "";
  for (const line of source.split("\n")) {
    const said = /^\s*#\s?(.*)/.exec(line);
    const macro = /^\s*\.macro\s+([\w.$]+)\s*(.*?)\s*(?:#.*)?$/.exec(line);
    const constant = /^\s*\.(?:equ|set)\s+([\w.$]+)\s*,\s*(.*?)\s*(?:#.*)?$/.exec(line);
    if (macro)
      words.push({
        name: macro[1],
        kind: "macro",
        syntax: macro[2],
        meaning: `${comment || "a macro"} (${from})`,
      });
    if (constant)
      words.push({ name: constant[1], kind: "constant", syntax: "", meaning: `${constant[2]} (${from})` });
    comment = said === null ? "" : `${comment} ${said[1]}`.trim();
  }
  return words;
}
