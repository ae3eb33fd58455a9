// What `timeslice disasm` does: reads its input, disassembles, prints.

import { PROTECT_EXECUTE } from "../../assembly/layout.ts";
import { instructionSize } from "../isa/codec.ts";
import { disassemble } from "../isa/disassembler.ts";
import { parseElf } from "../loader/elf.ts";
import { SHF_EXECINSTR, SHT_PROGBITS } from "../loader/elf-constants.ts";
import { ElfError } from "../loader/errors.ts";
import { readSections, sectionBytes } from "../loader/sections.ts";
import { arraySource } from "../loader/source.ts";
import { readSymbols, type SymbolTable } from "../loader/symbols.ts";
import type { Platform } from "../platform/platform.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";
import { CommandError, STATUS_BAD_INPUT, UsageError } from "./status.ts";

/** A stretch of code: its bytes and where they lie in the guest's memory. */
interface Code {
  readonly address: number;
  readonly bytes: Uint8Array;
}

interface Line {
  readonly address: number;
  /** The encoding in hexadecimal, 4 or 8 digits (2 or 6 for what is left at the end). */
  readonly word: string;
  readonly text: string;
  /** Name that stands at this address. */
  readonly symbol?: string;
}

const LINES_PER_WRITE = 1000;

/** Carries out the command. Returns the exit status. */
export async function printDisassembly(options: Options, platform: Platform): Promise<number> {
  const { codes, symbols } = readInput(options, platform);
  const noAliases = options.has("no-aliases");
  const lines = codes.flatMap((code) => disassembleCode(code, symbols, noAliases));
  if (options.has("json")) print(platform.stdout, `${JSON.stringify(lines)}\n`);
  else await printLines(lines, platform);
  return 0;
}

function readInput(options: Options, platform: Platform): { codes: Code[]; symbols: SymbolTable | null } {
  const { operands } = options;
  if (operands.length === 0) throw new UsageError("disasm needs a file, or words to disassemble", "disasm");
  const address = options.integer("address", 0, 0xfffffffe) ?? 0;
  const [path] = operands;
  if (platform.files.entry(path) === null) {
    return { codes: [{ address, bytes: parseWords(operands) }], symbols: null };
  }
  if (operands.length > 1)
    throw new UsageError(`disasm takes one file, but was given ${operands.length}`, "disasm");
  const bytes = platform.files.read(path);
  if (options.has("raw")) return { codes: [{ address, bytes }], symbols: null };
  return readElf(path, bytes);
}

function parseWords(words: readonly string[]): Uint8Array {
  const bytes = words.flatMap((word) => {
    const match = /^(?:0x)?([0-9a-f]{8}|[0-9a-f]{4})$/i.exec(word);
    if (!match) {
      throw new UsageError(`${word} is neither a file nor a word of 4 or 8 hexadecimal digits`, "disasm");
    }
    const value = Number.parseInt(match[1], 16);
    return [0, 8, 16, 24].slice(0, match[1].length / 2).map((shift) => (value >>> shift) & 0xff);
  });
  return Uint8Array.from(bytes);
}

function readElf(path: string, bytes: Uint8Array): { codes: Code[]; symbols: SymbolTable } {
  const source = arraySource(bytes);
  try {
    const { segments } = parseElf(source);
    const sections = [...readSections(source)].filter(
      ({ type, flags }) => type === SHT_PROGBITS && flags & SHF_EXECINSTR,
    );
    const codes =
      sections.length > 0
        ? sections.map((section) => ({ address: section.address, bytes: sectionBytes(source, section) }))
        : segments
            .filter(({ protection }) => protection & PROTECT_EXECUTE)
            .map(({ address, offset, fileSize }) => ({
              address,
              bytes: bytes.subarray(offset, offset + fileSize),
            }));
    return { codes, symbols: readSymbols(source) };
  } catch (error) {
    if (!(error instanceof ElfError)) throw error;
    const hint = error.code === "not-elf" ? " (use --raw for plain code)" : "";
    throw new CommandError(`${path}: ${error.message}${hint}`, STATUS_BAD_INPUT);
  }
}

function disassembleCode(code: Code, symbols: SymbolTable | null, noAliases: boolean): Line[] {
  const { bytes } = code;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const symbol = (address: number) => symbolAt(symbols, address);
  const lines: Line[] = [];
  for (let at = 0; at < bytes.length; ) {
    const address = code.address + at;
    const left = bytes.length - at;
    const half = left >= 2 ? view.getUint16(at, true) : 0;
    const size = left < 2 ? 1 : Math.min(instructionSize(half), left >= 4 ? 4 : 2);
    const word = size === 4 ? view.getUint32(at, true) : size === 2 ? half : bytes[at];
    const whole = left >= 2 && size === instructionSize(half);
    const text = whole
      ? disassemble(word, address, { aliases: !noAliases, symbol })
      : `.${size}byte\t0x${word.toString(16)}`;
    const here = symbols?.covering(address);
    lines.push({
      address,
      word: word.toString(16).padStart(size * 2, "0"),
      text,
      ...(here?.address === address ? { symbol: here.name } : {}),
    });
    at += size;
  }
  return lines;
}

function symbolAt(symbols: SymbolTable | null, address: number): string | undefined {
  const symbol = symbols?.covering(address);
  if (!symbol) return undefined;
  const distance = address - symbol.address;
  return distance === 0 ? symbol.name : `${symbol.name}+0x${distance.toString(16)}`;
}

async function printLines(lines: readonly Line[], platform: Platform): Promise<void> {
  for (let at = 0; at < lines.length; at += LINES_PER_WRITE) {
    print(
      platform.stdout,
      lines
        .slice(at, at + LINES_PER_WRITE)
        .map(formatLine)
        .join(""),
    );
    await platform.stdout.drained();
    if (platform.stdout.closed) return;
  }
}

function formatLine({ address, word, text, symbol }: Line): string {
  const title = symbol === undefined ? "" : `\n${address.toString(16).padStart(8, "0")} <${symbol}>:\n`;
  const [mnemonic, operands = ""] = text.split("\t");
  return `${title}${address.toString(16).padStart(8)}:  ${word.padEnd(8)}  ${`${mnemonic.padEnd(8)}${operands}`.trimEnd()}\n`;
}
