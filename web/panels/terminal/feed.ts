// Output on its way from the pictures to the screen and to the plain text: one batch at a time, the next when
// the screen has shown it. What a program writes faster than that is skipped, and a note says how much.

import { signal } from "@preact/signals";
import type { TerminalPicture, TerminalQuery } from "../../../host/picture/terminal.ts";
import { countText } from "../../page/text.ts";
import { PlainText } from "./plain-text.ts";
import type { Screen } from "./screen.ts";

const NOTHING: TerminalQuery = { run: 0, from: 0 };

export class Feed {
  /** What the next picture is asked for. */
  readonly query = signal(NOTHING);
  /** Grows with every change of the plain text. */
  readonly changes = signal(0);
  /** Bytes that were skipped since the screen began. */
  readonly skipped = signal(0);
  readonly plain = new PlainText();
  #screen: Screen | null = null;
  #isBusy = false;
  /** Whose output was shown last, and how much of it ever was. */
  #run = 0;
  #newest = 0;

  /** From now on there is a screen: it begins with what is there. */
  attach(screen: Screen | null): void {
    this.#screen = screen;
    this.#isBusy = false;
    this.query.value = NOTHING;
  }

  take(part: TerminalPicture): void {
    const { run, from } = this.query.value;
    if (this.#isBusy || part.asked.run !== run || part.asked.from !== from) return;
    if (part.run !== run || part.from < from) this.#beginAnew();
    else if (part.from > from) this.#note(part.from - from);
    this.#show(part);
  }

  #beginAnew(): void {
    this.plain.clear();
    this.#screen?.clear();
    this.skipped.value = 0;
    this.changes.value++;
  }

  #note(skipped: number): void {
    this.skipped.value += skipped;
    const note = `[${countText(skipped)} bytes skipped]`;
    this.plain.addNote(note);
    this.#screen?.writeNote(note);
  }

  #show({ run, from, bytes }: TerminalPicture): void {
    if (run !== this.#run) this.#newest = 0;
    this.#run = run;
    const end = from + bytes.length;
    const next = { run, from: end };
    if (bytes.length === 0) {
      if (run !== this.query.value.run || end !== this.query.value.from) this.query.value = next;
      return;
    }
    const isNew = from >= this.#newest;
    this.#newest = Math.max(this.#newest, end);
    this.plain.add(bytes);
    this.changes.value++;
    if (this.#screen) this.#write(this.#screen, bytes, isNew, next);
    else this.query.value = next;
  }

  #write(screen: Screen, bytes: Uint8Array, isNew: boolean, next: TerminalQuery): void {
    this.#isBusy = true;
    screen.write(bytes, isNew, () => {
      if (screen !== this.#screen) return;
      this.#isBusy = false;
      this.query.value = next;
    });
  }
}
