// The editor: errors in place, completion, a program of one's own, and that one can leave it by keyboard.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { drop, findAxeViolations, startViewer, untilStill } from "./harness.ts";

const EXIT_7 = "        .globl  _start\n_start: li      a0, 7\n        li      a7, 94\n        ecall\n";

describe.skipIf(missing("chromium"))("the editor", () => {
  const viewer = startViewer();

  const openEditor = async (path = "#example=fork") => {
    const page = await viewer.open(path);
    await untilStill(page);
    await page.getByRole("tab", { name: "Program" }).click();
    const text = page.getByLabel("Source of the program");
    await text.waitFor();
    return { page, text, panel: page.locator('[data-panel="editor"]') };
  };

  /** In place of all that is there. */
  const write = async (page: Page, source: string) => {
    await page.getByLabel("Source of the program").focus();
    await page.keyboard.press("Control+a");
    if (source === "") await page.keyboard.press("Delete");
    else await page.keyboard.insertText(source);
  };

  test("marks an error where it is, and says what is wrong", async () => {
    const { page, panel } = await openEditor();
    await write(page, EXIT_7.replace("li      a0, 7", "addd    a0, a0"));
    await expect.poll(() => panel.locator(".cm-lintRange-error").allInnerTexts()).toEqual(["addd"]);
    await expect.poll(() => panel.locator(".editor-error").innerText()).toMatch(/^1 error, line 2: .*addd/);
  });

  test("keeps every letter that is typed quickly", async () => {
    const { page, panel } = await openEditor();
    await write(page, "");
    await page.keyboard.type("# The quick brown fox jumps over the lazy dog, twice.");
    expect(await panel.locator(".cm-content").innerText()).toBe(
      "# The quick brown fox jumps over the lazy dog, twice.",
    );
  });

  test("runs what was written; the text that runs is not modified", async () => {
    const { page, panel } = await openEditor();
    await write(page, EXIT_7);
    await expect.poll(() => panel.locator(".editor-modified").count()).toBe(1);
    await panel.getByRole("button", { name: "Run it" }).click();
    await expect.poll(() => panel.locator(".editor-modified").count()).toBe(0);
    expect(await untilStill(page)).toBe("ended");
    await expect.poll(() => page.locator(".status").innerText()).toContain("7");
    await panel.getByRole("button", { name: "Reset" }).click();
    await expect
      .poll(() => panel.locator(".cm-content").innerText())
      .toContain("fork makes a second process");
  });

  test("does not run what has errors, and says so", async () => {
    const { page, panel } = await openEditor();
    await write(page, "nonsense\n");
    await panel.getByRole("button", { name: "Run it" }).click();
    await expect.poll(() => page.locator(".status").innerText()).toContain("in the source");
    expect(await panel.locator(".cm-content").innerText()).toContain("nonsense");
  });

  test("comes forward where a file that is opened has errors, with the cursor at the first", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    const lines = [...Array<string>(80).fill("nop"), "nonsense", "_start: nop", ""];
    await drop(page, "wrong.s", [...new TextEncoder().encode(lines.join("\n"))]);
    expect(await page.getByRole("alert").innerText()).toContain("in the source: see the editor");
    const panel = page.locator('[data-panel="editor"]');
    await expect.poll(() => panel.locator(".cm-activeLine").innerText()).toBe("nonsense");
    await expect
      .poll(() =>
        panel.locator(".cm-activeLine").evaluate((line) => {
          const box = line.getBoundingClientRect();
          return document.elementFromPoint(box.left + 2, box.top + 2)?.closest(".cm-activeLine") === line;
        }),
      )
      .toBe(true);
  });

  test("completes instructions with their operands, and calls after syscall", async () => {
    const { page, panel } = await openEditor();
    await write(page, "        slt");
    const options = panel.locator(".cm-tooltip-autocomplete li");
    await page.keyboard.type("i");
    await expect.poll(() => options.first().innerText()).toContain("slti");
    await page.keyboard.press("Escape");
    await write(page, "        syscall getpi");
    await page.keyboard.type("d");
    await expect.poll(() => options.first().innerText()).toMatch(/^getpid/);
  });

  test("explains an instruction under the pointer", async () => {
    const { page, panel } = await openEditor();
    await write(page, EXIT_7);
    await panel.locator(".source-mnemonic", { hasText: "ecall" }).hover();
    await expect.poll(() => panel.locator(".editor-word").innerText()).toContain("ecall");
  });

  test("lets Tab leave after Escape, and indents without", async () => {
    const { page, text } = await openEditor();
    await write(page, "");
    await page.keyboard.press("Tab");
    expect(await text.innerText()).toBe(" ".repeat(8));
    const isInside = () => text.evaluate((element) => element.contains(document.activeElement));
    expect(await isInside()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await isInside()).toBe(false);
  });

  test("keeps a changed text while another program is looked at", async () => {
    const { page, panel } = await openEditor();
    await write(page, EXIT_7);
    await page.evaluate(() => {
      location.hash = "#example=exec";
    });
    await expect.poll(() => panel.locator(".editor-name").innerText()).toBe("exec.s");
    await page.evaluate(() => {
      location.hash = "#example=fork";
    });
    await expect.poll(() => panel.locator(".editor-name").innerText()).toBe("fork.s");
    await expect.poll(() => panel.locator(".cm-content").innerText()).toContain("li      a0, 7");
    await expect.poll(() => panel.locator(".editor-modified").count()).toBe(1);
  });

  test("has nothing that axe complains about, in both themes", async () => {
    const { page } = await openEditor();
    await write(page, EXIT_7.replace("ecall", "ecal"));
    await page.locator(".cm-lintRange-error").waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
