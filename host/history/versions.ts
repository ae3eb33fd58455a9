// The values that things had at checkpoints. A checkpoint has a value only for what had changed since the one
// before; what a thing was at a checkpoint is its latest value up to there. Checkpoints have serial numbers that
// grow with time.

interface Line<Value> {
  /** Ascending. */
  readonly serials: number[];
  readonly values: Value[];
}

export class Versions<Value> {
  readonly #lines = new Map<number, Line<Value>>();
  readonly #release: (value: Value) => void;

  /** `release` is told of each value that no checkpoint has any more. */
  constructor(release: (value: Value) => void = () => {}) {
    this.#release = release;
  }

  /** Everything that ever had a value. */
  keys(): IterableIterator<number> {
    return this.#lines.keys();
  }

  /** The value from checkpoint `serial` on, which is the latest one. */
  put(key: number, serial: number, value: Value): void {
    const line = this.#lines.get(key);
    if (line === undefined) this.#lines.set(key, { serials: [serial], values: [value] });
    else {
      line.serials.push(serial);
      line.values.push(value);
    }
  }

  last(key: number): Value | undefined {
    const line = this.#lines.get(key);
    return line?.values[line.values.length - 1];
  }

  /** The value at a checkpoint; undefined where there was none yet. */
  at(key: number, serial: number): Value | undefined {
    const line = this.#lines.get(key);
    if (line === undefined) return undefined;
    let index = line.serials.length - 1;
    while (index >= 0 && line.serials[index] > serial) index--;
    return line.values[index];
  }

  /** Checkpoint `serial` is given up: its value is that of `next`, unless it had changed there. */
  passOn(key: number, serial: number, next: number): void {
    const line = this.#lines.get(key);
    const index = line?.serials.indexOf(serial) ?? -1;
    if (line === undefined || index < 0) return;
    if (line.serials[index + 1] !== next) line.serials[index] = next;
    else {
      line.serials.splice(index, 1);
      this.#release(line.values.splice(index, 1)[0]);
    }
  }

  /** Checkpoint `serial`, the last one, is forgotten. */
  forget(key: number, serial: number): void {
    const line = this.#lines.get(key);
    if (line === undefined || line.serials[line.serials.length - 1] !== serial) return;
    line.serials.pop();
    this.#release(line.values.pop() as Value);
    if (line.serials.length === 0) this.#lines.delete(key);
  }
}
