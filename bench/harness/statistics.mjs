// The few statistics that the benchmark reports.

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The n-th root of the product of n positive values. */
export function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Calls every measurement in turn, `rounds` times over, so that drift meets all of them alike.
 * Takes {name: () => number} and returns {name: median}. */
export async function interleave(rounds, measurements) {
  const names = Object.keys(measurements);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples[name].push(await measurements[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(samples[name])]));
}
