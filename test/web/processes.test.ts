// The panel of processes: order, filter, choice; and that it stays quick with many.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, openExample, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of processes", () => {
  const viewer = startViewer();

  /** The workshop at a moment at which all its processes are there. */
  const openWorkshop = async () => {
    const page = await viewer.open();
    await untilStill(page);
    await openExample(page, "workshop", 3000);
    return { page, panel: page.locator('[data-panel="processes"]') };
  };
  const rowsOf = (panel: Awaited<ReturnType<typeof openWorkshop>>["panel"]) =>
    panel.locator("[role=rowgroup] [role=row]");

  test("is a tree until a column's title is clicked, and again on Tree", async () => {
    const { panel } = await openWorkshop();
    const names = () => panel.locator(".processes-branch").count();
    expect(await names()).toBeGreaterThan(5);
    await panel.getByRole("button", { name: "pid" }).click();
    expect(await names()).toBe(0);
    await panel.getByRole("button", { name: "pid" }).click();
    expect(await panel.getByRole("columnheader", { name: "pid" }).getAttribute("aria-sort")).toBe(
      "descending",
    );
    expect(await rowsOf(panel).first().getByRole("gridcell").first().innerText()).toBe("7");
    await panel.getByRole("button", { name: "Tree" }).click();
    expect(await rowsOf(panel).first().getByRole("gridcell").first().innerText()).toBe("1");
  });

  test("shows what matches a filter, and by state", async () => {
    const { panel } = await openWorkshop();
    await panel.getByRole("button", { name: "pid" }).click();
    await panel.getByRole("searchbox").fill("init");
    await expect.poll(() => rowsOf(panel).count()).toBe(1);
    await panel.getByRole("searchbox").fill("");
    await panel.getByLabel("State").selectOption("running");
    await expect.poll(() => rowsOf(panel).count()).toBe(1);
  });

  test("chooses by keyboard, says so, and follows again", async () => {
    const { page, panel } = await openWorkshop();
    const follow = panel.getByRole("button", { name: "Follow" });
    expect(await follow.getAttribute("aria-pressed")).toBe("true");
    await panel.getByRole("grid").press("Home");
    await expect.poll(() => follow.getAttribute("aria-pressed")).toBe("false");
    await expect.poll(() => panel.locator('[aria-selected="true"]').innerText()).toContain("init");
    expect(await findAxeViolations(page)).toEqual([]);
    await follow.click();
    await expect.poll(() => panel.locator('[aria-selected="true"]').innerText()).toContain("workshop");
  });
});
