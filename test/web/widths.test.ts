// What must fit at the widths of small windows and of phones.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("at the width of", () => {
  const viewer = startViewer();

  const open = async (width: number, height: number) => {
    const page = await viewer.open("#example=fork", { viewport: { width, height } });
    await untilStill(page);
    await page.locator(".status-kind").click();
    await page.keyboard.press("Home");
    await page.locator(".status-paused").waitFor();
    return page;
  };

  /** Those of a kind that are not wholly within a box, in words. */
  const cut = (page: Page, elements: string, box: string) =>
    page.evaluate(
      ([inner, outer]) => {
        const { left, right } = document.querySelector(outer!)!.getBoundingClientRect();
        return [...document.querySelectorAll<HTMLElement>(inner!)]
          .filter((one) => one.getClientRects().length > 0)
          .filter(
            (one) => one.getBoundingClientRect().left < left || one.getBoundingClientRect().right > right + 1,
          )
          .map((one) => one.textContent);
      },
      [elements, box],
    );

  test("900 pixels the toolbar is one row, and the state diagram is whole", async () => {
    const page = await open(900, 700);
    const { height } = (await page.locator(".toolbar").boundingBox())!;
    expect(height).toBeLessThan(50);
    await page.getByRole("tab", { name: "States" }).click();
    await page.locator(".states-state").first().waitFor();
    expect(await cut(page, ".states-state", '[data-panel="states"]')).toEqual([]);
  });

  for (const title of ["PCB", "Pages", "Statistics"]) {
    test(`900 pixels a row of ${title} is seen between what stands above and below`, async () => {
      const page = await open(900, 700);
      await page.getByRole("tab", { name: title }).click();
      const row = page.locator(`[data-panel="${title.toLowerCase()}"] .table-row:not(.table-head)`).first();
      await row.waitFor();
      expect(await row.evaluate(isOnTop)).toBe(true);
    });
  }

  test("900 pixels the buttons of Memory stand beside each other", async () => {
    const page = await open(900, 700);
    await page.getByRole("tab", { name: "Memory" }).click();
    const top = async (name: string) =>
      (await page.locator(".memory-foot").getByRole("button", { name }).boundingBox())!.y;
    expect(await top("Who wrote this?")).toBe(await top("Stop when written"));
  });

  test("360 pixels the status line is whole, and operands stand beside their source", async () => {
    const page = await open(360, 740);
    expect(await cut(page, ".status > *", ".status")).toEqual([]);
    await page.getByRole("tab", { name: "Code" }).click();
    const source = page.locator(".code-pc .code-source");
    await source.waitFor();
    expect(await source.evaluate((one) => getComputedStyle(one).whiteSpace)).toBe("nowrap");
  });

  test("360 pixels the rows of the code stay where they are, however long the sentence above", async () => {
    const page = await open(360, 740);
    await page.getByRole("tab", { name: "Code" }).click();
    await page.locator(".code-pc").waitFor();
    const tops = new Set<number>();
    for (let step = 0; step < 6; step++) {
      tops.add((await page.locator(".code-list").boundingBox())!.y);
      const words = await page.locator(".code-words").innerText();
      await page.keyboard.press("s");
      await expect.poll(() => page.locator(".code-words").innerText()).not.toBe(words);
    }
    expect(tops.size).toBe(1);
  });
});

/** Whether the middle of an element is seen, and nothing else there. */
function isOnTop(element: Element): boolean {
  const { left, top, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(left + 40, top + height / 2));
}
