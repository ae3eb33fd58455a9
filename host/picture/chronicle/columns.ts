// Columns of numbers that grow at the end: what a chronicle keeps of each process, without an object for each thing
// that happened.

type Numbers = Float64Array | Uint32Array | Uint8Array;

/** The column, or a copy with room for more where it is full. */
export function withRoom<Column extends Numbers>(column: Column, length: number): Column {
  if (length <= column.length) return column;
  const Kind = column.constructor as new (length: number) => Column;
  const larger = new Kind(Math.max(length, column.length * 2));
  larger.set(column);
  return larger;
}

/**
 * How many of the first `length` numbers, which are in order, are not above `limit`; `from`: at least so many are.
 * Looks near there first.
 */
export function countUpTo(column: Numbers, length: number, limit: number, from = 0): number {
  let low = from;
  let step = 1;
  while (low + step <= length && column[low + step - 1] <= limit) {
    low += step;
    step *= 2;
  }
  let high = Math.min(length, low + step - 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
