// Numbers in escape sequences, held to what means something: a terminal that takes "insert 2147483647 lines" at
// its word never comes back. Bytes pass but for digits behind the fourth of a number in a control sequence.

const ESCAPE = 0x1b;
const C1_LEAD = 0xc2;
/** Digits of the largest number: that of a private mode. */
const DIGITS_MAX = 4;

type State = "text" | "escape" | "c1" | "sequence";

export class NumberGuard {
  #state: State = "text";
  #digits = 0;

  /** The bytes without surplus digits; a sequence may go on in the next ones. */
  filter(bytes: Uint8Array): Uint8Array {
    const kept = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) if (this.#keeps(byte)) kept[length++] = byte;
    return kept.subarray(0, length);
  }

  #keeps(byte: number): boolean {
    if (this.#state === "sequence" && byte >= 0x30 && byte <= 0x39) return ++this.#digits <= DIGITS_MAX;
    this.#digits = 0;
    this.#state = this.#next(byte);
    return true;
  }

  #next(byte: number): State {
    if (byte === ESCAPE) return "escape";
    switch (this.#state) {
      case "escape":
        if (byte < 0x20) return "escape";
        return byte === 0x5b || byte === 0x50 ? "sequence" : "text";
      case "c1":
        return byte === 0x9b || byte === 0x90 ? "sequence" : "text";
      case "sequence":
        // Control characters are carried out amid a sequence; CAN and SUB end it.
        if (byte === 0x18 || byte === 0x1a) return "text";
        return byte < 0x40 || byte === 0x7f ? "sequence" : "text";
      default:
        return byte === C1_LEAD ? "c1" : "text";
    }
  }
}
