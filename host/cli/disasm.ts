// `timeslice disasm`: an ELF file's code with its symbols, or words given on the command line. The work is done in
// disassembly.ts, which is loaded when it is needed.

import type { Command } from "./command.ts";

export const disasm: Command = {
  name: "disasm",
  operands: "FILE | WORD…",
  summary: "disassemble an ELF program, raw code, or words",
  options: [
    { name: "raw", meaning: "FILE is plain code, not ELF" },
    { name: "address", value: "A", meaning: "address of the first byte of raw code or of the words (0)" },
    { name: "no-aliases", meaning: "no pseudo-instructions, compressed ones by their own names" },
    { name: "json", meaning: "one JSON array of { address, word, text, symbol? } on stdout" },
  ],
  details: [
    "A WORD is hexadecimal with or without 0x: 8 digits are an instruction, 4 a compressed one.",
    "What is no RV32IMAC instruction is written as data. Exit status: 0, or 1 if the file is no RISC-V program.",
  ],
  async run(options, platform) {
    const { printDisassembly } = await import("./disassembly.ts");
    return printDisassembly(options, platform);
  },
};
