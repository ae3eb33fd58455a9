// Programs as links name or carry them.

export type SharedProgram =
  | { readonly example: string }
  /** Assembly that somebody wrote. */
  | { readonly name: string; readonly source: string }
  /** An ELF file, in Base64. */
  | { readonly name: string; readonly executable: string }
  /** A run from a file: no link carries it. `of`: the example whose run it is; "" until that is known, or of none. */
  | { readonly name: string; readonly recording: Uint8Array; readonly of: string };

/** One that a new machine can be made for. */
export type BootProgram = Exclude<SharedProgram, { readonly recording: Uint8Array }>;

/** An example's id, or the name of a program of one's own. */
export function nameOf(program: SharedProgram): string {
  return "example" in program ? program.example : program.name;
}

/** Base64 with the letters of RFC 4648, section 5, and no padding. */
export function toLetters(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromLetters(letters: string): Uint8Array {
  const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
