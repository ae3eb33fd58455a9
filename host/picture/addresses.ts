// Finds an address in a sorted list of them.

/** Number of the last one at or before `address`; -1 if there is none. */
export function indexOf(addresses: Uint32Array, address: number): number {
  let low = 0;
  let high = addresses.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (addresses[middle] <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
