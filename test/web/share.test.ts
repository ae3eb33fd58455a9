// Links: what they carry comes back, a damaged one says so, and a fresh profile shows the same moment.

import { deflateRawSync } from "node:zlib";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { decodeLink, encodeLink, LinkError, type SharedState } from "../../web/page/share/link.ts";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

const moments = fc.record({ retired: fc.nat(1e12), events: fc.maxSafeNat() });
const states: fc.Arbitrary<SharedState> = fc.record(
  {
    program: fc.oneof(
      fc.record({ example: fc.stringMatching(/^[\w-]+$/) }),
      fc.record({ name: fc.stringMatching(/^\w[\w.-]{0,63}$/), source: fc.string({ unit: "grapheme" }) }),
    ),
    configuration: fc.record({ harts: fc.integer({ min: 1, max: 8 }) }),
    moment: moments,
    inputs: fc.array(
      fc.record({ moment: moments, kind: fc.constant("input" as const), bytes: fc.uint8Array() }),
    ),
    breakpoints: fc.array(fc.record({ kind: fc.constant("breakpoint" as const), location: fc.string() })),
    layout: fc.record({
      sizes: fc.constant({ left: 2.5 }),
      places: fc.constant({ registers: "left" as const }),
      front: fc.constant({ left: "registers" }),
      single: fc.constant("processes"),
    }),
  },
  { requiredKeys: ["program"] },
);

describe("a link's fragment", () => {
  property.prop([states])("brings back what it was made of", async (state) => {
    const fragment = await encodeLink(state);
    expect(fragment).toMatch(/^#[\w.=-]+$/);
    expect(await decodeLink(fragment)).toEqual(state);
  });

  property.prop([states, fc.nat(), fc.string()])(
    "that is damaged is refused with a reason, or carries a whole state",
    async (state, place, noise) => {
      const whole = await encodeLink({ ...state, moment: { retired: 1, events: 1 } });
      const at = place % whole.length;
      const damaged = whole.slice(0, at) + noise + whole.slice(at + 1 + noise.length);
      const outcome = await decodeLink(damaged).catch((error) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(LinkError);
      else if (outcome !== null) expect(outcome.program).toBeTypeOf("object");
    },
  );

  test("that unfolds to more than a state can be is refused", async () => {
    const state = { program: { name: "zeros", source: "0".repeat(9 * 1024 * 1024) } };
    await expect(encodeLink(state)).rejects.toThrow(/too large/);
    const bomb = deflateRawSync(JSON.stringify(state)).toString("base64url");
    await expect(decodeLink(`#1.${bomb}`)).rejects.toThrow(/unfolds/);
  });
});

test("a link to a moment that no machine here gets to is refused", async () => {
  const state = { program: { example: "fork" }, moment: { retired: 1e15, events: 0 } };
  await expect(decodeLink(await encodeLink(state))).rejects.toThrow(/too far to go/);
  const input = { moment: { retired: 1e15, events: 0 }, kind: "endInput" as const };
  await expect(
    decodeLink(await encodeLink({ ...state, moment: { retired: 1, events: 1 }, inputs: [input] })),
  ).rejects.toThrow(/too far/);
});

describe.skipIf(missing("chromium"))("a shared link", () => {
  const viewer = startViewer();

  test("shows the same moment in a fresh profile", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await page.getByLabel("Speed").selectOption("1 /s");
    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    for (let steps = 0; steps < 3; steps++) await page.keyboard.press("s");
    await page.getByRole("button", { name: "Share" }).click();
    const field = page.getByLabel("Link", { exact: true });
    await expect.poll(() => field.inputValue()).toMatch(/#1\./);
    expect(await findAxeViolations(page)).toEqual([]);
    const link = await field.inputValue();
    const there = await viewer.open(link.slice(viewer.address().length));
    expect(await untilStill(there)).toBe("paused");
    const figures = (one: typeof page) => one.locator(".status .figure").allInnerTexts();
    expect(await figures(there)).toEqual(await figures(page));
  });

  test("carries what was typed, and the machine stands where that led it", async () => {
    const page = await viewer.open("#example=dialogue");
    const screen = (one: typeof page) => one.locator(".xterm-rows");
    await page.locator(".status-input").waitFor();
    await page.locator(".terminal-screen").click();
    await page.locator("textarea.xterm-helper-textarea:focus").waitFor({ state: "attached" });
    await page.keyboard.type("Ada\n12\n");
    await expect.poll(() => screen(page).innerText()).toContain("12 squared is 144");
    await page.locator(".status-input").waitFor();
    const hash = async (one: typeof page) => {
      await one.getByRole("button", { name: "State hash" }).click();
      await one.locator(".announcement", { hasText: /^State / }).waitFor();
      return one.locator(".announcement").innerText();
    };
    const before = await hash(page);
    await page.getByRole("button", { name: "Share" }).click();
    const field = page.getByLabel("Link", { exact: true });
    await expect.poll(() => field.inputValue()).toMatch(/#1\./);
    const link = await field.inputValue();
    const there = await viewer.open(link.slice(viewer.address().length));
    await expect.poll(() => screen(there).innerText()).toContain("12 squared is 144");
    await untilStill(there);
    expect(await hash(there)).toBe(before);
    expect(await screen(there).innerText()).toContain("Hello, Ada.");
  });

  test("that may not be copied is offered to be copied by hand", async () => {
    const page = await viewer.open("#example=fork");
    await untilStill(page);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.getByRole("button", { name: "Share" }).click();
    const field = page.getByLabel("Link", { exact: true });
    await expect.poll(() => field.inputValue()).not.toBe("");
    await page.getByRole("button", { name: "Copy", exact: true }).first().click();
    await expect
      .poll(() => page.getByRole("alert").innerText())
      .toMatch(/does not let this page copy.*Ctrl\+C/);
    const selected = await field.evaluate(
      (element: HTMLInputElement) =>
        document.activeElement === element &&
        element.selectionEnd! - element.selectionStart! === element.value.length,
    );
    expect(selected).toBe(true);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  test("that is damaged says so and shows the first example", async () => {
    const page = await viewer.open("#1.AAAA");
    await page.getByRole("alert").getByText("This link is damaged").waitFor();
    await untilStill(page);
  });

  test("to an embed shows the panels that it names, and opens in full with the same state", async () => {
    const page = await viewer.open("?embed=1&panels=registers#example=fork");
    await untilStill(page);
    expect(await page.getByRole("tab").allInnerTexts()).toEqual(["Registers"]);
    expect(await findAxeViolations(page)).toEqual([]);
    const [full] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("button", { name: "Open in full" }).click(),
    ]);
    await full.waitForLoadState();
    await untilStill(full);
    const figures = (one: typeof page) => one.locator(".status .figure").allInnerTexts();
    expect(await figures(full)).toEqual(await figures(page));
    expect(await full.getByRole("tab").count()).toBeGreaterThan(1);
  });
});
