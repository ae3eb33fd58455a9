// First come, first served: in order of arrival, each until it blocks, yields or ends. The timer still counts,
// so that a slice this long is only renewed, never a reason to switch.

const NO_LIMIT: u32 = 0x40000000;

/** Instructions until the timer looks in; a process that has the hart then keeps it. */
export function firstComeQuantum(): u32 {
  return NO_LIMIT;
}
