// The address follows what is open: a reload brings it back, and the browser's Back the program before.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { program } from "../harness/program.ts";
import { missing } from "../harness/tools.ts";
import { drop, startViewer, untilStill } from "./harness.ts";

const EXIT = (status: number) => `li a0, ${status}\nli a7, 94\necall\n`;
const SOURCE = (status: number) => `.globl _start\n_start:\n${EXIT(status)}`;
/** Bytes that no compression makes smaller. */
const noise = (count: number) => {
  let seed = 1;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed >>> 24;
  });
};

describe.skipIf(missing("chromium"))("the address", () => {
  const viewer = startViewer();

  const fragment = (page: Page) => page.evaluate(() => location.hash);
  const shown = (page: Page) => page.locator(".program").innerText();
  const status = (page: Page) => page.locator(".status-kind").innerText();

  /** By its title in the library. */
  const choose = async (page: Page, title: string) => {
    await page.locator(".program").click();
    await page.getByRole("dialog").getByRole("button", { name: title }).click();
    await expect.poll(() => shown(page)).toBe(title);
    await untilStill(page);
  };

  const reload = async (page: Page) => {
    await page.reload();
    await untilStill(page);
  };

  test("says nothing as long as the first example is open, and that of a link stays", async () => {
    const page = await viewer.open();
    await untilStill(page);
    expect(await fragment(page)).toBe("");
    const other = await viewer.open("#example=fork");
    await untilStill(other);
    expect(await fragment(other)).toBe("#example=fork");
  });

  test("brings an edited program back, with its configuration and its guide", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await page.getByLabel("Harts").selectOption("2");
    await page.getByRole("tab", { name: "Program" }).click();
    await page.getByLabel("Source of the program").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(SOURCE(7));
    await page.getByRole("button", { name: "Run it" }).click();
    await expect.poll(() => status(page)).toBe("Ended, exit status 7");
    await expect.poll(() => fragment(page)).toMatch(/^#1\./);
    await reload(page);
    expect(await status(page)).toBe("Ended, exit status 7");
    expect(await page.getByLabel("Harts").inputValue()).toBe("2");
    await expect.poll(() => page.getByRole("button", { name: "Reset", exact: true }).isEnabled()).toBe(true);
  });

  test("brings back what was chosen from the library; Back and Forward go through the programs", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await choose(page, "A deadlock of two");
    await expect.poll(() => fragment(page)).toBe("#example=deadlock");
    await reload(page);
    expect(await shown(page)).toBe("A deadlock of two");
    await page.goBack();
    await expect.poll(() => shown(page)).toBe("fork returns twice");
    expect(await fragment(page)).toBe("#example=fork");
    await page.goForward();
    await expect.poll(() => shown(page)).toBe("A deadlock of two");
    expect(await fragment(page)).toBe("#example=deadlock");
  });

  test("brings a dropped ELF file back", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await drop(page, "seven.elf", [...program(EXIT(7))]);
    await expect.poll(() => status(page)).toBe("Ended, exit status 7");
    await expect.poll(() => fragment(page)).toMatch(/^#1\./);
    await reload(page);
    expect(await shown(page)).toBe("seven");
    expect(await status(page)).toBe("Ended, exit status 7");
  });

  test("says so where a program is too large for it, and carries none", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await drop(page, "large.elf", [...program(EXIT(7)), ...noise(900_000)]);
    await expect.poll(() => status(page)).toBe("Ended, exit status 7");
    await expect
      .poll(() => page.getByRole("alert").innerText())
      .toMatch(/large is too large for the address/);
    expect(await fragment(page)).toBe("");
  });

  test("becomes that of what is open where a fragment leads nowhere", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await page.evaluate(() => {
      location.hash = "#example=nowhere";
    });
    await expect.poll(() => page.getByRole("alert").innerText()).toBe('There is no example "nowhere".');
    await expect.poll(() => fragment(page)).toBe("#example=fork");
    expect(await shown(page)).toBe("fork returns twice");
  });

  test("names a file in the letters that it has, without their marks", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await drop(page, "Übung 1.s", [...new TextEncoder().encode(SOURCE(3))]);
    await expect.poll(() => status(page)).toBe("Ended, exit status 3");
    expect(await shown(page)).toBe("Ubung_1");
  });
});
