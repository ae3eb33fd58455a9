// The timeline on the page: zoom, keys, a click goes to the moment, the table leads there as well.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the timeline", () => {
  const viewer = startViewer();

  const open = async (options = {}) => {
    const page = await viewer.open("", options);
    await untilStill(page);
    const panel = page.locator('[data-panel="timeline"]');
    await panel.locator(".timeline-bars").waitFor();
    return { page, panel };
  };
  /** What is shown of the run: "3.14 s". */
  const length = (page: Page) => page.locator(".timeline-length").innerText();
  const time = async (page: Page) =>
    Number((await page.locator(".scrubber-line").getAttribute("aria-valuenow")) ?? "0");

  test("comes nearer by wheel and keys, and shows all again", async () => {
    const { page, panel } = await open();
    const all = await length(page);
    const bars = panel.locator(".timeline-bars");
    await bars.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(() => length(page)).not.toBe(all);
    await bars.press("0");
    await expect.poll(() => length(page)).toBe(all);
    await bars.press("+");
    await expect.poll(() => length(page)).not.toBe(all);
    const near = await length(page);
    await bars.press("ArrowRight");
    await bars.press("Home");
    await bars.press("End");
    await bars.press("-");
    await expect.poll(() => length(page)).not.toBe(near);
    await bars.press("0");
    await expect.poll(() => length(page)).toBe(all);
  });

  test("a click goes to that moment, and dragging does not", async () => {
    const { page, panel } = await open();
    const end = await time(page);
    const box = (await panel.locator(".timeline-canvas").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 3, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(() => panel.getByRole("button", { name: "All" }).getAttribute("aria-pressed"))
      .toBe("false");
    expect(await time(page)).toBe(end);
    await panel.getByRole("button", { name: "All" }).click();
    await expect
      .poll(() => panel.getByRole("button", { name: "All" }).getAttribute("aria-pressed"))
      .toBe("true");
    await panel.locator(".timeline-canvas").click({ position: { x: box.width / 2, y: 36 } });
    await expect.poll(() => time(page)).toBeLessThan(end * 0.6);
    expect(await time(page)).toBeGreaterThan(end * 0.4);
  });

  test("says at the pointer who was there, and why", async () => {
    const { page, panel } = await open();
    const box = (await panel.locator(".timeline-canvas").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    await expect.poll(() => panel.locator(".timeline-tip").innerText()).toContain("blocked");
    expect(await panel.locator(".timeline-tip").innerText()).toContain("waits for a child");
  });

  test("a name chooses its process", async () => {
    const { panel } = await open();
    const name = panel.locator(".timeline-process").first();
    await name.click();
    await expect.poll(() => name.getAttribute("aria-pressed")).toBe("true");
  });

  test("is also a table of events, in words", async () => {
    const { panel } = await open();
    await panel.getByRole("button", { name: "Table" }).click();
    const rows = panel.locator("[role=rowgroup] [role=row]");
    await rows.first().waitFor();
    await panel.getByRole("grid").evaluate((grid) => grid.scrollTo(0, 0));
    await expect.poll(() => rows.first().innerText()).toContain("input: file");
  });

  test.each(["light", "dark"] as const)("axe finds nothing in it, %s", async (colorScheme) => {
    const { page, panel } = await open({ colorScheme });
    expect(await findAxeViolations(page)).toEqual([]);
    await panel.getByRole("button", { name: "Table" }).click();
    await panel.locator("[role=rowgroup] [role=row]").first().waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
