// The pace at which the page runs an example: so that one sees it happen, and need not wait for its end.

import { describe, expect, test } from "vitest";
import { INDEX, runExample } from "./run.ts";

const SHORTEST_SECONDS = 2;
const LONGEST_SECONDS = 60;

const paced = INDEX.examples.filter(({ pace }) => pace !== undefined);

describe.each(paced)("$id at its pace", ({ id, pace }) => {
  test("lasts some seconds, and no minute", async () => {
    const { machine } = await runExample(id);
    const seconds = machine.instructions / pace!;
    expect(seconds).toBeGreaterThan(SHORTEST_SECONDS);
    expect(seconds).toBeLessThan(LONGEST_SECONDS);
  });
});

test("only examples that a person answers have none", () => {
  const others = INDEX.examples.filter(({ pace }) => pace === undefined);
  expect(others.filter(({ input }) => input === undefined)).toEqual([]);
});
