// Keys at any moment, amid traps too, while several processes run on several harts: the machine stays whole, and
// its history comes to the same states again.

import { expect, test } from "vitest";
import { EVENT_CALL, EVENT_SAVE, EVENT_STATE } from "../../assembly/layout.ts";
import { History } from "../../host/index.ts";
import { makeRandom } from "../differential/random.ts";
import { machineWithUserland } from "../programs/run.ts";

const RUNS = Number(process.env.RUNS ?? 20);
const STEPS = 25;
const JOBS = [
  ["cat", "spin", "cat"],
  ["tree", "cat", "sleep 1"],
  ["pipeline", "seq 40", "cat"],
];
const KEYS = [
  "a",
  "b\n",
  "\x7f",
  "\x04",
  "\x03",
  "\x1c",
  "\x1a",
  "\x13",
  "\x11",
  "\x16",
  "\x15",
  "cd\nef\n",
  "\t",
];

type Random = ReturnType<typeof makeRandom>;

async function begin(random: Random): Promise<History> {
  const { machine } = await machineWithUserland({
    terminal: [true, true, true],
    lineDiscipline: true,
    harts: 1 + random.below(3),
    quantum: 500,
    turn: 100,
    memory: 1 << 24,
  });
  const history = History.create(machine, { pace: () => 20_000, stopovers: [100] });
  const jobs = JOBS[random.below(JOBS.length)].flatMap((job) => [",", ...job.split(" ")]);
  history.startProgram("/bin/init", ["init", "-j", ...jobs]);
  return history;
}

/** Runs for a while; sometimes it stops amid a trap. */
function runSome(history: History, random: Random): void {
  const { debugging } = history.machine;
  if (random.below(3) === 0) {
    const types = [[EVENT_SAVE], [EVENT_CALL], [EVENT_STATE]][random.below(3)];
    debugging.set({ events: { types } });
  }
  history.run({ maxInstructions: random.below(4000) });
  debugging.clear();
}

test(`${RUNS} runs with keys at random leave the machine whole, and are repeated exactly`, async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = makeRandom(seed);
    const history = await begin(random);
    const past: [History["now"], string][] = [];
    for (let step = 0; step < STEPS; step++) {
      runSome(history, random);
      history.input(Buffer.from(KEYS[random.below(KEYS.length)], "latin1"));
      expect(history.machine.check(), `seed ${seed}, step ${step}`).toEqual([]);
      past.push([history.now, history.machine.stateHash()]);
    }
    const [moment, hash] = past[random.below(past.length)];
    history.goTo(moment);
    expect(history.machine.stateHash(), `seed ${seed}`).toBe(hash);
    history.goTo(history.end);
    expect(history.machine.stateHash(), `seed ${seed}`).toBe(past[past.length - 1][1]);
  }
});
