// The machine that is open in the page. At first it stands still before its first instruction and can be looked at;
// what makes it run is loaded when it is to begin.

import { takeFirstPicture } from "../../host/picture/first.ts";
import type { Picture, PictureQuery } from "../../host/picture/index.ts";
import type { StillMachine } from "../../host/still-machine.ts";
import { pathOf } from "./boot.ts";
import type { Engine } from "./engine.ts";
import type { OpenRequest } from "./protocol.ts";

export class OpenMachine {
  readonly still: StillMachine;
  /** What it was made by; null: it has begun elsewhere. */
  readonly #request: OpenRequest | null;
  /** Tells machines apart. */
  readonly #run: number;
  #speed: number;
  #engine: Engine | null = null;
  #beginning: Promise<Engine> | null = null;
  /** What makes it run could not be loaded. */
  #isMissing = false;
  /** What the first picture was last given for; empty: not yet. */
  #shown = "";

  constructor(still: StillMachine, request: OpenRequest | null, run: number, speed: number) {
    this.still = still;
    this.#request = request;
    this.#run = run;
    this.#speed = speed;
  }

  /** One that has run elsewhere, and is at a moment of that run. */
  static recorded(engine: Engine, run: number, speed: number): OpenMachine {
    const machine = new OpenMachine(engine.history.machine, null, run, speed);
    machine.#engine = engine;
    machine.#beginning = Promise.resolve(engine);
    return machine;
  }

  /** What moves the machine; the first call begins the run. Rejects, and can be tried again, where it cannot be loaded. */
  begin(): Promise<Engine> {
    this.#beginning ??= this.#begin().catch((error) => {
      this.#beginning = null;
      throw error;
    });
    return this.#beginning;
  }

  async #begin(): Promise<Engine> {
    const { engineOf } = await this.#load();
    const request = this.#request!;
    const engine = engineOf(this.still, pathOf(request.program), this.#run, this.#speed);
    const { breakpoints = [], moment } = request;
    if (moment || breakpoints.length > 0) await restore(engine, request);
    else await engine.move({ kind: "continue" });
    engine.setSpeed(this.#speed);
    this.#engine = engine;
    void engine.session();
    return engine;
  }

  async #load() {
    try {
      const loaded = await import("./engine.ts");
      this.#isMissing = false;
      return loaded;
    } catch (cause) {
      this.#isMissing = true;
      throw new Error("What makes the machine run could not be loaded. Is there a connection?", { cause });
    }
  }

  /** Ends the movement that is under way or about to begin, where there is one. */
  async halt(): Promise<void> {
    const engine = await this.#beginning?.catch(() => null);
    engine?.pause();
  }

  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#engine?.setSpeed(perSecond);
  }

  /** Null where nothing has changed since the last one with the same query. */
  async picture(query: PictureQuery): Promise<Picture | null> {
    if (this.#engine !== null) return this.#engine.picture(query);
    const status = this.#isMissing ? "paused" : "running";
    const shown = JSON.stringify([status, query]);
    if (shown === this.#shown) return null;
    this.#shown = shown;
    return takeFirstPicture(this.still, status, query);
  }

  /** The picture that is waited for is null now, and the next one comes at once. */
  giveUpPicture(): void {
    this.#engine?.giveUpPicture();
  }
}

/** Where a link says more than a program. The way to a moment can be long: it is only begun here. */
async function restore(engine: Engine, request: OpenRequest): Promise<void> {
  const later = await import("./restore.ts");
  const restored = later.restore(engine, request);
  if (request.moment) restored.catch((error) => engine.complain(error.message));
  else await restored;
}
