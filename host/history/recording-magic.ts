// How a file with a recording begins: by these bytes it is told from other files.

/** Like the one of snapshots, with an R. */
export const MAGIC = Uint8Array.of(0x89, 0x54, 0x53, 0x4c, 0x52, 0x0d, 0x0a, 0x1a);

export function isRecording(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}
