// Moves a machine through its history as a session does, but only the plain ways: on, by instructions, and to a
// moment or a time. It is small, so that a program can run before the debugger is loaded.

import type { Command } from "../../host/debug/command.ts";
import type { Stop, StopReason } from "../../host/debug/stop.ts";
import type { History } from "../../host/history/history.ts";
import type { RunResult } from "../../host/machine.ts";

/** Whether it can make the movement. */
export function isPlain(command: Command): boolean {
  if (command.kind === "continue") return command.direction !== "back";
  return command.kind === "stepMachine" || command.kind === "goTo" || command.kind === "goToTime";
}

type Advance = (pauseWhen: () => boolean) => Stop | null;

export class HistorySession {
  readonly history: History;
  #movement: Advance | null = null;

  constructor(history: History) {
    this.history = history;
  }

  get isMoving(): boolean {
    return this.#movement !== null;
  }

  begin(command: Command): void {
    this.#movement = this.#movementOf(command);
  }

  /** The stop that the movement came to, or null where it is to go on. */
  advance({ pauseWhen }: { readonly pauseWhen: () => boolean }): Stop | null {
    const stop = this.#movement?.(pauseWhen) ?? null;
    if (stop !== null) this.#movement = null;
    return stop;
  }

  interrupt(): Stop {
    this.#movement = null;
    return this.#stop("paused");
  }

  #movementOf(command: Command): Advance {
    const { history } = this;
    if (command.kind === "goTo") return this.#goTo(command.moment, "moment");
    if (command.kind === "goToTime") {
      return (pauseWhen) =>
        history.goToTime(command.ticks, command.hart, { pauseWhen }) ? this.#stop("moment") : null;
    }
    if (command.kind !== "continue" && command.kind !== "stepMachine")
      throw new Error(`assertion: ${command.kind} is for the debugger`);
    const isBack = command.direction === "back";
    const { count = command.kind === "continue" ? Number.POSITIVE_INFINITY : 1 } = command;
    const target = history.now.retired + (isBack ? -count : count);
    if (isBack) {
      const isStart = target < history.start.retired;
      return this.#goTo(isStart ? history.start : { retired: target }, isStart ? "start" : "step");
    }
    return (pauseWhen) =>
      this.#stopAfter(history.run({ maxInstructions: target - history.now.retired, pauseWhen }));
  }

  #goTo(moment: Parameters<History["goTo"]>[0], reason: StopReason): Advance {
    return (pauseWhen) => (this.history.goTo(moment, { pauseWhen }) ? this.#stop(reason) : null);
  }

  #stopAfter(result: RunResult): Stop | null {
    switch (result.reason) {
      case "paused":
        return null;
      case "ended":
        return { ...this.#stop("ended"), status: result.status };
      case "deadlock":
        return { ...this.#stop("deadlock"), waiting: result.waiting };
      case "input":
        return this.#stop("input");
      default:
        return this.#stop("step");
    }
  }

  #stop(reason: StopReason): Stop {
    return { reason, moment: this.history.now };
  }
}
