// Statistics of the scheduler at this moment: of every process, those that have left the table included; of every
// hart; and of system calls by name. What lives is read from its PCB, what is gone from the chronicle of the run.

import * as L from "../../assembly/layout.ts";
import { callNamed } from "../debug/event-words.ts";
import { type Core, pcbWord, readTime } from "../machine/core.ts";
import { CallTally } from "./chronicle/call-tally.ts";
import { chronicleOf } from "./chronicle/followed.ts";
import { STATE_COUNT } from "./chronicle/lane.ts";
import type { Life } from "./chronicle/life.ts";
import { MARK_CALL, MARK_COPY, MARK_FAULT } from "./chronicle/marks.ts";
import type { Focus } from "./focus.ts";
import type { PictureSource } from "./source.ts";

export interface ProcessAccount {
  /** Names this life: pids come again. */
  readonly serial: number;
  readonly pid: number;
  readonly name: string;
  /** STATE_*; FREE once it has left the table. */
  readonly state: number;
  /** Ticks of arrival, of the first time it ran, of its end; -1: not yet. */
  readonly start: number;
  readonly firstRun: number;
  readonly end: number;
  /** Ticks in each state so far, by STATE_*. */
  readonly times: readonly number[];
  readonly voluntary: number;
  readonly involuntary: number;
  readonly calls: number;
  readonly faults: number;
  readonly copies: number;
}

export interface HartAccount {
  /** Ticks. */
  readonly busy: number;
  readonly idle: number;
}

export interface StatisticsPicture {
  readonly processes: readonly ProcessAccount[];
  /** Processes that are remembered no more, or not listed because there are too many. */
  readonly unlisted: number;
  readonly harts: readonly HartAccount[];
  /** Times that a hart was given to another process than before. */
  readonly switches: number;
  /** The most frequent first. */
  readonly calls: readonly { readonly name: string; readonly count: number }[];
  /** Events that are known and not counted yet: the next picture has more of them. */
  readonly behind: number;
}

export interface StatisticsQuery {
  /** Changes nothing: a query that is not the last one gets another picture. */
  readonly turn: number;
}

/** Processes of a table: the latest are listed. */
const MOST = 4096;
const MOST_EVENTS = 65_536;

const tallies = new WeakMap<object, CallTally>();

export function takeStatistics(
  source: PictureSource,
  _focus: Focus | null,
  _asked: StatisticsQuery,
): StatisticsPicture {
  const { machine, history } = source;
  const { core } = machine.kernel;
  const { events, now } = history;
  const chronicle = chronicleOf(events, machine.configuration.harts);
  chronicle.follow(MOST_EVENTS);
  const born = chronicle.bornBefore(now.events);
  const listed = chronicle.lives.slice(Math.max(0, born - MOST), born);
  const tally = tallies.get(events) ?? new CallTally(events);
  tallies.set(events, tally);
  return {
    processes: listed.map((life) =>
      life.reaped < now.events ? accountOfGone(life) : accountOfLiving(core, life, machine.time),
    ),
    unlisted: chronicle.forgotten + born - listed.length,
    harts: Array.from({ length: machine.configuration.harts }, (_, hart) => hartAccount(core, hart)),
    switches: readTime(core, L.MACHINE + L.MACHINE_SWITCHES),
    calls: tally.upTo(now.events).map(([number, count]) => ({ name: callNamed(number), count })),
    behind: events.end - chronicle.seen,
  };
}

function hartAccount(core: Core, hart: number): HartAccount {
  const record = L.HARTS + hart * L.HART_SIZE;
  const idle = readTime(core, record + L.HART_IDLE_TIME);
  return { busy: readTime(core, record + L.HART_CLOCK) - idle, idle };
}

function accountOfLiving(core: Core, life: Life, clock: number): ProcessAccount {
  const { slot, pid } = life.birth;
  const word = (field: number) => core.unsigned[pcbWord(slot, field)];
  const time = (field: number) => readTime(core, L.PROCESSES + slot * L.PCB_SIZE + field);
  const state = word(L.PCB_STATE);
  const times = Array.from({ length: STATE_COUNT }, (_, one) => time(L.PCB_STATE_TIMES + one * 8));
  // Clocks of several harts differ by up to a turn: one that is behind adds nothing.
  times[state] += Math.max(0, clock - time(L.PCB_STATE_SINCE));
  return {
    serial: life.serial,
    pid,
    name: life.name,
    state,
    start: time(L.PCB_START_TIME),
    firstRun: life.firstRun,
    end: state === L.STATE_ZOMBIE ? time(L.PCB_END_TIME) : -1,
    times,
    voluntary: word(L.PCB_VOLUNTARY_SWITCHES),
    involuntary: word(L.PCB_INVOLUNTARY_SWITCHES),
    calls: word(L.PCB_SYSTEM_CALLS),
    faults: word(L.PCB_PAGE_FAULTS),
    copies: word(L.PCB_COPIES),
  };
}

const closed = new WeakMap<Life, { readonly reaped: number; readonly account: ProcessAccount }>();

/** The account of a process that has left the table never changes. */
function accountOfGone(life: Life): ProcessAccount {
  const known = closed.get(life);
  if (known?.reaped === life.reaped) return known.account;
  const account = accountIn(life, life.reapTime);
  closed.set(life, { reaped: life.reaped, account });
  return account;
}

/** What the events of a life come to, up to a time after the last of them. */
export function accountIn(life: Life, time: number): ProcessAccount {
  const times = new Float64Array(STATE_COUNT);
  life.lane.sumTo(time, life.lane.length - 1, times);
  const marks = life.marks.count(Number.POSITIVE_INFINITY);
  return {
    serial: life.serial,
    pid: life.birth.pid,
    name: life.name,
    state: life.reaped === Number.POSITIVE_INFINITY ? life.lane.stateOf(life.lane.length - 1) : L.STATE_FREE,
    start: life.birth.time,
    firstRun: life.firstRun,
    end: Number.isFinite(life.endTime) ? life.endTime : -1,
    times: Array.from(times),
    ...life.switches(),
    calls: marks[MARK_CALL],
    faults: marks[MARK_FAULT],
    copies: marks[MARK_COPY],
  };
}
