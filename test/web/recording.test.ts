// Recorded runs: saved from the page, opened in another profile and in the terminal debugger, and refused where they are
// none.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";
import { missing } from "../harness/tools.ts";
import { drop, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("a recorded run", () => {
  const viewer = startViewer();

  const save = async (page: Page): Promise<Buffer> => {
    await page.getByRole("button", { name: "Share" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the run as a file" }).click(),
    ]);
    await page.keyboard.press("Escape");
    return readFileSync(await download.path());
  };
  const hash = async (page: Page) => {
    await page.getByRole("button", { name: "State hash" }).click();
    await page.locator(".announcement", { hasText: /^State / }).waitFor();
    return page.locator(".announcement").innerText();
  };
  const figures = (page: Page) => page.locator(".status .figure").allInnerTexts();
  /** Two lines have been typed into it, and the second was answered. */
  const runDialogue = async () => {
    const page = await viewer.open("#example=dialogue");
    await page.locator(".status-input").waitFor();
    await page.locator(".terminal-screen").click();
    await page.locator("textarea.xterm-helper-textarea:focus").waitFor({ state: "attached" });
    await page.keyboard.type("Ada\n12\n");
    await expect.poll(() => page.locator(".xterm-rows").innerText()).toContain("12 squared is 144");
    await page.locator(".status-input").waitFor();
    return page;
  };

  test("goes to where it was saved, elsewhere, with what was typed, and its source is known", async () => {
    const page = await runDialogue();
    const before = await hash(page);
    const file = await save(page);
    const there = await viewer.open();
    await untilStill(there);
    await drop(there, "lesson.recording", [...file]);
    await expect.poll(() => there.locator(".program").innerText()).toBe("lesson");
    await expect.poll(async () => (await figures(there))[1]).toMatch(/^0 /);
    await there.keyboard.press("End");
    await expect.poll(() => figures(there)).toEqual(await figures(page));
    const terminal = there.locator('[data-panel="terminal"]');
    await expect.poll(() => terminal.innerText()).toContain("12 squared is 144");
    expect(await hash(there)).toBe(before);
    await there.getByRole("tab", { name: "Program" }).click();
    await expect.poll(() => there.locator(".cm-content").innerText()).toContain("How does a program wait");
  });

  test("has its machine: it can be started over, but not on other harts", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await drop(page, "again.recording", [...(await save(page))]);
    await expect.poll(() => page.locator(".program").innerText()).toBe("again");
    await page.locator(".status-paused").waitFor();
    await page.keyboard.press("s");
    await expect.poll(async () => (await figures(page))[1]).toMatch(/^1 /);
    await page.getByLabel("Harts").selectOption("4");
    expect(await page.getByRole("alert").innerText()).toContain("has its own machine");
    await page.getByRole("button", { name: "Start over" }).click();
    await expect.poll(async () => (await figures(page))[1]).toMatch(/^0 /);
  });

  test("opens in the terminal debugger", async () => {
    const page = await runDialogue();
    const path = join(mkdtempSync(join(tmpdir(), "recording-")), "run.recording");
    writeFileSync(path, await save(page));
    const command = [join(ROOT, "build/timeslice.cjs"), "debug", "--recording", path];
    const said = execFileSync(process.execPath, command, { input: "info history\n" }).toString();
    expect(said).toContain("Debugging dialogue");
  });

  test("that is damaged is refused with the reason, and the machine stays", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    const before = await figures(page);
    const file = [...(await save(page))];
    await drop(page, "cut.recording", file.slice(0, file.length / 2));
    await expect.poll(() => page.getByRole("alert").innerText()).toContain("the recording is damaged");
    expect(await figures(page)).toEqual(before);
    expect(await page.locator(".program").innerText()).toMatch(/fork/i);
  });
});
