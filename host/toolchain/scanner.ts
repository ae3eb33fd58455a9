// Reads one statement of assembly source by characters: white space, names, numbers, strings. Also cuts
// a source into statements, with comments blanked so that columns stay what the author sees.

import { type Place, SourceError } from "./diagnostics.ts";
import { type Integer, integer } from "./integers.ts";

const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;

/** Character classes of names: bit 0 may begin one, bit 1 may continue one. */
const NAME_CLASS = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const char = String.fromCharCode(c);
  if (/[A-Za-z_.$]/.test(char) || c >= 128) NAME_CLASS[c] = 3;
  else if (/[0-9]/.test(char)) NAME_CLASS[c] = 2;
}

function isNamePart(code: number): boolean {
  return code > 255 || (NAME_CLASS[code]! & 2) !== 0;
}

/** A position in one statement. Offsets count from 0 at the statement's first character. */
export class Scanner {
  text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.position);
      if (code !== SPACE && code !== TAB) return;
      this.position++;
    }
  }

  /** Skips white space; whether the statement ends here. */
  atEnd(): boolean {
    this.skipSpace();
    return this.position >= this.text.length;
  }

  /** Skips white space, then `char` if it is next. */
  accept(char: string): boolean {
    this.skipSpace();
    if (this.text[this.position] !== char) return false;
    this.position++;
    return true;
  }

  /** The next character after white space, "" at the end. */
  peek(): string {
    this.skipSpace();
    return this.text[this.position] ?? "";
  }

  expect(char: string, where: string): void {
    if (!this.accept(char)) throw new SourceError(this.position, `${this.found()} ${where}`, `\`${char}\``);
  }

  /** Demands the end of the statement. */
  expectEnd(): void {
    if (!this.atEnd())
      throw new SourceError(this.position, `${this.found()} after the statement`, "the end of the line");
  }

  /** What stands here, for a message. */
  found(): string {
    this.skipSpace();
    const rest = this.text.slice(this.position);
    if (rest === "") return "the line ends";
    const word = /^(?:[\w.$]+|.)/u.exec(rest)![0];
    return `\`${word}\` stands`;
  }

  /** A name (symbol, mnemonic, directive), or "" if none is next. A quoted name loses its quotes. */
  name(): string {
    this.skipSpace();
    const { text } = this;
    const start = this.position;
    const first = text.charCodeAt(start);
    if (first === QUOTE) return this.string();
    if (!(first > 255 || (NAME_CLASS[first]! & 1) !== 0)) return "";
    let end = start + 1;
    while (isNamePart(text.charCodeAt(end))) end++;
    this.position = end;
    return text.slice(start, end);
  }

  /** A name that must be there. */
  expectName(what: string): string {
    this.skipSpace();
    const start = this.position;
    const name = this.name();
    if (name === "") throw new SourceError(start, `${this.found()} where a name is needed`, what);
    return name;
  }

  /** Everything up to the next comma outside quotes and parentheses, trimmed. */
  rawArgument(): string {
    this.skipSpace();
    const { text } = this;
    const start = this.position;
    let depth = 0;
    for (; this.position < text.length; this.position++) {
      const char = text[this.position]!;
      if (char === '"') this.position = endOfString(text, this.position) - 1;
      else if (char === "(") depth++;
      else if (char === ")") depth--;
      else if (char === "," && depth <= 0) break;
    }
    return text.slice(start, this.position).trim();
  }

  /** The rest of the statement, trimmed. */
  rest(): string {
    const rest = this.text.slice(this.position).trim();
    this.position = this.text.length;
    return rest;
  }

  /** A string in quotes, its escapes replaced; characters are bytes (UTF-8). */
  string(): string {
    this.skipSpace();
    const start = this.position;
    if (this.text[start] !== '"')
      throw new SourceError(start, `${this.found()} where a string is needed`, "text in double quotes");
    const end = endOfString(this.text, start);
    if (end > this.text.length)
      throw new SourceError(start, "the string does not end", 'a closing `"` on the same line');
    this.position = end;
    return unescaped(this.text.slice(start + 1, end - 1));
  }

  /** A number, if one is next: decimal, 0x, 0b, 0 (octal), 'c. Digits with a `b` or `f` are for the caller. */
  number(): Integer | undefined {
    this.skipSpace();
    const { text } = this;
    const start = this.position;
    const first = text.charCodeAt(start);
    if (first === APOSTROPHE) return this.character();
    if (!(first >= 48 && first <= 57)) return undefined;
    let end = start + 1;
    while (isNamePart(text.charCodeAt(end)) && text.charCodeAt(end) !== 46) end++;
    const word = text.slice(start, end);
    const value = parseNumber(word);
    if (value === undefined)
      throw new SourceError(start, `\`${word}\` is no number`, "digits, 0x…, 0b… or 0… (octal)");
    this.position = end;
    return value;
  }

  private character(): Integer {
    const start = this.position;
    const escaped = this.text[start + 1] === "\\";
    const match = escaped ? ESCAPE.exec(this.text.slice(start + 1)) : null;
    const body = match ? match[0] : this.text.slice(start + 1, start + 2);
    if (body === "") throw new SourceError(start, "a character is missing after '", "as in 'A");
    this.position = start + 1 + body.length;
    if (this.text.charCodeAt(this.position) === APOSTROPHE) this.position++;
    return unescaped(body).charCodeAt(0);
  }
}

