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
      refusal = refusalText(error);
      return;
    }
    if (replaced > 0) await machine.removeBreakpoint(replaced);
  });
  return refusal;
}

/** What the debugger says, and where in the text it is. */
function refusalText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, column = 0 } = error as Error & { readonly column?: number };
  return column > 0 ? `${message} (column ${column})` : message;
}
