// The end of a run is one state, however one came there: recorded or not, at once or in pieces.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { History } from "../../host/history/history.ts";
import { Machine } from "../../host/index.ts";
import { ROOT } from "../../scripts/steps.mjs";
import { core } from "../harness/machine.ts";

const EXAMPLES = ["fork", "pipe", "endings", "isolation", "exec"];

async function machineOf(example: string, harts: number): Promise<Machine> {
  const machine = await Machine.create({ core, harts });
  const put = (path: string, file: string) =>
    machine.writeFile(path, readFileSync(join(ROOT, "build", file)), 0o755);
  put("/bin/init", "bin/init");
  put("/bin/count", "bin/count");
  put("/program", `examples/${example}`);
  machine.start("/bin/init", ["init", "/program"]);
  return machine;
}

test.each(EXAMPLES)(
  "%s ends in the same state in one piece, in pieces, and with a history",
  async (example) => {
    for (const harts of [1, 3]) {
      const whole = await machineOf(example, harts);
      expect(whole.run().reason).toBe("ended");
      const pieces = await machineOf(example, harts);
      while (pieces.run({ maxInstructions: 97, pauseAfterEvents: 3 }).reason !== "ended");
      const recorded = History.create(await machineOf(example, harts));
      expect(recorded.run().reason).toBe("ended");
      expect(pieces.stateHash()).toBe(whole.stateHash());
      expect(recorded.machine.stateHash()).toBe(whole.stateHash());
      // It ends only once.
      expect(whole.run().reason).toBe("ended");
      expect(whole.stateHash()).toBe(pieces.stateHash());
    }
  },
);
