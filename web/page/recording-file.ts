// How a recording is told from other files: by its first bytes (host/history/recording.ts).

const MAGIC = "\x89TSLR\r\n\x1a";

export function isRecording(bytes: Uint8Array): boolean {
  return MAGIC.split("").every((letter, at) => bytes[at] === letter.charCodeAt(0));
}
