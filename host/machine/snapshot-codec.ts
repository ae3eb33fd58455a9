// Plain trees (null, booleans, numbers, strings, arrays, objects, Uint8Array) as bytes. Equal trees give equal
// bytes whatever the order in which their keys were set: keys are sorted, and each value has one form only.
//
//   0 null | 1 false | 2 true
//   3 integer: zigzag varint, for -2^31 .. 2^31-1 | 4 number: 8 bytes, IEEE 754, for all others
//   5 string of code units 0..255: count, bytes | 6 other string: count, 16-bit code units
//   7 bytes: count, bytes | 8 array: count, values | 9 object: count, pairs of string and value
//   Counts are varints; all is little endian.

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const INTEGER = 3;
const NUMBER = 4;
const BYTE_STRING = 5;
const WIDE_STRING = 6;
const BYTES = 7;
const ARRAY = 8;
const OBJECT = 9;

/** Nesting that the kernel's state never comes near. */
const DEPTH_MAX = 64;

/** Bytes that are not a tree's: `offset` is where. */
export class CodecError extends Error {
  override readonly name = "CodecError";
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** The tree's bytes. Throws a TypeError that names the path of a value that is not plain data. */
export function encodeTree(tree: unknown): Uint8Array {
  const writer = new Writer();
  writeValue(writer, tree, "state");
  return writer.bytes();
}

/** The tree of these bytes. Throws CodecError. */
export function decodeTree(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = readValue(reader, 0);
  if (reader.at !== bytes.length) throw new CodecError(reader.at, "bytes follow the end of the tree");
  return value;
}

class Writer {
  #bytes = new Uint8Array(65536);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Makes room for `count` more bytes; where they go. */
  #take(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }

  byte(value: number): void {
    const at = this.#take(1);
    this.#bytes[at] = value;
  }

  varint(value: number): void {
    let rest = value >>> 0;
    for (; rest > 127; rest >>>= 7) this.byte((rest & 127) | 128);
    this.byte(rest);
  }

  half(value: number): void {
    const at = this.#take(2);
    this.#view.setUint16(at, value, true);
  }

  double(value: number): void {
    const at = this.#take(8);
    this.#view.setFloat64(at, value, true);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#take(bytes.length);
    this.#bytes.set(bytes, at);
  }
}

function writeValue(writer: Writer, value: unknown, path: string): void {
  if (value === null) writer.byte(NULL);
  else if (typeof value === "boolean") writer.byte(value ? TRUE : FALSE);
  else if (typeof value === "number") writeNumber(writer, value);
  else if (typeof value === "string") writeString(writer, value);
  else if (value instanceof Uint8Array) writeBytes(writer, value);
  else if (Array.isArray(value)) writeArray(writer, value, path);
  else if (isPlainObject(value)) writeObject(writer, value, path);
  else throw new TypeError(`${path} is not plain data: ${Object.prototype.toString.call(value)}`);
}

function writeNumber(writer: Writer, value: number): void {
  if ((value | 0) === value && !Object.is(value, -0)) {
    writer.byte(INTEGER);
    writer.varint((value << 1) ^ (value >> 31));
  } else {
    writer.byte(NUMBER);
    writer.double(value);
  }
}

function writeString(writer: Writer, value: string): void {
  const wide = /[^\0-\xff]/.test(value);
  writer.byte(wide ? WIDE_STRING : BYTE_STRING);
  writer.varint(value.length);
  for (let i = 0; i < value.length; i++) {
    if (wide) writer.half(value.charCodeAt(i));
    else writer.byte(value.charCodeAt(i));
  }
}

function writeBytes(writer: Writer, value: Uint8Array): void {
  writer.byte(BYTES);
  writer.varint(value.length);
  writer.raw(value);
}

function writeArray(writer: Writer, value: readonly unknown[], path: string): void {
  writer.byte(ARRAY);
  writer.varint(value.length);
  for (let i = 0; i < value.length; i++) writeValue(writer, value[i], `${path}[${i}]`);
}

function writeObject(writer: Writer, value: Readonly<Record<string, unknown>>, path: string): void {
  const keys = Object.keys(value).sort();
  writer.byte(OBJECT);
  writer.varint(keys.length);
  for (const key of keys) {
    writeString(writer, key);
    writeValue(writer, value[key], `${path}.${key}`);
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Passes over `count` bytes; where they begin. */
  take(count: number): number {
    if (count > this.#bytes.length - this.at)
      throw new CodecError(this.at, "the tree ends in the middle of a value");
    const at = this.at;
    this.at += count;
    return at;
  }

  byte(): number {
    return this.#bytes[this.take(1)];
  }

  varint(): number {
    const start = this.at;
    let value = 0;
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value >= 2 ** 32 || (byte === 0 && scale > 1)) break;
        return value;
      }
    }
    throw new CodecError(start, "a count or integer is not in its shortest form or too large");
  }

  /** A count of things of at least `size` bytes each. */
  count(size: number): number {
    const start = this.at;
    const count = this.varint();
    if (count * size > this.#bytes.length - this.at)
      throw new CodecError(start, "a count exceeds the bytes that follow");
    return count;
  }

  half(): number {
    return this.#view.getUint16(this.take(2), true);
  }

  double(): number {
    return this.#view.getFloat64(this.take(8), true);
  }

  raw(count: number): Uint8Array {
    const at = this.take(count);
    return this.#bytes.slice(at, at + count);
  }
}

function readValue(reader: Reader, depth: number): unknown {
  const at = reader.at;
  if (depth > DEPTH_MAX) throw new CodecError(at, "the tree is nested too deeply");
  const tag = reader.byte();
  switch (tag) {
    case NULL:
      return null;
    case FALSE:
      return false;
    case TRUE:
      return true;
    case INTEGER: {
      const zigzag = reader.varint();
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }
    case NUMBER:
      return reader.double();
    case BYTE_STRING:
    case WIDE_STRING:
      return readString(reader, tag);
    case BYTES:
      return reader.raw(reader.count(1));
    case ARRAY:
      return readArray(reader, depth);
    case OBJECT:
      return readObject(reader, depth);
    default:
      throw new CodecError(at, `there is no kind of value ${tag}`);
  }
}

function readString(reader: Reader, tag: number): string {
  const wide = tag === WIDE_STRING;
  const length = reader.count(wide ? 2 : 1);
  let text = "";
  for (let i = 0; i < length; i++) text += String.fromCharCode(wide ? reader.half() : reader.byte());
  return text;
}

function readArray(reader: Reader, depth: number): unknown[] {
  const length = reader.count(1);
  const array: unknown[] = [];
  for (let i = 0; i < length; i++) array.push(readValue(reader, depth + 1));
  return array;
}

function readObject(reader: Reader, depth: number): Record<string, unknown> {
  const length = reader.count(3);
  const entries: [string, unknown][] = [];
  for (let i = 0; i < length; i++) {
    const at = reader.at;
    const tag = reader.byte();
    if (tag !== BYTE_STRING && tag !== WIDE_STRING) throw new CodecError(at, "a key is not a string");
    const key = readString(reader, tag);
    if (i > 0 && entries[i - 1][0] >= key) throw new CodecError(at, "keys are not in order");
    entries.push([key, readValue(reader, depth + 1)]);
  }
  return Object.fromEntries(entries); // also right for the key "__proto__"
}
