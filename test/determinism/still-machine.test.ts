// A machine may be looked at before what makes it run is there: neither is a part of the run.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Machine } from "../../host/index.ts";
import { takeFirstPicture } from "../../host/picture/first.ts";
import { StillMachine } from "../../host/still-machine.ts";
import { core } from "../harness/machine.ts";

const built = (path: string) => readFileSync(new URL(`../../build/${path}`, import.meta.url));

/** A machine of this class whose first process is about to run an example that forks, sleeps and uses pipes. */
async function loaded<One extends StillMachine>(create: (core: WebAssembly.Module) => Promise<One>) {
  const machine = await create(core);
  machine.writeFile("/bin/init", built("bin/init"), 0o755);
  machine.writeFile("/program/workshop", built("examples/workshop"), 0o755);
  machine.start("/bin/init", ["init", "/program/workshop"]);
  return machine;
}

test("a machine that stood still and was looked at runs as one that could run from the beginning", async () => {
  const still = await loaded((module) => StillMachine.create({ core: module, harts: 2 }));
  const picture = takeFirstPicture(still, "running", { focus: 0, processes: true });
  expect(picture.processes?.name).toEqual(["init"]);
  const late = Machine.of(still);
  const early = await loaded((module) => Machine.create({ core: module, harts: 2 }));
  expect(late.stateHash()).toBe(early.stateHash());
  expect(late.run()).toEqual(early.run());
  expect(late.stateHash()).toBe(early.stateHash());
});
