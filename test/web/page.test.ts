// The page as a whole: it runs, stops and steps a machine, and anybody can use it.

import { describe, expect, test } from "vitest";
import { encodeLink } from "../../web/page/share/link.ts";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the page", () => {
  const viewer = startViewer();

  test("runs the first example by itself, to its end", async () => {
    const page = await viewer.open();
    expect(await untilStill(page)).toBe("ended");
    expect(await page.locator('[data-panel="processes"] [role=row]').count()).toBeGreaterThan(1);
  });

  test("runs each example at its pace where no speed is chosen", async () => {
    const page = await viewer.open();
    await untilStill(page);
    const speed = page.getByLabel("Speed");
    const shown = () => speed.evaluate((select: HTMLSelectElement) => select.selectedOptions[0].text);
    await speed.selectOption("auto: 10 M/s");
    for (const [id, text] of [
      ["tasks", "auto: 1 M/s"],
      ["fork", "auto: 1 k/s"],
    ]) {
      await page.evaluate((fragment) => {
        location.hash = fragment;
      }, `#example=${id}`);
      await expect.poll(shown).toBe(text);
    }
    await page.locator(".status-running").waitFor();
    await speed.selectOption("full");
    expect(await untilStill(page)).toBe("ended");
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

  test("steps back to the start and forward to the same state", async () => {
    const page = await viewer.open("#example=fork");
    expect(await untilStill(page)).toBe("ended");
    const hash = async () => {
      await page.keyboard.press("h");
      const line = page.locator(".announcement", { hasText: /^State [0-9a-f]{32}$/ });
      await line.waitFor();
      const text = await line.innerText();
      await page.keyboard.press("Shift+S");
      await page.locator(".announcement", { hasText: /^Stepped/ }).waitFor();
      return text;
    };
    const atEnd = await hash();
    await page.keyboard.press("Home");
    await page.locator(".announcement", { hasText: "Went to this moment" }).waitFor();
    expect(Number(await page.getByRole("slider").getAttribute("aria-valuenow"))).toBe(0);
    await page.keyboard.press("s");
    await page.locator(".announcement", { hasText: /^Stepped/ }).waitFor();
    expect(await hash()).not.toBe(atEnd);
    await page.keyboard.press("r");
    await page.locator(".status-ended").waitFor();
    expect(await hash()).toBe(atEnd);
  });

  test("goes to the time to which the scrubber is dragged", async () => {
    const page = await viewer.open();
    await untilStill(page);
    const slider = page.getByRole("slider", { name: "Time" });
    const end = Number(await slider.getAttribute("aria-valuemax"));
    const { x, y, width, height } = (await slider.boundingBox())!;
    await page.mouse.move(x + width - 1, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
    await page.mouse.up();
    await page.locator(".status-paused").waitFor();
    const share = async () => Number(await slider.getAttribute("aria-valuenow")) / end;
    await expect.poll(share).toBeCloseTo(0.5, 2);
    expect(await page.locator('[data-panel="processes"] [role=row]').count()).toBeGreaterThan(4);
    await slider.press("PageDown");
    await expect.poll(share).toBeCloseTo(0.4, 2);
    await slider.press("End");
    await page.locator(".status-ended").waitFor();
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

  test("shows one panel at a time on a low screen, as at twice the size, and few of them side by side", async () => {
    const low = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };
    const page = await viewer.open("", low);
    await untilStill(page);
    expect(await page.locator("[data-panel]").count()).toBe(1);
    const { height } = (await page.locator("[data-panel]").boundingBox())!;
    expect(height).toBeGreaterThan(200);
    const embedded = await viewer.open("?embed=1&panels=code,terminal", low);
    await untilStill(embedded);
    expect(await embedded.locator("[data-panel]").count()).toBe(2);
  });

  test("is called as its program is, example or not", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await expect.poll(() => page.title()).toMatch(/^Fork .* – Timeslice$/i);
    const fragment = await encodeLink({
      program: { name: "own.s", source: ".globl _start\n_start: j _start\n" },
    });
    await page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);
    await expect.poll(() => page.title()).toBe("own.s – Timeslice");
  });

  test("shows its keys on ?, and puts them away on Escape", async () => {
    const page = await viewer.open();
    await untilStill(page);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("moves a panel to another area by keys, remembers that, and puts it back", async () => {
    const page = await viewer.open();
    await untilStill(page);
    const areaOf = async (one: typeof page) =>
      (await one.getByRole("tab", { name: "Registers" }).getAttribute("id"))!.split("-")[1];
    expect(await areaOf(page)).toBe("right");
    await page.getByRole("tab", { name: "Registers" }).click();
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(() => areaOf(page)).toBe("rightLow");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("tab-rightLow-registers");
    const later = await viewer.again(page);
    await untilStill(later);
    expect(await areaOf(later)).toBe("rightLow");
    await later.getByRole("button", { name: "Reset layout" }).click();
    await expect.poll(() => areaOf(later)).toBe("right");
  });

  test("goes back to the start at once, and steps over calls both ways", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await page.getByRole("button", { name: "Run back", exact: true }).click();
    await page.locator(".announcement", { hasText: "This is where the run begins" }).waitFor();
    await page.keyboard.press("F10");
    await page.locator(".announcement", { hasText: /^Stepped/ }).waitFor();
    await page.keyboard.press("Shift+O");
    await page.locator(".announcement", { hasText: /begins|Stepped/ }).waitFor();
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
