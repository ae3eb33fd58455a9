// Links that are forged or out of date: the person is told, and the machine stands at a moment of its own run, from which it
// goes on as ever. No exception, no message on the console: the harness would see it.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { encodeLink, type SharedState } from "../../web/page/share/link.ts";
import { missing } from "../harness/tools.ts";
import { startViewer, untilStill } from "./harness.ts";

const ENDLESS = { name: "endless", source: ".globl _start\n_start: addi a0, a0, 1\nj _start\n" };
const FORK = { example: "fork" };

describe.skipIf(missing("chromium"))("a link that is forged", () => {
  const viewer = startViewer();

  /** What somebody may put into it, whatever the types say. */
  const open = async (state: object) => viewer.open(await encodeLink(state as SharedState));
  const alert = (page: Page) => page.getByRole("alert").innerText();
  const instructions = async (page: Page) =>
    Number((await page.getByTitle("Instructions retired").last().innerText()).replace(/\D/g, ""));

  /** Presses a key and waits until the machine stands elsewhere. */
  const go = async (page: Page, key: string) => {
    const before = await instructions(page);
    await page.locator(".status-kind").click();
    await page.keyboard.press(key);
    await expect.poll(async () => (await instructions(page)) !== before).toBe(true);
    return untilStill(page);
  };

  for (const events of [5, 151, 9e15]) {
    test(`leads to the nearest moment where there never were ${events} events with so many instructions`, async () => {
      const page = await open({ program: FORK, moment: { retired: 3000, events } });
      await expect.poll(() => alert(page)).toMatch(/a moment that this run does not come to/);
      expect(await untilStill(page)).toBe("paused");
      expect(await instructions(page)).toBe(3000);
      expect(await go(page, "Shift+S")).toBe("paused");
      expect(await instructions(page)).toBe(2999);
      expect(await go(page, "r")).toBe("ended");
    });
  }

  test("leads to the end of the run where the moment would be behind it", async () => {
    const page = await open({ program: FORK, moment: { retired: 1e9, events: 1e6 } });
    await expect.poll(() => alert(page)).toMatch(/does not come to/);
    expect(await untilStill(page)).toBe("ended");
    expect(await go(page, "Home")).toBe("paused");
  });

  test("to a moment that is far away shows how far it has come, and can be paused on the way", async () => {
    const page = await open({ program: ENDLESS, moment: { retired: 1e12, events: 100 } });
    const line = page.locator(".status-kind");
    await expect.poll(() => line.innerText()).toMatch(/^Going to instruction 1\D000\D000\D000\D000: 0 %$/);
    await expect.poll(() => instructions(page)).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Pause" }).click();
    expect(await untilStill(page)).toBe("paused");
    const there = await instructions(page);
    expect(await go(page, "s")).toBe("paused");
    expect(await go(page, "Shift+S")).toBe("paused");
    expect(await instructions(page)).toBe(there);
    // The way is left for good.
    expect(await go(page, "Home")).toBe("paused");
    expect(await instructions(page)).toBe(0);
  });

  test("stands at its moment also where a breakpoint lies on the way, and keeps the breakpoint", async () => {
    const whole = await viewer.open("#example=fork");
    await untilStill(whole);
    await whole.locator(".status-kind").click();
    for (const key of ["Shift+S", "Shift+S"]) await go(whole, key);
    const figures = (one: Page) => one.locator(".status .figure").allInnerTexts();
    const [, retired, events] = (await figures(whole)).map((text) => Number(text.replace(/\D/g, "")));
    const breakpoints = [{ kind: "breakpoint", location: "after_fork" }];
    const page = await open({ program: FORK, moment: { retired, events }, breakpoints });
    await expect.poll(() => figures(page)).toEqual(await figures(whole));
    await page.getByRole("tab", { name: "Breakpoints" }).click();
    await expect.poll(() => page.locator(".breakpoints li").innerText()).toContain("after_fork");
    await go(page, "Shift+R");
    expect(await page.locator("footer").innerText()).toContain("Breakpoint 1");
  });

  test("with inputs that this machine does not know is refused", async () => {
    const moment = { retired: 100, events: 4 };
    const page = await open({ program: FORK, moment, inputs: [{ kind: "reboot", moment }] });
    await expect.poll(() => alert(page)).toMatch(/what came from outside is not of this machine/);
    await untilStill(page);
  });

  test("with inputs at moments that there are not stops before the first of them", async () => {
    const inputs = [
      { kind: "setRegister", pid: 77, index: 99, value: 1, moment: { retired: 2000, events: 1 } },
    ];
    const page = await open({ program: FORK, moment: { retired: 3000, events: 100 }, inputs });
    await expect.poll(() => alert(page)).toMatch(/does not come to/);
    expect(await instructions(page)).toBe(2000);
    expect(await go(page, "r")).toBe("ended");
  });

  test("with breakpoints and a configuration that are none opens all the same", async () => {
    const breakpoints = [
      { kind: "breakpoint", location: 5 },
      { kind: "nothing" },
      { kind: "watchpoint", log: {} },
      {},
    ];
    const page = await open({
      program: FORK,
      configuration: { core: {}, terminal: 0, rows: 1e300 },
      breakpoints,
    });
    await page.locator(".status-ended").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  for (const name of [".", ".."]) {
    test(`with a program whose name is ${name} is refused`, async () => {
      const page = await open({ program: { ...ENDLESS, name } });
      await expect.poll(() => alert(page)).toMatch(/damaged/);
      await untilStill(page);
    });
  }

  test("to an example that there is not shows the first one", async () => {
    const page = await viewer.open("#example=nowhere");
    await expect.poll(() => alert(page)).toMatch(/There is no example "nowhere".*first example/);
    await untilStill(page);
  });
});
