// Commands that move through time, forwards; and each of them backwards.

import type { Command, Direction } from "../../debug/command.ts";
import { eventSentence } from "../../debug/event-words.ts";
import { DebugError, type Stop } from "../../debug/index.ts";
import { type DebuggerCommand, readCount } from "./command.ts";
import type { Debugger } from "./debugger.ts";

/** Stops after which a repeated step goes on. */
const GOES_ON: readonly Stop["reason"][] = ["step"];

/** Carries a command out several times, and says only where the last one stopped. */
async function repeat(
  debug: Debugger,
  operands: string,
  command: Command,
  beforeArrival: () => void = () => {},
): Promise<void> {
  const count = readCount(operands, 1);
  if (count < 1) throw new DebugError("range", "0 times is never; say a whole number from 1");
  let done = 0;
  const stop = await debug.move(command, ({ reason }) => ++done < count && GOES_ON.includes(reason));
  beforeArrival();
  debug.arrive(stop);
}

/** continue N: the breakpoint that it stands at is let pass N - 1 times. */
async function proceed(debug: Debugger, operands: string, direction: Direction): Promise<void> {
  const count = readCount(operands, 1);
  let done = 0;
  debug.arrive(
    await debug.move(
      { kind: "continue", direction },
      ({ breakpoint }) => ++done < count && breakpoint !== undefined,
    ),
  );
}

async function until(debug: Debugger, operands: string, direction: Direction): Promise<void> {
  if (operands === "") return repeat(debug, "", { kind: "stepLine", direction });
  await debug.go({ kind: "runTo", location: operands, direction });
}

type Move = (debug: Debugger, operands: string, direction: Direction) => Promise<void>;

/** Along the trap path; what happens on the way is said, or backwards, what is undone. */
const passes =
  (kind: "nextPass" | "nextPhase"): Move =>
  async (debug, operands, direction) => {
    const { history } = debug.session;
    const from = history.now.events;
    await repeat(debug, operands, { kind, direction }, () => {
      const to = history.now.events;
      for (const event of history.events.read(from, to)) debug.say(`  ${eventSentence(event)}`);
      for (const event of history.events.read(to, from).reverse())
        debug.say(`  undone: ${eventSentence(event)}`);
    });
  };

const step =
  (into: boolean): Move =>
  (debug, operands, direction) =>
    repeat(debug, operands, { kind: "stepLine", into, direction });

interface Row {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly backAliases: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly back: string;
  readonly operand?: "location" | "event";
  readonly move: Move;
}

const ROWS: readonly Row[] = [
  {
    name: "continue",
    aliases: ["c", "fg"],
    backAliases: ["rc"],
    usage: "[COUNT]",
    summary: "run until something stops it; COUNT: at the COUNT-th breakpoint",
    back: "run back to the last breakpoint before here, or to the beginning",
    move: proceed,
  },
  {
    name: "step",
    aliases: ["s"],
    backAliases: ["rs"],
    usage: "[COUNT]",
    summary: "to another source line, also in a function that is called",
    back: "back to where the last source line began, also in a function that returned",
    move: step(true),
  },
  {
    name: "next",
    aliases: ["n"],
    backAliases: ["rn"],
    usage: "[COUNT]",
    summary: "to another source line, over calls",
    back: "back to where the last source line began, over calls",
    move: step(false),
  },
  {
    name: "stepi",
    aliases: ["si"],
    backAliases: ["rsi"],
    usage: "[COUNT]",
    summary: "one instruction of this process; the others run as they must",
    back: "one instruction of this process back",
    move: (debug, operands, direction) => repeat(debug, operands, { kind: "step", direction }),
  },
  {
    name: "nexti",
    aliases: ["ni"],
    backAliases: ["rni"],
    usage: "[COUNT]",
    summary: "one instruction, over calls",
    back: "one instruction back, over calls",
    move: (debug, operands, direction) => repeat(debug, operands, { kind: "stepOver", direction }),
  },
  {
    name: "finish",
    aliases: ["fin"],
    backAliases: ["rf"],
    usage: "",
    summary: "out of this function, behind its call",
    back: "back to the call of this function",
    move: async (debug, _, direction) => void (await debug.go({ kind: "stepOut", direction })),
  },
  {
    name: "until",
    aliases: ["u", "advance"],
    backAliases: [],
    usage: "[LOCATION]",
    summary: "to a location, or to another line",
    back: "back to a location, or to the last line",
    operand: "location",
    move: until,
  },
  {
    name: "stepm",
    aliases: ["sm"],
    backAliases: ["rsm"],
    usage: "[COUNT]",
    summary: "instructions of the machine, whichever process's they are",
    back: "instructions of the machine back",
    move: async (debug, operands, direction) =>
      void (await debug.go({ kind: "stepMachine", count: readCount(operands, 1), direction })),
  },
  {
    name: "pass",
    aliases: [],
    backAliases: ["rpass"],
    usage: "[COUNT]",
    summary: "one pass of the trap path: raised, saved, what is done about it, decided, loaded",
    back: "one pass of the trap path back",
    move: passes("nextPass"),
  },
  {
    name: "phase",
    aliases: [],
    backAliases: ["rphase"],
    usage: "[COUNT]",
    summary: "to the next of a trap's moments: raised, saved, decided, loaded, resumed",
    back: "to the last of a trap's moments",
    move: passes("nextPhase"),
  },
  {
    name: "trap",
    aliases: [],
    backAliases: ["rtrap"],
    usage: "",
    summary: "to this process's next trap",
    back: "to this process's last trap",
    move: async (debug, _, direction) => void (await debug.go({ kind: "nextTrap", direction })),
  },
  {
    name: "switch",
    aliases: [],
    backAliases: ["rswitch"],
    usage: "",
    summary: "to the next time that a hart goes to another process",
    back: "to the last time that a hart went to another process",
    move: async (debug, _, direction) => void (await debug.go({ kind: "nextSwitch", direction })),
  },
  {
    name: "syscall",
    aliases: [],
    backAliases: ["rsyscall"],
    usage: "[NAME]",
    summary: "to this process's next system call",
    back: "to this process's last system call",
    move: async (debug, name, direction) =>
      void (await debug.go({ kind: "nextCall", ...(name !== "" && { name }), direction })),
  },
];

function forwardCommand({ name, aliases, usage, summary, operand, move }: Row): DebuggerCommand {
  return {
    name,
    aliases,
    topic: "running",
    usage,
    summary,
    repeats: true,
    ...(operand && { operand }),
    run: (debug, operands) => move(debug, operands, "forward"),
  };
}

function backCommand({ name, backAliases, usage, back, operand, move }: Row): DebuggerCommand {
  return {
    name: `reverse-${name}`,
    aliases: backAliases,
    topic: "going back",
    usage,
    summary: back,
    repeats: true,
    ...(operand && { operand }),
    run: (debug, operands) => move(debug, operands, "back"),
  };
}

const run: DebuggerCommand = {
  name: "run",
  aliases: ["r"],
  topic: "running",
  usage: "",
  summary: "run from the program's first instruction",
  async run(debug) {
    await debug.move({ kind: "goTo", moment: debug.beginning });
    await debug.go({ kind: "continue" });
  },
};

const start: DebuggerCommand = {
  name: "start",
  topic: "running",
  usage: "",
  summary: "go to the program's first instruction",
  run: async (debug) => void (await debug.go({ kind: "goTo", moment: debug.beginning })),
};

export const RUNNING: readonly DebuggerCommand[] = [
  run,
  start,
  ...ROWS.map(forwardCommand),
  ...ROWS.map(backCommand),
];
