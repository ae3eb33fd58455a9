// The panel of files: the graph, and the table that says the same.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, openExample, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of files", () => {
  const viewer = startViewer();

  const openPipe = async (colorScheme: "light" | "dark", width = 1440) => {
    const page = await viewer.open("", { viewport: { width, height: 900 }, colorScheme });
    await untilStill(page);
    // The reader is blocked, or about to be.
    await openExample(page, "pipe", 1000);
    await page.getByRole("tab", { name: "Files" }).click();
    const panel = page.locator('[data-panel="files"]');
    await panel.locator(".files-box").first().waitFor();
    return { page, panel };
  };

  test("shows the pipe and both its ends; a process in it can be chosen by keyboard", async () => {
    const { panel } = await openPipe("light");
    await expect.poll(() => panel.locator("meter").count()).toBe(1);
    expect(await panel.locator(".files-line[marker-end]").count()).toBeGreaterThan(0);
    expect(await panel.locator(".files-line[marker-start]").count()).toBeGreaterThan(0);
    const other = panel.getByRole("button", { name: "pipe", pressed: false }).first();
    const pid = (await other.innerText()).replace(/\D/g, "");
    await other.press("Enter");
    await expect.poll(() => panel.locator(".files-focus button").innerText()).toContain(pid);
  });

  test("says the same as a table", async () => {
    const { panel } = await openPipe("light");
    await panel.getByRole("button", { name: "Table" }).click();
    await expect.poll(() => panel.getByRole("row").count()).toBeGreaterThan(4);
    expect(await panel.getByRole("grid").innerText()).toMatch(/pipe \d+/);
  });

  test.each([
    ["light", 1440],
    ["dark", 360],
  ] as const)("has nothing that axe finds wrong, %s, %i pixels wide", async (scheme, width) => {
    const { page } = await openPipe(scheme, width);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
