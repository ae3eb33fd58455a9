// The panel of states: diagram, reason, and the way to the moment of a change.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, openExample, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of states", () => {
  const viewer = startViewer();

  const openTree = async (colorScheme: "light" | "dark", width = 1440) => {
    const page = await viewer.open("", { viewport: { width, height: 900 }, colorScheme });
    await untilStill(page);
    await openExample(page, "forktree", 2000);
    await page.getByRole("tab", { name: "States" }).click();
    const panel = page.locator('[data-panel="states"]');
    await panel.getByRole("img", { name: /^State/ }).waitFor();
    return { page, panel };
  };

  test("marks the state and the change just made, and says why", async () => {
    const { panel } = await openTree("light");
    expect(await panel.locator(".states-taken").count()).toBe(1);
    expect(await panel.locator(".states-now").innerText()).toContain("running");
    expect(await panel.locator(".states-last").innerText()).toMatch(/became\s*running, because/);
  });

  test("goes to the moment of a change", async () => {
    const { page, panel } = await openTree("light");
    const events = async () => Number((await page.getByTitle(/^Events/).innerText()).replace(/\D/g, ""));
    const before = await events();
    const pid = await panel.locator(".states-last .figure").innerText();
    await panel.getByRole("button", { name: "Go to" }).last().click();
    await expect.poll(events).toBeLessThan(before);
    expect(await panel.locator(".states-last .figure").innerText()).toBe(pid);
  });

  test.each([
    ["light", 1440],
    ["dark", 360],
  ] as const)("has nothing that axe finds wrong, %s, %i pixels wide", async (scheme, width) => {
    const { page } = await openTree(scheme, width);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
