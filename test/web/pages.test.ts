// The panel of the page table.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, openExample, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of pages", () => {
  const viewer = startViewer();

  const openIsolation = async (colorScheme: "light" | "dark", width = 1440) => {
    const page = await viewer.open("", { viewport: { width, height: 900 }, colorScheme });
    await untilStill(page);
    // The child has written to its pages of data.
    await openExample(page, "isolation", 2500);
    await page.getByRole("tab", { name: "Pages" }).click();
    const panel = page.locator('[data-panel="pages"]');
    await panel.getByRole("grid").waitFor();
    return { page, panel };
  };

  test("shows copies on write, and the way of the page that is chosen by keyboard", async () => {
    const { panel } = await openIsolation("light");
    await expect
      .poll(() => panel.locator("[role=row]", { hasText: "copy on write" }).count())
      .toBeGreaterThan(0);
    const grid = panel.getByRole("grid");
    await grid.press("Home");
    await grid.press("ArrowDown");
    await expect.poll(() => panel.locator(".translation").innerText()).toMatch(/root \d+, entry \d+/);
    expect(await panel.locator(".pages-summary").innerText()).toMatch(/3\s*copies/);
  });

  test.each([
    ["light", 1440],
    ["dark", 360],
  ] as const)("has nothing that axe finds wrong, %s, %i pixels wide", async (scheme, width) => {
    const { page } = await openIsolation(scheme, width);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
