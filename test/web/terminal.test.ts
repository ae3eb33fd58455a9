// The terminal: keys reach programs, output stays output, and a keyboard gets in and out of it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";
import { program } from "../harness/program.ts";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer } from "./harness.ts";

const WRITE = 64;
const READ = 63;
const EXIT = 94;
const IOCTL = 29;

/** Writes the bytes of `data` and exits. */
function writer(bytes: Uint8Array): Uint8Array {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 32) lines.push(`.byte ${bytes.slice(at, at + 32).join(", ")}`);
  return program(`li a0, 1
    la a1, data
    li a2, ${bytes.length}
    li a7, ${WRITE}
    ecall
    li a0, 0
    li a7, ${EXIT}
    ecall
    .data
data: ${lines.join("\n")}`);
}

/** Writes its 4096 bytes of lines for ever. */
const FLOOD = program(`again: li a0, 1
    la a1, data
    li a2, 4096
    li a7, ${WRITE}
    ecall
    j again
    .data
data: ${'.ascii "0123456789abcdef 0123456789abcdef 0123456789abcdef 0123456789ab"\n.byte 10\n'.repeat(64)}`);

/** Waits for a line, then says how many columns its terminal has. */
const COLUMNS = program(`li a0, 0
    la a1, data
    li a2, 64
    li a7, ${READ}
    ecall
    li a0, 1
    la a1, data
    li a2, 0x5413
    mv a3, a1
    mv a1, a2
    mv a2, a3
    li a7, ${IOCTL}
    ecall
    la a1, data
    lhu t0, 2(a1)
    li t1, 10
    remu t2, t0, t1
    divu t0, t0, t1
    addi t2, t2, 48
    sb t2, 2(a1)
    remu t2, t0, t1
    divu t0, t0, t1
    addi t2, t2, 48
    sb t2, 1(a1)
    addi t0, t0, 48
    sb t0, 0(a1)
    li a0, 1
    li a2, 3
    li a7, ${WRITE}
    ecall
    li a0, 0
    li a7, ${EXIT}
    ecall
    .data
data: .skip 64`);

