// How often a machine at full speed is looked at: a picture takes time that the machine then lacks, and so does showing
// it, on a computer with few processors. Nobody reads sixty a second of something that moves that fast. What a person
// does, and whatever else happens to the machine than that it runs, is to be seen at once.

/** Real time between two pictures, in milliseconds: at the least, and where they are much work. */
const LEAST_MS = 100;
const MOST_MS = 250;
/** As much of the time as pictures may take between the two. */
const SHARE = 0.03;

export class PicturePace {
  readonly #now: () => number;
  #dueAt = 0;
  /** Ends the wait that is under way; false: for nothing. */
  #end: ((isDue: boolean) => void) | null = null;

  /** `now`: real time in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes a picture and says when the next one is due. */
  time<Picture>(take: () => Picture): Picture {
    const begin = this.#now();
    const taken = take();
    const end = this.#now();
    this.#dueAt = end + Math.min(MOST_MS, Math.max(LEAST_MS, (end - begin) / SHARE));
    return taken;
  }

  /** Waits until the next picture is due. False: nobody waits for it any more. */
  due(): Promise<boolean> {
    this.#end?.(false);
    const waitMs = this.#dueAt - this.#now();
    if (waitMs <= 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end?.(true), waitMs);
      this.#end = (isDue) => {
        clearTimeout(timer);
        this.#end = null;
        resolve(isDue);
      };
    });
  }

  /** Something has happened that is to be seen: the next picture is due. */
  hurry(): void {
    this.#dueAt = 0;
    this.#end?.(true);
  }

  /** Another picture is wanted, at once, in place of the one that is waited for. */
  giveUp(): void {
    this.#dueAt = 0;
    this.#end?.(false);
  }
}
