// A context switch on the page, moment by moment, forwards and backwards: where the registers are, what moves, and who is
// picked among whom.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

const MOST_TRAPS = 80;

interface Panel {
  readonly page: Page;
  /** Presses a button and waits until the machine stands elsewhere. */
  readonly press: (name: string) => Promise<void>;
  /** Title of the step where it stands. */
  readonly current: () => Promise<string>;
  /** What the arrows say. */
  readonly arrows: () => Promise<readonly string[]>;
  /** Text of a place: "Hart 0", "PCBs", "What happens". */
  readonly text: (place: string) => Promise<string>;
}

function operate(page: Page): Panel {
  const panel = page.locator('[data-panel="switch"]');
  const figures = () => page.locator(".status .figure").allInnerTexts();
  return {
    page,
    async press(name) {
      const before = await figures();
      await panel.getByRole("button", { name, exact: true }).click();
      await expect.poll(figures).not.toEqual(before);
    },
    current: () => panel.locator('[aria-current="step"] h2').innerText(),
    arrows: () =>
      panel.getByRole("img", { name: /moved/ }).evaluateAll((all) => all.map((one) => one.ariaLabel!)),
    text: (place) => panel.getByRole("region", { name: place }).innerText(),
  };
}

/** Presses until one of the moments is another one; the moments on the way. */
async function through(panel: Panel, name: string, count: number): Promise<string[]> {
  const seen: string[] = [];
  for (let press = 0; press < count; press++) {
    await panel.press(name);
    seen.push(await panel.current());
  }
  return seen;
}

describe.skipIf(missing("chromium"))("the panel of context switches", () => {
  const viewer = startViewer();

  /** An example that has run to its end and stands at its start again. */
  async function open(example: string): Promise<Panel> {
    const page = await viewer.open(`#example=${example}`);
    await untilStill(page);
    await page.getByRole("tab", { name: "Context switch" }).click();
    await page.getByRole("button", { name: "To the start" }).click();
    await page.locator('[data-panel="switch"] .switch-steps').waitFor();
    return operate(page);
  }

  /** Goes from trap to trap to the first one of which it is told what is wanted. */
  async function findTrap(panel: Panel, wanted: RegExp): Promise<void> {
    for (let trap = 0; trap < MOST_TRAPS; trap++) {
      await panel.press("Trap ▸");
      if (wanted.test(await panel.text("What happens"))) return;
    }
    throw new Error(`no trap is told as ${wanted}`);
  }

  test("a system call that blocks: its registers go into the PCB, another is picked and loaded, and back", async () => {
    const panel = await open("pipe");
    await findTrap(panel, /read\([\s\S]*running → blocked/);
    expect(await panel.current()).toBe("Raised");
    const held = await panel.text("Hart 0");
    expect(held).toContain("still holds");
    expect(await panel.text("PCBs")).toContain("saved at its trap before");
    expect(await panel.arrows()).toEqual([]);
    const pc = /pc\s+(\w{8})/.exec(held)![1];

    await panel.press("Moment ▸");
    expect(await panel.current()).toBe("Registers saved");
    expect(await panel.arrows()).toEqual([expect.stringMatching(/from hart 0 to the PCB of \d/)]);
    expect(await panel.text("PCBs")).toContain(pc);
    expect(await panel.text("Hart 0")).not.toContain(pc);
    expect(await findAxeViolations(panel.page)).toEqual([]);

    await panel.press("Moment ▸");
    expect(await panel.current()).toBe("Decided");
    expect(await panel.text("What happens")).toContain("blocks");
    await expect.poll(() => panel.page.getByLabel("Candidates").innerText()).toMatch(/picked/);
    expect(await panel.arrows()).toEqual([]);
    expect(await findAxeViolations(panel.page)).toEqual([]);

    // Backwards each moment looks as it did.
    await panel.press("◂ Moment");
    expect(await panel.current()).toBe("Registers saved");
    expect(await panel.arrows()).toHaveLength(1);
    await panel.press("◂ Moment");
    expect(await panel.current()).toBe("Raised");
    expect(/pc\s+(\w{8})/.exec(await panel.text("Hart 0"))![1]).toBe(pc);
  });

  test("the timer takes the hart away: the five moments, one press each, both ways", async () => {
    const panel = await open("preempt");
    await findTrap(panel, /interrupt: timer[\s\S]*time slice was over/);
    expect(await panel.current()).toBe("Raised");
    expect(await panel.arrows()).toEqual([]);
    const five = ["Registers saved", "Decided", "Registers loaded", "Resumed"];
    expect(await through(panel, "Moment ▸", 2)).toEqual(five.slice(0, 2));
    expect(await panel.page.getByLabel("Candidates").innerText()).toMatch(
      /picked\s+\d+\s+\w+, by round robin\s+waiting\s+\d/,
    );
    expect(await through(panel, "Moment ▸", 1)).toEqual(["Registers loaded"]);
    expect(await panel.arrows()).toEqual([expect.stringMatching(/from the PCB of \d to hart 0/)]);
    expect(await through(panel, "Moment ▸", 1)).toEqual(["Resumed"]);
    expect(await panel.arrows()).toEqual([]);
    expect(await panel.text("Hart 0")).toContain("executes process");
    expect(await through(panel, "◂ Moment", 4)).toEqual([...five.slice(0, 3).reverse(), "Raised"]);
  });

  test("a page fault that is served: nobody else is picked, and the same registers come back", async () => {
    const panel = await open("isolation");
    await findTrap(panel, /page fault/);
    const raised = await panel.text("Hart 0");
    expect(await through(panel, "Moment ▸", 2)).toEqual(["Registers saved", "Registers loaded"]);
    expect(await panel.text("What happens")).toMatch(/given a page[\s\S]*nothing to decide/);
    expect(await panel.arrows()).toEqual([expect.stringMatching(/to hart 0/)]);
    const pc = (text: string) => /pc\s+(\w{8})/.exec(text)![1];
    expect(pc(await panel.text("Hart 0"))).toBe(pc(raised));
    expect(await through(panel, "◂ Moment", 2)).toEqual(["Registers saved", "Raised"]);
    await panel.page.getByRole("button", { name: "All registers" }).click();
    await expect.poll(() => panel.text("Hart 0")).toContain("t6");
    expect(await findAxeViolations(panel.page)).toEqual([]);
  });
});
