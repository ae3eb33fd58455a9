// The panel of code: source and instructions, the pc, and what the next instruction will do.

import { describe, expect, test } from "vitest";
import { encodeLink } from "../../web/page/share/link.ts";
import { type SharedProgram, toLetters } from "../../web/page/share/program.ts";
import { compiled } from "../debug/compiled.ts";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, openExample, startViewer, untilStill } from "./harness.ts";

describe.skipIf(missing("chromium"))("the panel of code", () => {
  const viewer = startViewer();

  const openFork = async () => {
    const page = await viewer.open();
    await untilStill(page).catch(() => {});
    await openExample(page, "fork", 400);
    return { page, panel: page.locator('[data-panel="code"]') };
  };

  test("marks the pc, says what comes next, and goes on with a step", async () => {
    const { page, panel } = await openFork();
    const pc = panel.locator(".code-pc");
    await expect.poll(() => pc.count()).toBe(1);
    const words = await panel.locator(".code-next").innerText();
    expect(words.length).toBeGreaterThan(5);
    await page.keyboard.press("s");
    await expect.poll(() => panel.locator(".code-next").innerText()).not.toBe(words);
  });

  test("shows the source beside the instructions, or one of them", async () => {
    const { panel } = await openFork();
    const list = panel.getByRole("grid", { name: "Code" });
    await panel.getByRole("button", { name: "Source" }).click();
    await expect.poll(() => list.locator(".code-address").count()).toBe(0);
    expect(await list.locator(".code-number").count()).toBeGreaterThan(5);
    await panel.getByRole("button", { name: "Disassembly" }).click();
    await expect.poll(() => list.locator(".code-number").count()).toBe(0);
    await expect.poll(() => list.locator(".code-mnemonic").count()).toBeGreaterThan(5);
  });

  test("stays where it was scrolled to until it follows the pc again", async () => {
    const { page, panel } = await openFork();
    const list = panel.getByRole("grid", { name: "Code" });
    const follow = panel.getByRole("button", { name: "Follow pc" });
    await list.evaluate((box) => box.scrollTo(0, 0));
    await expect.poll(() => follow.getAttribute("aria-pressed")).toBe("false");
    await page.keyboard.press("s");
    expect(await list.evaluate((box) => box.scrollTop)).toBe(0);
    await follow.click();
    await expect.poll(() => panel.locator(".code-pc").isVisible()).toBe(true);
  });

  test("stays there also if other rows come before the page has heard of the scrolling", async () => {
    const { panel } = await openFork();
    const list = panel.getByRole("grid", { name: "Code" });
    await list.evaluate((box) => {
      box.scrollTo(0, 40);
      const source = [...document.querySelectorAll("button")].find(({ innerText }) => innerText === "Source");
      source!.click();
    });
    await expect.poll(() => list.locator(".code-address").count()).toBe(0);
    expect(await panel.getByRole("button", { name: "Follow pc" }).getAttribute("aria-pressed")).toBe("false");
    expect(await list.evaluate((box) => box.scrollTop)).toBe(40);
  });

  test("stops at a breakpoint that was set in the gutter, and it says how often it was hit", async () => {
    const { page, panel } = await openFork();
    await panel.getByRole("button", { name: "Source" }).click();
    const line = panel.locator(".code-row", { hasText: "beqz    s0, child" });
    await panel.getByRole("grid", { name: "Code" }).evaluate((box) => box.scrollTo(0, 28 * 20));
    await line.locator(".code-breakpoint").click();
    await expect.poll(() => line.locator(".code-breakpoint").innerText()).toBe("●");
    await page.getByLabel("Speed").selectOption({ label: "full" });
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect.poll(() => line.getAttribute("aria-current")).toBe("step");
    expect(await line.locator(".code-breakpoint").getAttribute("title")).toContain("fork.s:");
    await panel.getByTitle("The list of breakpoints").click();
    await expect.poll(() => panel.locator(".breakpoints li").innerText()).toContain("hit once");
    await panel.getByRole("button", { name: /^Remove/ }).click();
    await expect.poll(() => line.locator(".code-breakpoint").innerText()).toBe("");
  });

  test("is worked by keys: b makes a breakpoint at the cursor, c runs there", async () => {
    const { page, panel } = await openFork();
    await panel.getByRole("button", { name: "Disassembly" }).click();
    await panel.getByRole("grid", { name: "Code" }).focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => panel.locator(".code-cursor").count()).toBe(1);
    await page.keyboard.press("b");
    const sign = panel.locator(".code-cursor .code-breakpoint");
    await expect.poll(() => sign.innerText()).toBe("●");
    await page.keyboard.press("Shift+B");
    await expect.poll(() => sign.innerText()).toBe("○");
    await page.keyboard.press("b");
    await expect.poll(() => sign.innerText()).toBe("");
    await page.keyboard.press("c");
    await expect.poll(() => panel.locator(".code-cursor").getAttribute("aria-current")).toBe("step");
  });

  test("has nothing that axe complains about, in both themes", async () => {
    const { page } = await openFork();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await findAxeViolations(page)).toEqual([]);
  });

  /** Runs to a symbol. */
  const stopAt = async (location: string, program: SharedProgram) => {
    const breakpoints = [{ kind: "breakpoint" as const, location }];
    const page = await viewer.open(await encodeLink({ program, breakpoints }));
    await expect.poll(() => page.locator("footer").innerText()).toContain("Breakpoint 1");
    return page.locator('[data-panel="code"]');
  };

  test("shows the source of the machine's library while it is in it", async () => {
    const panel = await stopAt("print_string", { example: "fork" });
    await expect.poll(() => panel.locator(".code-place").innerText()).toMatch(/^print\.inc:\d+$/);
    const line = await panel.locator(".code-pc .code-number").innerText();
    expect(await panel.locator(".code-place").innerText()).toBe(`print.inc:${line}`);
    expect((await panel.locator(".code-pc .code-source").innerText()).length).toBeGreaterThan(3);
  });

  test.skipIf(missing("riscv64-unknown-elf-gcc"))(
    "says which line of a C program it is, whose source is not here",
    async () => {
      const executable = toLetters(
        compiled("int main(void)\n{\n  volatile int n = 3;\n  return n - 3;\n}\n", "-O0"),
      );
      const panel = await stopAt("main", { name: "three", executable });
      await expect.poll(() => panel.locator(".code-place").innerText()).toBe("test.c:3");
      await expect.poll(() => panel.locator(".code-pc .code-origin").innerText()).toBe("test.c:3");
      await expect.poll(() => panel.locator(".code-origin").allInnerTexts()).toContain("test.c:4");
    },
  );

  test("offers the way back once nothing executes any more", async () => {
    const page = await viewer.open("#example=fork");
    expect(await untilStill(page)).toBe("ended");
    const panel = page.locator('[data-panel="code"]');
    await expect.poll(() => panel.innerText()).toContain("The run has ended");
    expect(await findAxeViolations(page)).toEqual([]);
    await panel.getByRole("button", { name: "Step back" }).click();
    await expect.poll(() => panel.locator(".code-pc").count()).toBe(1);
  });
});
