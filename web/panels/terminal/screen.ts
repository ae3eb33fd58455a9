// The screen: xterm.js, held to what a machine's terminal may do in a page. Output is shown and nothing else: it
// sets no colours of the page, makes no links, touches no clipboard. Loaded only when somebody needs it.

import "@xterm/xterm/css/xterm.css";
import { Terminal } from "@xterm/xterm";
import { NumberGuard } from "./guard.ts";
import { screenTheme } from "./theme.ts";

const SCROLLBACK = 2000;
/** Bytes between which xterm may let the page do other things: some sequences are much work. */
const PIECE = 1024;
/** Sequences whose work grows with their number; one beyond any screen does nothing. */
const REPEATERS = ["@", "I", "L", "M", "P", "S", "T", "X", "Z", "b"];
const REPEATS_MAX = 500;
const FONT_SIZE = 12;
const LEAST_ROWS = 2;
const LEAST_COLUMNS = 10;
/** The width that the scroll bar takes from the columns, in pixels. */
const SCROLLBAR = 14;
/** Ends whatever escape sequence is open, and all colours: before a note of ours. */
const CLEAN = "\x18\x1b[0m";
/** Operating system commands that are not a terminal's affair here: colours (4, 10 to 19, and back), links, clipboard. */
const REFUSED_COMMANDS = [4, 5, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 52, 104, 105, 110, 111, 112];
/** Questions that a terminal answers by what looks like keys. */
const QUESTIONS = [
  { final: "c" },
  { prefix: ">", final: "c" },
  { prefix: "=", final: "c" },
  { final: "n" },
  { prefix: "?", final: "n" },
  { intermediates: "$", final: "p" },
  { prefix: "?", intermediates: "$", final: "p" },
];
/** The page's own keys, and those by which a browser pastes and copies. */
const PAGE_KEYS = /^F\d+$/;

export interface ScreenListener {
  /** Keys and pasted text. */
  readonly typed: (bytes: Uint8Array) => void;
  /** The person wants to leave the terminal with the keyboard. */
  readonly left: () => void;
}

export class Screen {
  readonly #terminal: Terminal;
  readonly #host: HTMLElement;
  readonly #listener: ScreenListener;
  /** Whether what is being shown comes for the first time: only then may it be answered. */
  #isNew = false;
  #guard = new NumberGuard();

  constructor(host: HTMLElement, listener: ScreenListener) {
    this.#host = host;
    this.#listener = listener;
    this.#terminal = new Terminal({
      fontFamily: getComputedStyle(host).fontFamily,
      fontSize: FONT_SIZE,
      lineHeight: 1.15,
      scrollback: SCROLLBACK,
      screenReaderMode: true,
      // What is wrong in the output of a program is no error of the page.
      logLevel: "off",
      minimumContrastRatio: 4.5,
      theme: screenTheme(),
      // A link would leave the page at a program's word.
      linkHandler: { activate: () => {} },
    });
    this.#restrict();
    this.#listen();
    this.#terminal.open(host);
    this.#prepareKeyboard(this.#terminal.textarea);
    this.fit();
  }

  #prepareKeyboard(field: HTMLTextAreaElement | undefined): void {
    if (!field) return;
    // The frame around it is in the order of Tab, and Enter leads in.
    field.tabIndex = -1;
    // Text without a key, as from a panel of signs or a voice: xterm leaves it out for screen readers.
    let isKeyDown = false;
    field.addEventListener("keydown", () => (isKeyDown = true));
    field.addEventListener("keyup", () => (isKeyDown = false));
    field.addEventListener("input", (event) => {
      const { inputType, data, isComposing } = event as InputEvent;
      if (inputType === "insertText" && data && !isKeyDown && !isComposing) this.#terminal.input(data);
    });
  }

  #restrict(): void {
    const { parser } = this.#terminal;
    for (const final of REPEATERS)
      parser.registerCsiHandler({ final }, ([count]) => Number(count) > REPEATS_MAX);
    for (const command of REFUSED_COMMANDS) parser.registerOscHandler(command, () => true);
    for (const question of QUESTIONS) parser.registerCsiHandler(question, () => !this.#isNew);
    parser.registerDcsHandler({ intermediates: "$", final: "q" }, () => !this.#isNew);
  }

  #listen(): void {
    const encoder = new TextEncoder();
    this.#terminal.onData((text) => this.#listener.typed(encoder.encode(text)));
    this.#terminal.onBinary((text) =>
      this.#listener.typed(Uint8Array.from(text, (character) => character.charCodeAt(0))),
    );
    this.#terminal.attachCustomKeyEventHandler((event) => this.#isForTerminal(event));
  }

  #isForTerminal(event: KeyboardEvent): boolean {
    if (event.key === "Tab" && event.shiftKey) {
      if (event.type === "keydown") {
        event.preventDefault();
        this.#listener.left();
      }
      return false;
    }
    const isEdit = event.ctrlKey && event.shiftKey && /^[cv]$/i.test(event.key);
    return !PAGE_KEYS.test(event.key) && !isEdit && !(event.shiftKey && event.key === "Insert");
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Shows output; `isNew`: it comes for the first time. `shown` is called when it is on the screen. */
  write(bytes: Uint8Array, isNew: boolean, shown: () => void): void {
    this.#isNew = isNew;
    const harmless = this.#guard.filter(bytes);
    for (let at = 0; at < harmless.length; at += PIECE)
      this.#terminal.write(harmless.subarray(at, at + PIECE));
    this.#terminal.write("", shown);
  }

  /** A line of ours between those of the program. */
  writeNote(note: string): void {
    this.#terminal.write(`${CLEAN}\r\n\x1b[2m${note}\x1b[0m\r\n`);
  }

  clear(): void {
    this.#guard = new NumberGuard();
    this.#terminal.reset();
  }

  /** Takes as many rows and columns as there is room for. */
  fit(): void {
    const screen = this.#host.querySelector<HTMLElement>(".xterm-screen");
    const { rows, cols } = this.#terminal;
    if (!screen?.offsetWidth || !this.#host.clientHeight) return;
    const { width, height } = screen.getBoundingClientRect();
    const columns = Math.floor(((this.#host.clientWidth - SCROLLBAR) * cols) / width);
    const lines = Math.floor((this.#host.clientHeight * rows) / height);
    this.#terminal.resize(Math.max(columns, LEAST_COLUMNS), Math.max(lines, LEAST_ROWS));
  }

  /** Takes the colours of the page's theme. */
  recolour(): void {
    this.#terminal.options.theme = screenTheme();
  }

  dispose(): void {
    this.#terminal.dispose();
  }
}