function parseNumber(word: string): Integer | undefined {
  if (/^(?:0|[1-9]\d{0,14})$/.test(word)) return Number(word);
  if (/^0[xX][0-9a-fA-F]+$/.test(word) || /^0[bB][01]+$/.test(word)) {
    return word.length <= 12 ? Number(word) : integer(BigInt(word));
  }
  if (/^0[0-7]+$/.test(word)) return integer(BigInt(`0o${word.slice(1)}`));
  if (/^[1-9]\d*$/.test(word)) return integer(BigInt(word));
  return undefined;
}

/** Offset after the closing quote of the string that begins at `start`; beyond the end if it is not closed. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) return i + 1;
  }
  return text.length + 1;
}

const ESCAPE = /^\\(?:[0-7]{1,3}|[xX][0-9a-fA-F]+|[\s\S])/;

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Replaces escapes and turns characters beyond ASCII into their UTF-8 bytes. */
function unescaped(text: string): string {
  const bytes = /[^\0-\x7f]/.test(text) ? toUtf8(text) : text;
  if (!bytes.includes("\\")) return bytes;
  return bytes.replace(/\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]+)|([\s\S]))/g, (_, octal, hex, char) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex.slice(-2), 16));
    return ESCAPES[char] ?? char;
  });
}

function toUtf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** Blanks comments in slashes and stars (they may span lines), with the same number of lines and columns. */
function blankBlockComments(source: string): string {
  if (!source.includes("/*")) return source;
  return source.replace(/"(?:\\.|[^"\\\n])*"|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (match) =>
    match.startsWith("/*") ? match.replace(/[^\n]/g, " ") : match,
  );
}

/** A statement with its place; `text` has no comment and no separator. */
export interface Statement extends Place {
  readonly statement: string;
}

/** Cuts a source into its statements, empty ones left out. */
export function splitStatements(source: string, file: string): Statement[] {
  const statements: Statement[] = [];
  const lines = blankBlockComments(source).split("\n");
  let from: { file: string; shift: number } = { file, shift: 1 };
  for (let i = 0; i < lines.length; i++) {
    const raw = lines[i]!;
    const text = raw.charCodeAt(raw.length - 1) === 13 ? raw.slice(0, -1) : raw;
    const marker = text.charCodeAt(0) === HASH ? LINE_MARKER.exec(text) : null;
    if (marker) from = { file: unescaped(marker[2]!), shift: Number(marker[1]) - i - 1 };
    else splitLine(text, from.file, i + from.shift, statements);
  }
  return statements;
}

/** A preprocessor's `# 12 "file.c"`: the next line is line 12 of that file. */
const LINE_MARKER = /^#\s*(\d+)\s+"((?:\\.|[^"\\])*)"/;

function splitLine(text: string, file: string, line: number, statements: Statement[]): void {
  let start = 0;
  const push = (end: number) => {
    while (start < end && (text.charCodeAt(start) === SPACE || text.charCodeAt(start) === TAB)) start++;
    if (start < end)
      statements.push({ file, line, column: start + 1, text, statement: text.slice(start, end).trimEnd() });
    start = end + 1;
  };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > SEMICOLON) continue;
    if (code === QUOTE) i = endOfString(text, i) - 1;
    else if (code === SEMICOLON) push(i);
    else if (code === HASH || (code === SLASH && text.charCodeAt(i + 1) === SLASH)) return push(i);
    else if (code === APOSTROPHE && i + 1 < text.length) i += text.charCodeAt(i + 1) === BACKSLASH ? 2 : 1;
  }
  push(text.length);
}
