// Runs a machine in slices, between which the worker hears the page. How fast is real time's affair and never
// changes what the machine does.

/** Real time of a slice, in milliseconds: short enough that a picture can be had in every frame. */
export const SLICE_MS = 8;
/** At a chosen speed no more than this is made good when the worker was late. */
const LONGEST_DEBT_MS = 100;

/** What is driven: something that can be advanced by some instructions. */
export interface Engine {
  /** Advances until it stops by itself, has retired `limit` instructions, or `pauseWhen` says so. */
  advance(limit: number, pauseWhen: () => boolean): { readonly done: boolean };
  /** Instructions retired. */
  readonly retired: number;
}

export class Runner {
  readonly #engine: Engine;
  readonly #stopped: () => void;
  #speed = Number.POSITIVE_INFINITY;
  #going = false;
  /** Real time up to which the instructions that are due have been executed. */
  #paidUntil = 0;
  /** Ends a wait early. */
  #awake: () => void = () => {};

  /** `stopped` is called when the engine stopped by itself. */
  constructor(engine: Engine, stopped: () => void) {
    this.#engine = engine;
    this.#stopped = stopped;
  }

  get going(): boolean {
    return this.#going;
  }

  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#paidUntil = performance.now();
    this.#awake();
  }

  go(): void {
    if (this.#going) return;
    this.#going = true;
    this.#paidUntil = performance.now();
    void this.#loop();
  }

  halt(): void {
    this.#going = false;
    this.#awake();
  }

  async #loop(): Promise<void> {
    while (this.#going) {
      const waitMs = this.#slice();
      if (!this.#going) break;
      await (waitMs > 0 ? this.#sleep(waitMs) : nextTask());
    }
  }

  /** One slice; returns how long there is nothing to do, in milliseconds. */
  #slice(): number {
    const now = performance.now();
    const limit = this.#due(now);
    if (limit < 1) return 1000 / this.#speed - (now - this.#paidUntil);
    const before = this.#engine.retired;
    const { done } = this.#engine.advance(limit, () => performance.now() - now >= SLICE_MS);
    this.#paidUntil += ((this.#engine.retired - before) / this.#speed) * 1000;
    if (!done) return 0;
    this.#going = false;
    this.#stopped();
    return 0;
  }

  /** Instructions to be executed by now. */
  #due(now: number): number {
    if (this.#speed === Number.POSITIVE_INFINITY) return this.#speed;
    this.#paidUntil = Math.max(this.#paidUntil, now - Math.max(LONGEST_DEBT_MS, 1000 / this.#speed));
    return Math.floor(((now - this.#paidUntil) / 1000) * this.#speed);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#awake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const channel = new MessageChannel();

/** Lets messages that are waiting be heard; costs some microseconds (a timer would cost four milliseconds). */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}
