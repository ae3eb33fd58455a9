// The connection to the machine's worker.

import { type Remote, wrap } from "comlink";
import type { MachineCalls } from "../worker/protocol.ts";
import workerUrl from "../worker/worker.ts?worker&url";

/** The machine, in its worker. */
export const machine: Remote<MachineCalls> = wrap(new Worker(trusted(workerUrl), { type: "module" }));

/** What browsers with Trusted Types have, and TypeScript's DOM does not know. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

/** The one address that becomes code: the policy of the page lets no other through. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("timeslice", {
    createScriptURL(given) {
      if (given !== workerUrl) throw new TypeError(`${given} is not the machine's worker`);
      return given;
    },
  });
  return policy?.createScriptURL(url) ?? url;
}
