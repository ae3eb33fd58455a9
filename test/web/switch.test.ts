// A context switch walked on the page, pass by pass, forwards and backwards.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of context switches", () => {
  const viewer = startViewer();

  test("walks through a trap, marks where it is, and goes back; axe finds nothing", async () => {
    const page = await viewer.open();
    await untilStill(page);
    await page.getByRole("tab", { name: "Context switch" }).click();
    const panel = page.locator('[data-panel="switch"]');
    const press = (name: string) => panel.getByRole("button", { name, exact: true }).click();
    const current = () => panel.locator('[aria-current="step"] h2').innerText();
    await panel.locator(".switch-steps").waitFor();
    await press("◂ Switch");
    await expect.poll(current).toBe("Decided");
    await press("Trap ▸");
    await expect.poll(current).toBe("Raised");
    await press("Pass ▸");
    await expect.poll(current).toBe("Registers saved");
    expect(await panel.locator(".switch-moved").innerText()).toContain("← hart 0");
    const steps = await panel.locator(".switch-steps").innerText();
    await press("Pass ▸");
    await expect.poll(current).not.toBe("Registers saved");
    expect(await findAxeViolations(page)).toEqual([]);
    await press("◂ Pass");
    await expect.poll(current).toBe("Registers saved");
    // What came after is known now, and told as to come.
    expect((await panel.locator(".switch-steps").innerText()).length).toBeGreaterThanOrEqual(steps.length);
    await press("All registers");
    await expect.poll(() => panel.locator(".switch-registers > div").count()).toBeGreaterThanOrEqual(32);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
