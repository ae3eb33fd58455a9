// `timeslice asm`: assembles sources and links them, with objects and archives, to a program.

import type { Platform } from "../platform/platform.ts";
import type { Command } from "./command.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";
import { STATUS_BAD_INPUT, UsageError } from "./status.ts";

const PROGRAM_MODE = 0o755;
const OBJECT_MODE = 0o644;

export const asm: Command = {
  name: "asm",
  operands: "FILE…",
  summary: "assemble and link sources (.s, .S), objects (.o) and archives (.a) to a program",
  options: [
    {
      name: "output",
      short: "o",
      value: "FILE",
      meaning: "what to write (default: the first file's name with .elf or .o)",
    },
    { name: "compile-only", short: "c", meaning: "write an object, do not link" },
    {
      name: "include",
      short: "I",
      value: "DIR",
      meaning: "a folder to search for .include and .incbin",
      repeats: true,
    },
    { name: "entry", short: "e", value: "SYMBOL", meaning: "where the program begins (default _start)" },
    {
      name: "json",
      meaning: "one JSON object on stdout: { output, sizeBytes, errors: [{ file, line, column, … }] }",
    },
  ],
  details: [
    "The syntax is GNU as's. All errors of a file are reported, each with its line and what was expected. " +
      "Exit status: 0, or 1 if there are errors.",
  ],
  async run(options, platform) {
    const assembler = await import("./assemble.ts");
    try {
      const result = build(options, platform, assembler);
      if (options.has("json")) print(platform.stdout, `${JSON.stringify({ ...result, errors: [] })}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof assembler.AssemblyError && options.has("json"))) throw error;
      print(platform.stdout, `${JSON.stringify({ errors: error.diagnostics })}\n`);
      return STATUS_BAD_INPUT;
    }
  },
};

function build(
  options: Options,
  platform: Platform,
  { assembleFile, linkObjects }: typeof import("./assemble.ts"),
): { output: string; sizeBytes: number } {
  const { files } = platform;
  const [first] = options.operands;
  if (first === undefined) throw new UsageError("asm needs a file to assemble", "asm");
  const compileOnly = options.has("compile-only");
  if (compileOnly && options.operands.length > 1) {
    throw new UsageError("-c takes one file: each object is written by a command of its own", "asm");
  }
  const objects = options.operands.map((path) => {
    const bytes = files.read(path);
    const isSource = /\.[sS]$/.test(path);
    return {
      name: path,
      bytes: isSource ? assembleFile(path, bytes, options.all("include"), platform) : bytes,
    };
  });
  const bytes = compileOnly ? objects[0].bytes : linkObjects(objects, options.text("entry"));
  const output = options.text("output") ?? first.replace(/(\.\w+)?$/, compileOnly ? ".o" : ".elf");
  files.write(output, bytes, compileOnly ? OBJECT_MODE : PROGRAM_MODE);
  return { output, sizeBytes: bytes.length };
}
