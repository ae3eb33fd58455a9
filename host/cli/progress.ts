// One line on a terminal's stderr that tells how a long run goes. It appears after a while, only where the
// guest's own output goes elsewhere, and is erased before anything else is written.

import type { Platform } from "../platform/platform.ts";
import { print } from "./print.ts";

const FIRST_MS = 2000;
const EVERY_MS = 250;
const ERASE = "\r\u001b[K";

export class Progress {
  readonly #platform: Platform;
  readonly #begin: number;
  #next: number;
  #isShown = false;

  /** `mayShow`: whether nobody else writes to the terminal. */
  constructor(platform: Platform, mayShow: boolean) {
    this.#platform = platform;
    this.#begin = platform.nowMs();
    this.#next = mayShow && platform.stderr.isTerminal ? this.#begin + FIRST_MS : Number.POSITIVE_INFINITY;
  }

  /** Shows the line if it is time to. `what` is asked only then. */
  update(what: () => string): void {
    const now = this.#platform.nowMs();
    if (now < this.#next) return;
    this.#next = now + EVERY_MS;
    this.#isShown = true;
    print(this.#platform.stderr, `${ERASE}${Math.round((now - this.#begin) / 1000)} s: ${what()}`);
  }

  erase(): void {
    if (this.#isShown) print(this.#platform.stderr, ERASE);
    this.#isShown = false;
  }
}
