// The panels of memory and registers: places that are followed, what changed, changes by hand.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, openExample, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("memory and registers", () => {
  const viewer = startViewer();

  const openFork = async () => {
    const page = await viewer.open("", { viewport: { width: 1600, height: 1000 } });
    await untilStill(page).catch(() => {});
    await openExample(page, "fork", 400);
    const memory = page.locator('[data-panel="memory"]');
    await memory.locator(".memory-byte").first().waitFor();
    return { page, memory, registers: page.locator('[data-panel="registers"]') };
  };

  test("memory shows where a register points, or what an expression says", async () => {
    const { page, memory, registers } = await openFork();
    const sp = await registers
      .getByTitle(/^sp x2/)
      .locator(".register-value")
      .innerText();
    await expect.poll(() => memory.locator(".memory-foot .code").first().innerText()).toBe(sp);
    const place = memory.getByLabel(/^Place/);
    await place.fill("0");
    await page.keyboard.press("Enter");
    await expect.poll(() => memory.locator(".memory-byte").first().innerText()).toBe("··");
    await place.fill("nowhere");
    await page.keyboard.press("Enter");
    await expect.poll(() => memory.getByRole("alert").innerText()).toContain("nowhere");
  });

  test("two digits write the byte at the cursor, and it is marked as changed", async () => {
    const { page, memory } = await openFork();
    await memory.locator(".memory-byte").nth(24).click();
    const cursor = memory.locator(".memory-cursor");
    const id = await cursor.getAttribute("id");
    const before = await cursor.innerText();
    await memory.getByRole("grid", { name: "Memory" }).focus();
    await page.keyboard.type(before === "a5" ? "5a" : "a5");
    await expect.poll(() => memory.locator(`#${id}`).innerText()).toBe(before === "a5" ? "5a" : "a5");
    await expect.poll(() => cursor.getAttribute("id")).not.toBe(id);
  });

  test("a register takes a new value, an expression, while the machine stands still", async () => {
    const { page, registers } = await openFork();
    await registers.getByTitle(/^s3 x19/).focus();
    await registers.getByRole("button", { name: "Set" }).click();
    await registers.getByLabel(/^New value of s3/).fill("sp + 16");
    const sp = await registers
      .getByTitle(/^sp x2/)
      .locator(".register-value")
      .innerText();
    await page.keyboard.press("Enter");
    const expected = (Number.parseInt(sp, 16) + 16).toString(16).padStart(8, "0");
    await expect
      .poll(() =>
        registers
          .getByTitle(/^s3 x19/)
          .locator(".register-value")
          .innerText(),
      )
      .toBe(expected);
  });

  test("who wrote a register last is gone to", async () => {
    const { page, registers } = await openFork();
    await registers.getByTitle(/^a7 x17/).focus();
    const count = () => page.getByTitle("Instructions retired").last().innerText();
    const now = await count();
    await registers.getByRole("button", { name: "Who wrote this?" }).click();
    await expect.poll(count).not.toBe(now);
    await page.keyboard.press("s");
    await expect.poll(() => registers.getByTitle(/^a7 x17/).getAttribute("class")).toMatch(/register/);
  });

  test("all readings of a register are shown for the one in focus, and calls below", async () => {
    const { registers } = await openFork();
    await registers.getByTitle(/^ra x1/).focus();
    const detail = registers.getByRole("region", { name: "Register ra" });
    expect(await detail.innerText()).toContain("return address");
    expect(await registers.locator(".calls li").count()).toBeGreaterThan(0);
    await registers.getByTitle(/^ra x1/).click();
    await expect
      .poll(() => registers.getByRole("button", { name: "signed", exact: true }).getAttribute("aria-pressed"))
      .toBe("true");
  });

  test("have nothing that axe complains about, in both themes", async () => {
    const { page, memory } = await openFork();
    await page.keyboard.press("s");
    await memory.locator(".memory-byte").nth(24).click();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
