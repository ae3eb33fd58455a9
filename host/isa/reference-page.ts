// The reference page of the instruction set (docs/instructions.md), written from the table.

import {
  CSRS,
  type Extension,
  INSTRUCTIONS,
  type Instruction,
  REGISTER_NAMES,
} from "../../assembly/isa/table.ts";
import { ALIASES } from "./aliases.ts";

const TITLES: Readonly<Record<Extension, string>> = {
  I: "RV32I: the base",
  M: "M: multiplication and division",
  A: "A: atomic memory operations",
  C: "C: compressed instructions",
  Zicsr: "Zicsr: control and status registers",
  Zifencei: "Zifencei: instruction fetch fence",
};

const NOTES: Readonly<Partial<Record<Extension, string>>> = {
  I: "Loads and stores need not be aligned, and may cross pages. `x << n` and `x >> n` use the low 5 bits of n.",
  A: "The address must be a multiple of 4. The mnemonic may end in `.aq`, `.rl` or `.aqrl`.",
  C: "Each does what its long form does, with a length of 2 bytes. Hints (a destination x0, a shift by 0) do nothing.",
  Zicsr:
    "User mode has the read-only counters below and nothing else: all that would write traps as illegal.",
};

/** The whole page, in Markdown. */
export function writeInstructionsPage(): string {
  const extensions = Object.keys(TITLES) as Extension[];
  return (
    [
      "<!-- Generated from assembly/isa/table.ts by scripts/generate.mjs: change the table, not this page. -->",
      "# The instructions of the machine",
      `RV32IMAC with Zicsr and Zifencei, user mode: ${INSTRUCTIONS.length} instructions. Everything else traps as illegal.`,
      PICTURES,
      ...extensions.flatMap(writeExtension),
      "## Counters",
      writeTable(
        ["Name", "Number", "Holds"],
        CSRS.map(({ name, number, meaning }) => [code(name), code(`0x${number.toString(16)}`), meaning]),
      ),
      "## Pseudo-instructions of one instruction",
      "What the disassembler writes; the first line that fits is taken.",
      writeTable(
        ["Written", "Stands for", "If"],
        ALIASES.map(({ name, syntax, of, where }) => [
          code(`${name} ${syntax}`.trim()),
          code(of),
          code(where),
        ]),
      ),
      "## Registers",
      writeTable(
        ["Register", "Name", "Register", "Name", "Register", "Name", "Register", "Name"],
        Array.from({ length: 8 }, (_, line) =>
          [0, 8, 16, 24].flatMap((column) => [`x${line + column}`, code(REGISTER_NAMES[line + column]!)]),
        ),
      ),
    ].join("\n\n") + "\n"
  );
}

const PICTURES = [
  "Pictures show the bits from the highest to the lowest: `0` and `1` are fixed, `-` is ignored, `rd'`, `rs1'` and",
  "`rs2'` are 3 bits for x8 to x15, `imm[…]` names the bits of the immediate that stand there, the highest of which",
  "is the sign; `uimm[…]` has no sign. All other encodings, and those that do not meet the condition, are illegal.",
].join("\n");

function writeExtension(extension: Extension): string[] {
  const rows = INSTRUCTIONS.filter((row) => row.extension === extension);
  const last = extension === "C" ? "Short for" : "Format";
  const cells = rows.map((row) => [
    code(`${row.name} ${row.syntax}`.trim()),
    writeMeaning(row),
    code(row.bits),
    extension === "C" ? code(row.expands!) : row.format,
  ]);
  const note = NOTES[extension];
  const table = writeTable(["Instruction", "Meaning", "Bits", last], cells);
  return [`## ${TITLES[extension]}`, ...(note ? [note] : []), table];
}

function writeMeaning({ meaning, where, allowed }: Instruction): string {
  const conditions = [
    ...(where ? [`only if ${code(where)}`] : []),
    ...(allowed === "never" ? ["always traps: no register can be written"] : []),
    ...(allowed && allowed !== "never" ? [`traps unless ${code(allowed)}`] : []),
  ];
  return [escapeCell(meaning), ...conditions].join("; ");
}

function code(text: string): string {
  return `\`${escapeCell(text)}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function writeTable(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const write = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [write(heads), write(heads.map(() => "---")), ...lines.map(write)].join("\n");
}
