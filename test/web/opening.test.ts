// Programs from outside: what cannot be run is refused with the reason, and nothing that was there is lost.

import { describe, expect, test } from "vitest";
import { encodeLink } from "../../web/page/share/link.ts";
import { missing } from "../harness/tools.ts";
import { drop, findAxeViolations, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("a program that is opened", () => {
  const viewer = startViewer();

  test("is refused with the field that is wrong if it is a broken ELF file; the machine stays", async () => {
    const page = await viewer.open("#example=fork");
    expect(await untilStill(page)).toBe("ended");
    const before = await page.getByTitle("Instructions retired").last().innerText();
    await drop(page, "broken.elf", [0x7f, 0x45, 0x4c, 0x46, 1, 2, 3]);
    expect(await page.getByRole("alert").innerText()).toMatch(/^broken cannot be run: .*expected/);
    // Said once.
    expect((await page.locator("footer").innerText()).match(/cannot be run/g)).toHaveLength(1);
    expect(await page.getByTitle("Instructions retired").last().innerText()).toBe(before);
    expect(await page.locator(".program").innerText()).toMatch(/fork/i);
  });

  test("is the first example where a link names what there is not", async () => {
    const fragment = await encodeLink({ program: { example: "fork" }, configuration: { harts: 99 } });
    const page = await viewer.open(fragment);
    expect(await page.getByRole("alert").innerText()).toMatch(/harts is 99.*The first example is shown/);
    await page.locator(".status-kind").waitFor();
  });

  test("is the one asked for last, on as many harts as were asked for last", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await page.evaluate(() => {
      const harts = document.querySelector<HTMLSelectElement>(".choice-harts select")!;
      const choose = () => {
        harts.value = "4";
        harts.dispatchEvent(new Event("change", { bubbles: true }));
      };
      addEventListener("hashchange", choose, { once: true });
      location.hash = "#example=deadlock";
    });
    await page.locator(".status-deadlock").waitFor();
    await expect.poll(() => page.getByLabel("Harts").inputValue()).toBe("4");
    expect(await page.locator(".program").innerText()).toMatch(/deadlock/i);
  });

  test("can be scrolled in the editor by keyboard, however long it is", async () => {
    const page = await viewer.open("#example=fork", { viewport: { width: 1440, height: 500 } });
    await untilStill(page);
    await page.getByRole("tab", { name: "Program" }).click();
    await page.locator(".cm-content").waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
