// EXECUTE and REGISTER points. Where a block is decoded, such an instruction becomes a block of its own behind a
// POINT slot (cpu/build.ts), so that code without a point runs as ever; the slot asks here each time.

import { hit, isSkipped } from "./hit";
import { NO_POINT, codePoint, kindOf, pidOf, runningSlot } from "./points";

/** The running process comes to such an instruction, with the points of `range`: true where it must stop before it. */
export function codeIsHit(range: u32, pc: u32, rd: u32): bool {
  const slot = runningSlot();
  const point = codePoint(range, pc, rd, pidOf(slot));
  if (point == NO_POINT || isSkipped()) return false;
  return hit(kindOf(point), point, slot, pc, 0, 0);
}
