// EXECUTE and REGISTER points. Where a block is decoded, such an instruction becomes a block of its own behind a
// POINT slot (cpu/build.ts), so that code without a point runs as ever; the slot asks here each time.

import { hit, isSkipped } from "./hit";
import { NO_POINT, codePoint, kindOf, pidOf, runningSlot } from "./points";

/** Whether any process has a point at the instruction at `pc` with the destination offset `rd`. */
export function hasPoint(pc: u32, rd: u32): bool {
  return codePoint(pc, rd, 0) != NO_POINT;
}

/** The running process comes to such an instruction: true where it must stop before it. */
export function codeIsHit(pc: u32, rd: u32): bool {
  const slot = runningSlot();
  const point = codePoint(pc, rd, pidOf(slot));
  if (point == NO_POINT || isSkipped()) return false;
  return hit(kindOf(point), point, slot, pc, 0, 0);
}
