// Breakpoints as the page makes them: at a place of a program, for all processes or for the one in focus.

import { computed, signal } from "@preact/signals";
import type { Breakpoint } from "../../host/debug/breakpoint.ts";
import { attempt } from "./actions.ts";
import { announcement, picture } from "./store.ts";
import { machine } from "./worker.ts";

/** A place in a program where one can stop. */
export interface Place {
  /** Path of the program. */
  readonly program: string;
  readonly address: number;
  /** How a breakpoint there is written: "fork.s:12", "main+0x8". */
  readonly location: string;
}

/** Breakpoints, watchpoints and catchpoints of the machine. */
export const breakpoints = computed<readonly Breakpoint[]>(() => picture.value?.breakpoints ?? []);
/** New ones stop only the process that is in focus then. */
export const onlyFocus = signal(false);
/** Those that stand at a place. */
export function breakpointsAt(program: string, address: number): readonly Breakpoint[] {
  return breakpoints.value.filter(({ places }) =>
    places.some((place) => place.address === address && place.program === program),
  );
}

/** Makes a breakpoint at a place, or removes those that are there. */
export function toggleBreakpoint({ program, address, location }: Place): Promise<void> {
  const there = breakpointsAt(program, address);
  const pid = picture.value?.focus?.pid ?? 0;
  return attempt(async () => {
    for (const { number } of there) await machine.removeBreakpoint(number);
    if (there.length > 0) return;
    await machine.addBreakpoint({ kind: "breakpoint", location, ...(onlyFocus.value && { pid }) }, pid);
  });
}

/** Stops from now on where a process's memory or register is written. */
export function stopWhenWritten(pid: number, target: string, length?: number): Promise<void> {
  const access = "write";
  return attempt(async () => {
    await machine.addBreakpoint({ kind: "watchpoint", access, target, pid, ...(length && { length }) }, pid);
    announcement.value = `From now on it stops where process ${pid} writes ${target}: see Breakpoints`;
  });
}

/** Lets those at a place stop no more, or again. */
export function switchBreakpoint({ program, address }: Place): Promise<void> {
  const there = breakpointsAt(program, address);
  return attempt(async () => {
    for (const { number, enabled } of there) await machine.enableBreakpoint(number, !enabled);
  });
}

export function removeBreakpoint(number: number): Promise<void> {
  return attempt(() => machine.removeBreakpoint(number));
}

export function enableBreakpoint(number: number, enabled: boolean): Promise<void> {
  return attempt(() => machine.enableBreakpoint(number, enabled));
}

const ACCESSES = { read: "read of", write: "write of", access: "access to", change: "change of" } as const;

/** What one stops at, as it was written. */
export function titleOf({ specification }: Breakpoint): string {
  switch (specification.kind) {
    case "breakpoint":
      return specification.location;
    case "watchpoint":
      return `${ACCESSES[specification.access]} ${specification.target}`;
    case "catchpoint":
      return `${specification.event} ${specification.names?.join(", ") ?? ""}`.trim();
  }
}

/** Its conditions and its hits, in words. */
export function conditionsOf({ specification, hits, ignore, places }: Breakpoint): string {
  const words = [hits === 0 ? "not hit yet" : hits === 1 ? "hit once" : `hit ${hits} times`];
  if (specification.pid) words.push(`process ${specification.pid} only`);
  if (specification.condition) words.push(`if ${specification.condition}`);
  if (ignore > 0) words.push(`${ignore} more pass`);
  if (specification.log !== undefined) words.push("logs, does not stop");
  if (specification.kind === "breakpoint" && places.length === 0)
    words.push("waits for a program with this place");
  return words.join(", ");
}
