// Makes what the form says.

import type { BreakpointSpecification } from "../../../host/debug/breakpoint.ts";
import { attempt } from "../../page/actions.ts";
import { picture } from "../../page/store.ts";
import { machine } from "../../page/worker.ts";

/** Makes one of any kind, in place of `replaced` if that is not 0; returns why it could not, or "". */
export async function addBreakpoint(specification: BreakpointSpecification, replaced = 0): Promise<string> {
  let refusal = "";
  await attempt(async () => {
    try {
      await machine.addBreakpoint(specification, specification.pid ?? picture.value?.focus?.pid ?? 0);
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
      return;
    }
    if (replaced > 0) await machine.removeBreakpoint(replaced);
  });
  return refusal;
}
