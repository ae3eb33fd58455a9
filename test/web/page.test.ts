// The page as a whole: it runs, stops and steps a machine, and anybody can use it.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the page", () => {
  const viewer = startViewer();

  test("runs the first example by itself, to its end", async () => {
    const page = await viewer.open();
    expect(await untilStill(page)).toBe("ended");
    expect(await page.locator('[data-panel="processes"] [role=row]').count()).toBeGreaterThan(1);
  });

  test("starts over, and one step retires one instruction", async () => {
    const page = await viewer.open();
    await untilStill(page);
    await page.getByLabel("Speed").selectOption("1 /s");
    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.locator(".status-paused").waitFor();
    const count = async () =>
      Number.parseInt(await page.getByTitle("Instructions retired").last().innerText(), 10);
    const before = await count();
    await page.keyboard.press("s");
    await expect.poll(count).toBe(before + 1);
    await page.keyboard.press("F11");
    await expect.poll(count).toBe(before + 2);
  });

  test.each([1440, 900, 360])(
    "has nothing that axe finds wrong, %i pixels wide, light and dark",
    async (width) => {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await viewer.open("", { viewport: { width, height: 800 }, colorScheme });
        await untilStill(page);
        expect(await findAxeViolations(page)).toEqual([]);
      }
    },
  );

  test("shows its keys on ?, and puts them away on Escape", async () => {
    const page = await viewer.open();
    await untilStill(page);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("remembers where its dividers are", async () => {
    const page = await viewer.open();
    await untilStill(page);
    const divider = page.getByRole("separator").first();
    const before = Number(await divider.getAttribute("aria-valuenow"));
    await divider.press("ArrowLeft");
    await divider.press("ArrowLeft");
    const later = await viewer.again(page);
    await untilStill(later);
    const after = Number(await later.getByRole("separator").first().getAttribute("aria-valuenow"));
    expect(after).toBeLessThan(before);
  });
});
