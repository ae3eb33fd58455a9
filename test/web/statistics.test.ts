// The panel of statistics: also of those that have ended, in any order, and system calls by name.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of statistics", () => {
  const viewer = startViewer();

  test("lists processes that have ended, sorts them, counts calls by name; axe finds nothing", async () => {
    const page = await viewer.open();
    await untilStill(page);
    await page.getByRole("tab", { name: "Statistics" }).click();
    const panel = page.locator('[data-panel="statistics"]');
    const rows = panel.locator("[role=rowgroup] [role=row]");
    await expect.poll(() => rows.count()).toBeGreaterThan(5);
    await panel.getByRole("button", { name: "preempted" }).click();
    const preempted = async (row: number) =>
      Number(await rows.nth(row).getByRole("gridcell").nth(10).innerText());
    await expect.poll(async () => (await preempted(0)) >= (await preempted(1))).toBe(true);
    expect(await preempted(0)).toBeGreaterThan(10);
    expect(await panel.locator(".statistics-summary").innerText()).toMatch(
      /hart 0 busy[\s\S]*running[\s\S]*blocked/,
    );
    const foot = panel.locator(".statistics-foot [role=row]");
    expect(await foot.nth(0).innerText()).toMatch(/mean\s+[\d.\s]+ ms/);
    const numbers = (cells: readonly string[]) => cells.map((text) => Number(text.replace(/\D/g, "")));
    const listed = await rows.evaluateAll((all) =>
      all
        .filter((row) => !row.closest(".statistics-foot"))
        .map((row) => row.querySelectorAll("[role=gridcell]")[10].textContent!),
    );
    const total = await foot.nth(1).getByRole("gridcell").nth(10).innerText();
    expect(numbers([total])[0]).toBe(numbers(listed).reduce((sum, one) => sum + one, 0));
    expect(await foot.nth(1).innerText()).toMatch(/all \d+/);
    expect(await findAxeViolations(page)).toEqual([]);
    await panel.getByRole("button", { name: "System calls" }).click();
    await expect.poll(() => rows.first().innerText()).toMatch(/\w+\s+\d+/);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
