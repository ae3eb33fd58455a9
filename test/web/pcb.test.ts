// The panel of the process control block: fields and words mark each other.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, openExample, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of the PCB", () => {
  const viewer = startViewer();

  const openWide = async (colorScheme: "light" | "dark" = "light") => {
    const page = await viewer.open("", { viewport: { width: 2400, height: 1000 }, colorScheme });
    await untilStill(page);
    await openExample(page, "workshop", 2000);
    await page.getByRole("tab", { name: "PCB" }).click();
    const panel = page.locator('[data-panel="pcb"]');
    await panel.locator(".pcb-word").first().waitFor();
    return { page, panel };
  };

  test("marks the words of the field that is chosen by keyboard, and says what it means", async () => {
    const { panel } = await openWide();
    const grid = panel.getByRole("grid");
    await grid.press("Home");
    await grid.press("ArrowDown");
    await grid.press("ArrowDown");
    await expect.poll(() => panel.locator(".pcb-detail").innerText()).toContain("PCB_PARENT");
    const words = panel.locator(".pcb-word");
    expect(await words.nth(1).getAttribute("class")).toContain("pcb-marked");
    expect(await panel.locator(".pcb-word.pcb-marked").count()).toBe(1);
  });

  test("marks the field whose word is pointed at, and keeps to it on a click", async () => {
    const { panel } = await openWide();
    await panel.locator(".pcb-word").nth(24).hover();
    await expect.poll(() => panel.locator(".pcb-detail").innerText()).toContain("PCB_PC");
    await panel.locator(".pcb-word").nth(24).click();
    await panel.locator(".pcb-detail").hover();
    await expect.poll(() => panel.locator('[role=row][aria-selected="true"]').innerText()).toContain("96");
  });

  test.each(["light", "dark"] as const)("has nothing that axe finds wrong, %s", async (scheme) => {
    const { page } = await openWide(scheme);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  test("shows one side at a time where there is no room for both", async () => {
    const page = await viewer.open("", { viewport: { width: 360, height: 740 } });
    await untilStill(page);
    await page.getByRole("tab", { name: "PCB" }).click();
    const panel = page.locator('[data-panel="pcb"]');
    await panel.getByRole("grid").waitFor();
    expect(await panel.locator(".pcb-word").count()).toBe(0);
    await panel.getByRole("button", { name: "Words" }).click();
    await panel.locator(".pcb-word").first().waitFor();
    expect(await panel.getByRole("grid").count()).toBe(0);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