describe.skipIf(missing("chromium"))("the terminal", () => {
  const viewer = startViewer();

  /** A page that runs this executable in place of an example's. */
  async function run(executable: Uint8Array, options = {}): Promise<Page> {
    const page = await viewer.open("", options);
    await page
      .context()
      .route("**/examples/dialogue", (route) =>
        route.fulfill({ body: Buffer.from(executable), contentType: "application/octet-stream" }),
      );
    await choose(page, "dialogue");
    return page;
  }

  const choose = async (page: Page, id: string) => {
    await page.evaluate((fragment) => {
      location.hash = fragment;
    }, `#example=${id}`);
  };

  const panel = (page: Page) => page.locator('[data-panel="terminal"]');
  /** What the screen shows, by its own lines. */
  const screen = (page: Page) => page.locator(".xterm-rows").innerText();
  /** The output as text, once the machine stands still. */
  const text = async (page: Page) => (await panel(page).locator("pre").textContent()) ?? "";
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.className ?? "");
  /** A click; the terminal has the keyboard as soon as it is loaded. */
  const enter = async (page: Page) => {
    await page.locator(".terminal-screen").click();
    await expect.poll(() => focused(page)).toBe("xterm-helper-textarea");
  };

  test("a program gets the line that was typed, as it was edited, and answers", async () => {
    const page = await viewer.open();
    await choose(page, "dialogue");
    await expect.poll(() => screen(page)).toContain("What is your name?");
    await enter(page);
    await page.keyboard.type("Mays");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("ë");
    await expect.poll(() => screen(page)).toContain("Mayë");
    await page.keyboard.press("Enter");
    await expect.poll(() => screen(page)).toContain("Hello, Mayë.");
    await expect.poll(() => text(page)).toContain("Hello, Mayë.");
  });

  test("Ctrl-C ends a program that runs", async () => {
    const page = await run(program("loop: j loop"));
    await page.locator(".status-running").waitFor();
    await enter(page);
    await page.keyboard.press("Control+c");
    await page.locator(".status-ended").waitFor();
    await expect.poll(() => text(page)).toBe("^C");
  });

  test("Ctrl-D ends the input of cat", async () => {
    const page = await run(readFileSync(join(ROOT, "build/bin/cat")));
    await page.locator(".status-input").waitFor();
    await enter(page);
    await page.keyboard.type("abc\n");
    await expect.poll(() => screen(page)).toMatch(/abc\s+abc/);
    await page.keyboard.press("Control+d");
    await page.locator(".status-ended").waitFor();
  });

  test("what interprets escape sequences is loaded when it is needed, not before", async () => {
    const page = await viewer.open("", { viewport: { width: 1440, height: 900 } });
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    await page.locator(".status-ended, .status-running").waitFor();
    await expect.poll(() => text(page)).toContain("worker A");
    expect(await page.locator(".xterm").count()).toBe(0);
    await panel(page).getByRole("region", { name: "Output as plain text" }).press("Enter");
    await expect.poll(() => focused(page)).toBe("xterm-helper-textarea");
    await expect.poll(() => screen(page)).toContain("worker A");
    expect(loaded.filter((path) => path.includes("/screen-")).length).toBeGreaterThan(0);
  });

  test("keys that come while the screen is loaded are not lost", async () => {
    const page = await viewer.open("", { viewport: { width: 1440, height: 900 } });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route("**/screen-*.js", async (route) => {
      await held;
      await route.continue();
    });
    await choose(page, "dialogue");
    await page.locator(".status-input").waitFor();
    await page.locator(".terminal-frame").click();
    await page.keyboard.type("Ada\n");
    letGo();
    await expect.poll(() => text(page)).toContain("Hello, Ada.");
  });

  test("pasted text is typed text", async () => {
    const page = await run(readFileSync(join(ROOT, "build/bin/cat")));
    await page.locator(".status-input").waitFor();
    await enter(page);
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "one\ntwo\n");
      document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    });
    await expect.poll(() => text(page)).toBe("one\ntwo\none\ntwo\n");
  });

  test("a keyboard gets in by Enter, out by Shift+Tab, and past by Tab; F5 stays the page's", async () => {
    const page = await run(program("loop: j loop"));
    await page.locator(".status-running").waitFor();
    await enter(page);
    await page.keyboard.press("F5");
    await page.locator(".status-paused").waitFor();
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe("terminal-frame");
    await page.keyboard.press("Tab");
    expect(await panel(page).locator(":focus").count()).toBe(0);
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe("terminal-frame");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("xterm-helper-textarea");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("xterm-helper-textarea");
  });

  test("in the past it shows the output up to there, and what is typed there makes another future", async () => {
    const page = await viewer.open();
    await choose(page, "dialogue");
    await page.locator(".status-input").waitFor();
    await enter(page);
    await page.keyboard.type("Ada\n");
    await expect.poll(() => screen(page)).toContain("Hello, Ada.");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Home");
    await expect.poll(() => text(page)).toBe("");
    await expect.poll(() => screen(page)).not.toContain("Hello");
    await expect.poll(() => panel(page).innerText()).toContain("begins another future");
    await page.keyboard.press("End");
    await expect.poll(() => screen(page)).toContain("Hello, Ada.");
    await page.keyboard.press("Home");
    await expect.poll(() => text(page)).toBe("");
    await enter(page);
    await page.keyboard.type("Bob\n");
    await expect.poll(() => screen(page)).toContain("Bob");
    await page.keyboard.press("F5");
    await expect.poll(() => screen(page)).toContain("Hello, Bob.");
    expect(await text(page)).not.toContain("Ada");
  });

  test("the machine is told how wide the terminal is", async () => {
    const page = await run(COLUMNS, { viewport: { width: 1440, height: 900 } });
    await page.locator(".status-input").waitFor();
    await enter(page);
    await page.keyboard.press("Enter");
    await page.locator(".status-ended").waitFor();
    await expect.poll(() => text(page)).toMatch(/^\n\d{3}$/);
    const wide = Number(await text(page));
    expect(wide).not.toBe(80);
    await page.setViewportSize({ width: 1000, height: 900 });
    await page.getByRole("button", { name: "Start over" }).click();
    await page.locator(".status-input").waitFor();
    await enter(page);
    await page.keyboard.press("Enter");
    await page.locator(".status-ended").waitFor();
    await expect.poll(async () => Number((await text(page)).trim())).toBeLessThan(wide);
  });

  test("output that means harm stays output", async () => {
    const hostile = [
      "<img src=x onerror=alert(1)><script>alert(2)</script>",
      "\x1b]0;stolen title\x07\x1b]2;stolen title\x07",
      "\x1b]8;;javascript:alert(3)\x07a link\x1b]8;;\x07 http://127.0.0.1/never",
      "\x1b]52;c;c3RvbGVu\x07\x1b]52;c;?\x07",
      "\x1b]10;#ff0000\x07\x1b]11;#ff0000\x07\x1b]4;1;#ff0000\x07",
      "\x1b[6n\x1b[c\x1b[>c\x1b]11;?\x07\x1bP$qm\x1b\\",
      "\x1b[8;1000;1000t\x1b[3;0;0t\x1b[2t\x1b[999999999b\x1b[999999;999999H",
      ...["I", "Z", "L", "M", "@", "P", "S", "T", "X", "b", "A", "B", "C", "D"].map(
        (end) => `x\x1b[2147483647${end}`,
      ),
      "x".repeat(30_000),
      "\x1b]0;never ended",
    ].join("\r\n");
    const invalid = [0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0xf8, 0x88, 0x80, 0x80, 0x80];
    const bytes = Uint8Array.from([
      ...invalid,
      ...new TextEncoder().encode(hostile),
      0x18,
      10,
      69,
      78,
      68,
      10,
    ]);
    const page = await run(writer(bytes));
    await page.locator(".xterm-rows").waitFor();
    await expect.poll(() => screen(page)).toContain("END");
    await page.locator(".status-ended").waitFor();
    expect(await page.title()).not.toContain("stolen");
    expect(await panel(page).locator("a, img, script, iframe, svg").count()).toBe(0);
    await page.context().grantPermissions(["clipboard-read"]);
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain("stolen");
    const grounds = await panel(page)
      .locator("*")
      .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).backgroundColor));
    expect(grounds).not.toContain("rgb(255, 0, 0)");
    expect(page.context().pages()).toHaveLength(1);
  });

  test("a program that writes without end is shown at its newest, with what was skipped", async () => {
    const page = await run(FLOOD);
    await page.locator(".status-running").waitFor();
    await enter(page);
    await expect.poll(() => screen(page)).toContain("0123456789abcdef");
    await page.keyboard.press("Control+c");
    await page.locator(".status-ended").waitFor();
    await expect.poll(() => panel(page).innerText()).toMatch(/\d bytes skipped/);
    await expect.poll(() => text(page)).toMatch(/\^C$/);
  });

  test.each([1440, 360])("axe finds nothing wrong, %i pixels wide, as screen and as text", async (width) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const colours = new TextEncoder().encode(
        Array.from({ length: 16 }, (_, n) => `\x1b[38;5;${n}mcolour ${n}\x1b[0m\n`).join(""),
      );
      const page = await run(writer(colours), { viewport: { width, height: 800 }, colorScheme });
      if (width === 360) await page.getByRole("tab", { name: "Terminal" }).click();
      await expect.poll(() => screen(page)).toContain("colour 15");
      expect(await findAxeViolations(page)).toEqual([]);
      await page.getByRole("button", { name: "Plain text" }).click();
      await expect.poll(() => text(page)).toContain("colour 15");
      expect(await findAxeViolations(page)).toEqual([]);
    }
  });
});
