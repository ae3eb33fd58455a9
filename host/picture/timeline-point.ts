// What is to be seen at one point of the timeline: who, in which state, since when and why; and what happened there.

import { STATE_BLOCKED, STATE_FREE, STATE_READY, STATE_RUNNING } from "../../assembly/layout.ts";
import { eventWords, reasonText } from "../debug/event-words.ts";
import type { EventLog } from "../history/event-log.ts";
import { channelName } from "../trace/events.ts";
import type { Chronicle } from "./chronicle/chronicle.ts";
import type { Lane } from "./chronicle/lane.ts";

export interface PointQuery {
  /** Number of a hart, or the serial of a life. */
  readonly hart?: number;
  readonly life?: number;
  /** Ticks. */
  readonly time: number;
  /** Number of an event that is meant; absent: none. */
  readonly event?: number;
}

export interface PointPicture {
  readonly asked: PointQuery;
  /** Pid; 0: none. */
  readonly pid: number;
  readonly name: string;
  /** STATE_*. */
  readonly state: number;
  /** When this state began and ended, in ticks. */
  readonly from: number;
  readonly to: number;
  /** Why it is in it: what it waits for, why it was chosen; "" where nothing is to say. */
  readonly why: string;
  /** Hart that it ran on; -1: none. */
  readonly hart: number;
  /** What happened at the event, in words. */
  readonly event?: {
    readonly number: number;
    readonly time: number;
    readonly what: string;
    readonly why: string;
  };
}

/** Null where there is nothing. `end`: where what is known ends, in ticks. */
export function takePoint(
  chronicle: Chronicle,
  log: EventLog,
  asked: PointQuery,
  end: number,
): PointPicture | null {
  const life = asked.life === undefined ? undefined : chronicle.lives[chronicle.rowOf(asked.life)];
  const lane = life?.lane ?? chronicle.harts[asked.hart ?? -1];
  if (lane === undefined) return null;
  const event = asked.event === undefined ? undefined : log.at(asked.event);
  const index = lane.at(asked.time);
  const isThere = index >= 0 && asked.time <= Math.min(end, life?.reapTime ?? end);
  if (!isThere && event === undefined) return null;
  const at = Math.max(0, index);
  return {
    asked,
    ...whoAt(chronicle, lane, at, life),
    state: lane.stateOf(at),
    from: lane.timeOf(at),
    to: at + 1 < lane.length ? lane.timeOf(at + 1) : Math.min(end, life?.reapTime ?? end),
    ...(event && { event: { number: asked.event!, time: event.time, ...eventWords(event) } }),
  };
}

type Who = Pick<PointPicture, "pid" | "name" | "why" | "hart">;

function whoAt(
  chronicle: Chronicle,
  lane: Lane,
  index: number,
  life: { readonly birth: { readonly pid: number }; readonly name: string } | undefined,
): Who {
  const state = lane.stateOf(index);
  const detail = lane.detailOf(index);
  if (life !== undefined) {
    const hart = state === STATE_RUNNING ? detail : -1;
    return { pid: life.birth.pid, name: life.name, why: whyOf(state, detail), hart };
  }
  const pid = state === STATE_FREE ? 0 : detail;
  return { pid, name: chronicle.lifeWith(pid)?.name ?? "", why: "", hart: -1 };
}

function whyOf(state: number, detail: number): string {
  if (state === STATE_BLOCKED) return `waits for ${channelName(detail) || "something"}`;
  return state === STATE_READY ? reasonText(detail) : "";
}
