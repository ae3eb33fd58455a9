// Small ELF files made by hand, field by field, for tests of the parser.

export interface SegmentSpec {
  type?: number;
  offset?: number;
  address?: number;
  fileSize?: number;
  memorySize?: number;
  flags?: number;
  align?: number;
}

export const R = 4;
export const RW = 6;
export const RX = 5;
export const ENTRY = 0x10100;

/** A right program: text at 0x10000 (with the headers), data and bss in the page after the next. */
export const RIGHT: readonly SegmentSpec[] = [
  { offset: 0, address: 0x10000, fileSize: 0x200, flags: RX },
  { offset: 0x200, address: 0x12200, fileSize: 0x100, memorySize: 0x3000, flags: RW },
];
export const RIGHT_SIZE = 0x300;

/** The file's bytes count up, so that each tells where it comes from. */
export function elfFile(segments: readonly SegmentSpec[] = RIGHT, size = RIGHT_SIZE): Uint8Array {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 255);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const halves = { 16: 2, 18: 243, 40: 52, 42: 32, 44: segments.length, 46: 40, 48: 0, 50: 0 };
  for (const [at, value] of Object.entries(halves)) view.setUint16(Number(at), value, true);
  const words = { 20: 1, 24: ENTRY, 28: 52, 32: 0, 36: 1 };
  for (const [at, value] of Object.entries(words)) view.setUint32(Number(at), value, true);
  for (const [index, spec] of segments.entries()) {
    const fileSize = spec.fileSize ?? 0;
    const address = spec.address ?? 0;
    const fields = [
      spec.type ?? 1,
      spec.offset ?? 0,
      address,
      address,
      fileSize,
      spec.memorySize ?? fileSize,
      spec.flags ?? R,
      spec.align ?? 0x1000,
    ];
    for (const [i, value] of fields.entries()) view.setUint32(52 + index * 32 + i * 4, value, true);
  }
  return bytes;
}
