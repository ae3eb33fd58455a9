// The panel of breakpoints: watchpoints, catchpoints and conditions are made in a form, and stop both ways.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

/** Whether the field is one of choices, not of text. */
function isChoice(label: string): boolean {
  return ["Stop", "Event", "Process"].includes(label);
}

describe.skipIf(missing("chromium"))("the panel of breakpoints", () => {
  const viewer = startViewer();

  /** The example fork has ended, and the panel is in front. */
  const openPanel = async () => {
    const page = await viewer.open("#example=fork");
    await page.getByLabel("Speed").selectOption({ label: "full" });
    expect(await untilStill(page)).toBe("ended");
    await page.getByRole("tab", { name: "Breakpoints" }).click();
    const panel = page.locator('[data-panel="breakpoints"]');
    const add = async (fields: Readonly<Record<string, string>>) => {
      for (const [label, text] of Object.entries(fields)) {
        const field = panel.getByRole(isChoice(label) ? "combobox" : "textbox", { name: label });
        if (isChoice(label)) await field.selectOption({ label: text });
        else await field.fill(text);
      }
      await panel.getByRole("button", { name: "Add", exact: true }).click();
    };
    return { page, panel, rows: panel.locator(".breakpoints li"), add };
  };

  const instructions = async (page: Page) =>
    Number((await page.getByTitle("Instructions retired").last().innerText()).replace(/\D/g, ""));

  /** The latest stop in words. */
  const said = (page: Page) => page.locator("footer").innerText();

  /** Presses a key and waits until the machine stands elsewhere. */
  const go = async (page: Page, key: string) => {
    const before = await instructions(page);
    await page.keyboard.press(key);
    await expect.poll(async () => (await instructions(page)) !== before).toBe(true);
    await untilStill(page);
    return instructions(page);
  };

  test("stops where a register is written, backward right before it and forward right behind it", async () => {
    const { page, rows, add } = await openPanel();
    await add({ Stop: "Register written", Register: "s0" });
    await expect.poll(() => rows.innerText()).toContain("write of s0");
    await page.locator(".status-kind").click();
    const last = await go(page, "Shift+R");
    const before = await go(page, "Shift+R");
    expect(before).toBeLessThan(last);
    await expect.poll(() => said(page)).toContain("Watchpoint 1");
    // Backward it stops right before the write, forward right behind it.
    expect(await go(page, "r")).toBe(before + 1);
    await expect.poll(() => rows.innerText()).toContain("hit 3 times");
  });

  test("stops at the same moment however slowly the machine runs", async () => {
    const { page, add } = await openPanel();
    await add({ Place: "after_fork" });
    await page.locator(".status-kind").click();
    const stops: number[] = [];
    for (const speed of ["full", "100 k/s"]) {
      await page.getByLabel("Speed").selectOption({ label: speed });
      await page.keyboard.press("Home");
      await page.locator(".announcement", { hasText: "Went to this moment" }).waitFor();
      await page.keyboard.press("r");
      await expect.poll(() => said(page)).toContain("Breakpoint 1");
      stops.push(await instructions(page));
    }
    expect(stops[1]).toBe(stops[0]);
  });

  test("lists what it stops at, and lets it be edited, switched off and removed", async () => {
    const { panel, rows, add } = await openPanel();
    await add({
      Stop: "Event",
      Event: "System call",
      Names: "write",
      Condition: "a0 == 1",
      "Hits to pass": "2",
    });
    await expect.poll(() => rows.innerText()).toContain("call write");
    expect(await rows.innerText()).toMatch(/if a0 == 1.*2 more pass/);
    await rows.getByRole("checkbox").uncheck();
    await panel.getByRole("button", { name: "Edit call write" }).click();
    await panel.getByRole("textbox", { name: "Names" }).fill("getppid");
    await panel.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => rows.innerText()).toContain("call getppid");
    expect(await rows.count()).toBe(1);
    await expect.poll(() => rows.getByRole("checkbox").isChecked()).toBe(false);
    await rows.getByRole("checkbox").check();
    await panel.getByRole("button", { name: "Remove call getppid" }).click();
    await expect.poll(() => rows.count()).toBe(0);
  });

  test("catches a system call by its name, and stops only where the condition holds", async () => {
    const { page, rows, add } = await openPanel();
    await add({ Stop: "Event", Event: "System call", Names: "write", Condition: "a2 == 29" });
    await add({ Stop: "Event", Event: "System call", Names: "getppid", Condition: "1 == 0" });
    await expect.poll(() => rows.count()).toBe(2);
    await page.locator(".status-kind").click();
    const last = await go(page, "Shift+R");
    await expect.poll(() => said(page)).toContain("Event 1");
    await go(page, "Home");
    expect(await go(page, "r")).toBe(last);
    await expect.poll(() => said(page)).toContain("Event 1");
    await expect.poll(() => rows.first().innerText()).toContain("hit 2 times");
    expect(await rows.last().innerText()).toContain("not hit yet");
  });

  test("logs without stopping, and the log is as it was at the moment that is shown", async () => {
    const { page, panel, rows, add } = await openPanel();
    await add({ Stop: "Event", Event: "System call", Names: "getppid", "Log, do not stop": "a7 is {a7}" });
    await expect.poll(() => rows.innerText()).toContain("logs");
    await page.locator(".status-kind").click();
    await go(page, "Home");
    await go(page, "r");
    await expect.poll(() => panel.locator(".breakpoints-log li").count()).toBe(1);
    expect(await panel.locator(".breakpoints-log li").innerText()).toContain("a7 is 173");
    await go(page, "Home");
    await expect.poll(() => panel.locator(".breakpoints-log li").count()).toBe(0);
  });

  test("says in the form why something cannot be, and keeps what was typed", async () => {
    const { panel, rows, add } = await openPanel();
    await add({ Stop: "Event", Event: "System call", Names: "wirte" });
    await expect.poll(() => panel.getByRole("alert").innerText()).toContain("did you mean write?");
    expect(await panel.getByRole("textbox", { name: "Names" }).inputValue()).toBe("wirte");
    // Where in the text it is comes with the error through the worker.
    await add({ Condition: "a0 == )", Names: "write" });
    await expect.poll(() => panel.getByRole("alert").innerText()).toContain("(column 7)");
    expect(await rows.count()).toBe(0);
  });

  test("is told by a button beside a register and beside a byte what not to let be written", async () => {
    const { page, rows } = await openPanel();
    await page.locator(".status-kind").click();
    await page.keyboard.press("Home");
    await page.locator('[data-panel="registers"]').getByRole("button", { name: "Stop when written" }).click();
    await expect.poll(() => rows.innerText()).toContain("write of sp");
    await expect.poll(() => said(page)).toContain("writes sp: see Breakpoints");
    await page.getByRole("tab", { name: "Memory" }).click();
    const memory = page.locator('[data-panel="memory"]');
    await memory.getByRole("button", { name: "Stop when written" }).click();
    await page.getByRole("tab", { name: "Breakpoints" }).click();
    await expect.poll(() => rows.last().innerText()).toMatch(/write of 0x[0-9a-f]{8}/);
  });

  test("has nothing that axe complains about, in both themes", async () => {
    const { page, rows, add } = await openPanel();
    await add({ Stop: "Event", Event: "Process made" });
    await expect.poll(() => rows.count()).toBe(1);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
