// What the past of a machine costs: the time of a run whose history is kept against one whose is not, and the time
// of steps back and of going to any moment afterwards. The ratio by the processor's time says something on a busy
// computer, too.

import { interleave, median } from "../harness/statistics.mjs";
import { formatRatio, formatTime } from "../harness/table.mjs";

/** Program and argument: about 10^9 instructions of a kernel, a second of processes. */
const PROGRAMS = {
  "record-sieve": ["sieve", 50],
  "record-stream": ["stream", 600],
  "record-list": ["list", 450],
  "record-getppid": ["getppid", 3_000_000],
  "record-pingpong": ["pingpong", 300_000],
  "record-fork": ["fork", 30_000],
};
/** Programs without end, and how many instructions of them. */
const ENDLESS = {
  "record-crowd": ["crowd", 1e9],
  "record-printer": ["printer", 1e9],
};
export const HISTORY_NAMES = [...Object.keys(PROGRAMS), ...Object.keys(ENDLESS)];

const QUICK_DIVISOR = 10;
const SAMPLES = 5;
const VISITS = 21;
const RECORDING_TARGET = 1.1;
const STEP_TARGET_SECONDS = 0.1;
const VISIT_TARGET_SECONDS = 1;

async function measureProgram(name, { guest, programs, quick }) {
  const [program, amount] = PROGRAMS[name] ?? ENDLESS[name];
  const path = programs[program].guest;
  const much = Math.ceil(amount / (quick ? QUICK_DIVISOR : 1));
  const [args, most] = name in PROGRAMS ? [[String(much)], undefined] : [[], much];
  let recorded;
  let processor;
  const processorRatios = [];
  await guest.run(path, args, most); // warm-up
  const times = await interleave(SAMPLES, {
    async plain() {
      const { seconds, processorSeconds } = await guest.run(path, args, most);
      processor = processorSeconds;
      return seconds;
    },
    async recorded() {
      recorded = await guest.record(path, args, most);
      processorRatios.push(recorded.processorSeconds / processor);
      return recorded.seconds;
    },
  });
  const ratio = times.recorded / times.plain;
  const processorRatio = median(processorRatios);
  const steps = timeFirstSteps(await guest.begin(path, args), recorded.history.end.retired);
  const movements = timeMovements(recorded.history);
  return {
    name,
    instructions: recorded.instructions,
    ...times,
    ratio,
    processorRatio,
    ...steps,
    ...movements,
  };
}

/**
 * Steps back from the end of a run that has only gone forwards: the run is stopped at several ends in its second half,
 * and goes on from each after the step.
 */
function timeFirstSteps(history, retired) {
  const steps = [];
  for (let index = 1; index <= VISITS; index++) {
    const end = Math.floor((retired * (VISITS + index)) / (2 * VISITS));
    history.run({ maxInstructions: end - history.now.retired });
    steps.push(stepBack(history));
    history.goTo(history.end);
  }
  return { step: median(steps), slowestStep: Math.max(...steps) };
}

/** Medians: going to any moment, and steps back from there. */
function timeMovements(history) {
  const { retired } = history.end;
  const places = Array.from({ length: VISITS }, (_, index) =>
    Math.floor((retired * (index * 8 + 3)) / (VISITS * 8)),
  );
  const shuffled = places.map((_, index) => places[(index * 8) % VISITS]);
  const visits = [];
  const nextSteps = [];
  for (const place of shuffled) {
    visits.push(timed(() => history.goTo({ retired: place })));
    history.run({ maxInstructions: 1 });
    nextSteps.push(stepBack(history), stepBack(history), stepBack(history));
  }
  return {
    visit: median(visits),
    slowestVisit: Math.max(...visits),
    nextStep: median(nextSteps),
    checkpoints: history.checkpoints.moments.length,
    bytes: history.checkpoints.bytes,
  };
}

function stepBack(history) {
  return timed(() => history.goTo({ retired: history.now.retired - 1 }));
}

function timed(action) {
  const begin = performance.now();
  action();
  return (performance.now() - begin) / 1000;
}

/** Measures what `selected` accepts; a section for the report, or null. */
export async function measureHistory(context) {
  const results = [];
  for (const name of HISTORY_NAMES.filter(context.selected)) {
    context.progress(name);
    results.push(await measureProgram(name, context));
  }
  if (results.length === 0) return null;
  const worst = (field) => Math.max(...results.map((result) => result[field]));
  return {
    title: "History",
    header: [
      "program",
      "plain",
      "recorded",
      "ratio",
      "by CPU",
      "step back",
      "next",
      "visit",
      "slowest",
      "MiB",
      "checkpoints",
    ],
    rows: results.map((one) => [
      one.name,
      ...[one.plain, one.recorded].map(formatTime),
      ...[one.ratio, one.processorRatio].map(formatRatio),
      ...[one.step, one.nextStep, one.visit, one.slowestVisit].map(formatTime),
      (one.bytes / 2 ** 20).toFixed(1),
      String(one.checkpoints),
    ]),
    targets: [
      {
        name: "recorded / plain",
        comparison: "≤",
        target: RECORDING_TARGET,
        value: worst("ratio"),
        unit: "",
      },
      { name: "step back", comparison: "≤", target: STEP_TARGET_SECONDS, value: worst("step"), unit: "s" },
      { name: "any moment", comparison: "≤", target: VISIT_TARGET_SECONDS, value: worst("visit"), unit: "s" },
    ],
    results,
  };
}
