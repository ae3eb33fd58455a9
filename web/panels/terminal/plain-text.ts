// The output of a terminal as lines of plain text: for those who cannot use the screen, and until it is needed.
// Escape sequences are left out, returns and backspaces move back to be overwritten; nothing is interpreted.

/** Lines and characters that are kept, and characters of a line. */
const LINES_MAX = 500;
const TEXT_MAX = 65_536;
const LINE_MAX = 2000;

type State = "text" | "escape" | "sequence" | "string" | "string escape";

export class PlainText {
  #lines: string[] = [];
  /** Characters in them. */
  #size = 0;
  #line: string[] = [];
  #column = 0;
  #state: State = "text";
  #decoder = new TextDecoder();
  #isPlain = true;

  /** Whether a screen would have shown the same: no escape sequence came. */
  get isPlain(): boolean {
    return this.#isPlain;
  }

  /** Adds output; UTF-8 that is cut goes on with the next bytes, wrong UTF-8 becomes U+FFFD. */
  add(bytes: Uint8Array): void {
    for (const character of this.#decoder.decode(bytes, { stream: true })) this.#take(character);
  }

  /** Adds a line of its own. */
  addNote(note: string): void {
    if (this.#line.length > 0) this.#endLine();
    this.#line = [note];
    this.#endLine();
    this.#state = "text";
  }

  clear(): void {
    this.#lines = [];
    this.#size = 0;
    this.#line = [];
    this.#column = 0;
    this.#state = "text";
    this.#decoder = new TextDecoder();
    this.#isPlain = true;
  }

  /** The text; `lines`: no more than the latest so many. */
  toString(lines = LINES_MAX): string {
    return [...this.#lines.slice(-lines), this.#line.join("")].join("\n");
  }

  #take(character: string): void {
    if (this.#state === "text") this.#takeText(character);
    else this.#state = this.#skip(character);
  }

  /** Within an escape sequence: what comes next. */
  #skip(character: string): State {
    switch (this.#state) {
      case "escape":
        if (character === "[") return "sequence";
        if ("]P_^X".includes(character)) return "string";
        return character >= " " && character <= "/" ? "escape" : "text";
      case "sequence":
        return character >= "@" && character <= "~" ? "text" : "sequence";
      case "string":
        if (character === "\x07" || character === "\x9c") return "text";
        return character === "\x1b" ? "string escape" : "string";
      default:
        return character === "\\" ? "text" : "string";
    }
  }

  #takeText(character: string): void {
    switch (character) {
      case "\x1b":
        this.#isPlain = false;
        this.#state = "escape";
        return;
      case "\n":
        this.#endLine();
        return;
      case "\r":
        this.#column = 0;
        return;
      case "\b":
        this.#column = Math.max(0, this.#column - 1);
        return;
      default:
        if (character >= " " || character === "\t") this.#put(character);
    }
  }

  #put(character: string): void {
    if (this.#column >= LINE_MAX) this.#endLine();
    this.#line[this.#column++] = character;
  }

  #endLine(): void {
    const line = this.#line.join("");
    this.#lines.push(line);
    this.#size += line.length;
    while (this.#lines.length > LINES_MAX || this.#size > TEXT_MAX) {
      this.#size -= this.#lines.shift()?.length ?? 0;
    }
    this.#line = [];
    this.#column = 0;
  }
}
