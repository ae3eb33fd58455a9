// The first view in real Chromium: the files that scripts/web-size.mjs counts, and no other, are what a browser asks for
// until the first process is on the screen. What comes after them may come late, or not at all at first.

import { readFileSync } from "node:fs";
import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { History, Machine } from "../../host/index.ts";
import { firstView } from "../../scripts/web-size.mjs";
import { core } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { findAxeViolations, startViewer, untilStill } from "./harness.ts";

const ROW = '[data-panel="processes"] [role=row]:not(.table-head)';
const COUNTED: ReadonlySet<string> = new Set(firstView().map(({ file }) => file));

/** The network of a page, which holds back all that is not of the first view until it is told to let it through. */
class Network {
  /** Files that were asked for before the first process was on the screen. */
  readonly early: string[] = [];
  readonly #held: Route[] = [];
  #isRowShown = false;
  #isOpen = false;

  /** To be given to a page before it goes anywhere. */
  readonly attach = async (page: Page) => {
    await page.exposeFunction("rowIsShown", () => {
      this.#isRowShown = true;
    });
    await page.addInitScript((row) => {
      const { rowIsShown } = globalThis as unknown as { rowIsShown: () => void };
      const look = () => {
        // The next frame begins when the one with the row has been painted.
        requestAnimationFrame(document.querySelector(row) ? rowIsShown : look);
      };
      look();
    }, ROW);
    await page.route("**/*", (route) => this.#take(route));
  };

  async #take(route: Route): Promise<void> {
    const file = new URL(route.request().url()).pathname.slice(1) || "index.html";
    if (!this.#isRowShown) this.early.push(file);
    if (COUNTED.has(file) || this.#isOpen) return route.continue();
    this.#held.push(route);
  }

  /** Lets through what was held back and what is still to come. */
  async letThrough(): Promise<void> {
    this.#isOpen = true;
    await Promise.all(this.#held.splice(0).map((route) => route.continue()));
  }

  /** The held answers to the file that matches fail; they are let through when they are asked for again. */
  async fail(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.#find(pattern).length).toBeGreaterThan(0);
    for (const route of this.#find(pattern)) {
      this.#held.splice(this.#held.indexOf(route), 1);
      await route.abort();
    }
  }

  #find(pattern: RegExp): Route[] {
    return this.#held.filter((route) => pattern.test(route.request().url()));
  }
}

/** The state at the end of the first example. */
async function hashInNode(): Promise<string> {
  const file = (path: string) => readFileSync(new URL(`../../build/web/${path}`, import.meta.url));
  const { id, programs = [], configuration } = JSON.parse(file("examples/first.json").toString());
  const terminal = [true, true, true] as const;
  const machine = await Machine.create({ core, terminal, lineDiscipline: true, ...configuration });
  for (const name of ["init", ...programs]) machine.writeFile(`/bin/${name}`, file(`bin/${name}`), 0o755);
  machine.writeFile(`/program/${id}`, file(`examples/${id}`), 0o755);
  machine.start("/bin/init", ["init", `/program/${id}`]);
  expect(History.create(machine).run().reason).toBe("ended");
  return machine.stateHash();
}

describe.skipIf(missing("chromium"))("the first view", () => {
  const viewer = startViewer();

  async function openHeld(path = "", expected?: RegExp) {
    const network = new Network();
    const page = await viewer.open(path, { before: network.attach, ...(expected && { expected }) });
    await page.locator(ROW).first().waitFor();
    return { page, network };
  }

  test("is shown by the files that are counted, which are all that is asked for until then", async () => {
    const { page, network } = await openHeld();
    expect(network.early.filter((file) => !COUNTED.has(file))).toEqual([]);
    expect(network.early).toContain([...COUNTED].find((file) => file.endsWith(".wasm")));
    expect(await page.getByTitle("Instructions retired").last().innerText()).toMatch(/^0 /);
    await network.letThrough();
    expect(await untilStill(page)).toBe("ended");
  });

  test("leaves the machine as it is: a run that begins late ends in the state of the same run in Node", async () => {
    const { page, network } = await openHeld();
    await page.waitForTimeout(300);
    await network.letThrough();
    expect(await untilStill(page)).toBe("ended");
    await page.getByRole("button", { name: "State hash" }).click();
    await expect.poll(() => page.locator(".announcement").innerText()).toBe(`State ${await hashInNode()}`);
  });

  test("says what is missing where the rest cannot be loaded, and tries again when asked", async () => {
    const { page, network } = await openHeld("", /net::ERR_FAILED/);
    await network.fail(/engine/);
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").innerText()).toMatch(
      /^What makes the machine run could not be loaded/,
    );
    await page.locator(".status-paused").waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await network.letThrough();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".status-ended").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("can be run by the button for it, too, where the rest could not be loaded", async () => {
    const { page, network } = await openHeld("", /net::ERR_FAILED/);
    await network.fail(/engine/);
    await network.letThrough();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator(".status-ended").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("heeds Pause before there is anything that runs", async () => {
    const { page, network } = await openHeld();
    await page.getByLabel("Speed").selectOption("1 /s");
    await page.getByRole("button", { name: "Pause" }).click();
    await network.letThrough();
    expect(await untilStill(page)).toBe("paused");
    expect(await page.getByTitle("Instructions retired").last().innerText()).toMatch(/^[01] /);
  });

  test("is followed by the program of a link that was opened meanwhile", async () => {
    const { page, network } = await openHeld();
    await page.evaluate(() => {
      location.hash = "#example=fork";
    });
    await network.letThrough();
    await expect.poll(() => page.locator(".program").innerText()).toMatch(/fork/i);
    expect(await untilStill(page)).toBe("ended");
  });

  test("can be started over before it has begun", async () => {
    const { page, network } = await openHeld();
    await page.getByRole("button", { name: "Start over" }).click();
    await network.letThrough();
    expect(await untilStill(page)).toBe("ended");
  });

  test("is no larger for an embed", async () => {
    const { page, network } = await openHeld("?embed=1&panels=processes,registers");
    expect(network.early.filter((file) => !COUNTED.has(file))).toEqual([]);
    await network.letThrough();
    expect(await untilStill(page)).toBe("ended");
    await page.getByRole("button", { name: "Open in full" }).waitFor();
  });
});
