// Puts a new machine where a link says that another one stood: at its moment, with what came from outside on the way
// there, and with its breakpoints. Links can be forged or out of date: whatever they say, the machine ends up at a moment
// of its own run, and the person hears of it. Loaded when a link says more than a program.

import type { BreakpointSpecification } from "../../host/debug/breakpoint.ts";
import type { Input } from "../../host/history/inputs.ts";
import { compareMoments, type Moment } from "../../host/history/moment.ts";
import { DivergenceError } from "../../host/history/replay.ts";
import type { Engine } from "./engine.ts";

const ELSEWHERE =
  "The link names a moment that this run does not come to: the machine stands at the nearest one. The program may have changed since.";

/** Breakpoints of a link. */
const MOST = 500;

export interface Place {
  readonly moment?: Moment | undefined;
  readonly inputs?: readonly Input[] | undefined;
  readonly breakpoints?: readonly BreakpointSpecification[] | undefined;
}

/** Without a moment it runs on. What stops the way there, a person or the end of the run, ends it. */
export async function restore(
  engine: Engine,
  { moment, inputs = [], breakpoints = [] }: Place,
): Promise<void> {
  // Breakpoints come last: the way there is not to stop at them.
  if (moment) await reach(engine, moment, inputs);
  if (breakpoints.length > 0) await makeBreakpoints(engine, breakpoints);
  if (!moment) await engine.move({ kind: "continue" });
}

async function reach(engine: Engine, moment: Moment, inputs: readonly Input[]): Promise<void> {
  for (const input of inputs) {
    if (!(await goTo(engine, input.moment, moment))) return;
    engine.history.give(input);
  }
  await goTo(engine, moment, moment);
}

/** Whether the machine stands there. `goal` is where all of it leads to. */
async function goTo(engine: Engine, moment: Moment, goal: Moment): Promise<boolean> {
  const { history } = engine;
  const count = moment.retired - history.now.retired;
  if (count > 0 && !(await engine.travel({ kind: "stepMachine", count }, goal))) return false;
  // A moment is known once the run is past it.
  const isPast = () => compareMoments(history.end, moment) > 0;
  if (!isPast() && !(await engine.travel({ kind: "stepMachine" }, goal))) return false;
  const arrival = await engine.travel({ kind: "goTo", moment }, goal);
  if (arrival === null) return false;
  if (arrival instanceof DivergenceError)
    await engine.travel({ kind: "goTo", moment: { retired: moment.retired } }, goal);
  else if (arrival instanceof Error) throw arrival;
  if (compareMoments(history.now, moment) === 0) return true;
  engine.complain(ELSEWHERE);
  return false;
}

/** What cannot be is left out. */
async function makeBreakpoints(engine: Engine, all: readonly BreakpointSpecification[]): Promise<void> {
  await engine.debug((session) => {
    for (const one of all.filter(isSpecification).slice(0, MOST)) {
      try {
        session.addBreakpoint(one, 0);
      } catch (error) {
        console.info(error);
      }
    }
  });
}

const TEXTS = ["kind", "location", "target", "access", "event", "condition", "log"];
const NUMBERS = ["pid", "ignore", "length"];

/** Whether each field that it has is of its type; what the field says is judged by the session. */
function isSpecification(value: object): boolean {
  return Object.entries(value).every(([field, content]) => {
    if (TEXTS.includes(field)) return typeof content === "string";
    if (NUMBERS.includes(field)) return Number.isSafeInteger(content);
    if (field === "names") return Array.isArray(content) && content.every((name) => typeof name === "string");
    return typeof content === "boolean";
  });
}
