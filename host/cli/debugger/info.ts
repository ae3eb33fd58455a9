// `info`: tables of what there is: registers, breakpoints, processes, symbols, lines, files, events, history.

import { REGISTER_NAMES } from "../../../assembly/isa/table.ts";
import { eventSentence } from "../../debug/event-words.ts";
import { PC, registerNumber } from "../../debug/expression.ts";
import { DebugError, formatAddress, formatNumber, readings } from "../../debug/index.ts";
import { nearest } from "../../toolchain/diagnostics.ts";
import { channelName } from "../../trace/events.ts";
import { type DebuggerCommand, readCount, splitWord } from "./command.ts";
import type { Debugger } from "./debugger.ts";
import { breakpointLine } from "./points.ts";

const SHOWN_EVENTS = 20;

type Info = (debug: Debugger, operands: string) => void;

/** Rows with their columns padded to one width. */
function table(debug: Debugger, rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    debug.say(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    );
  }
}

function registers(debug: Debugger, operands: string): void {
  const frame = debug.frame();
  const names = operands.split(/\s+/).filter((name) => name !== "");
  const numbers =
    names.length === 0 ? [...Array.from({ length: 32 }, (_, index) => index), PC] : names.map(numberOf);
  const value = (register: number) => (register === PC ? frame.pc : frame.registers[register]);
  const symbol = (word: number) => debug.session.process().program?.nameOf(word) ?? "";
  table(
    debug,
    numbers.map((register) => {
      const word = value(register);
      const name = register === PC ? "pc" : REGISTER_NAMES[register]!;
      if (word === undefined) return [name, "<not saved>", "", ""];
      const all = readings(word);
      const place = symbol(word);
      return [name, all.hexadecimal, all.signed, place === "" ? all.ascii : `<${place}>`];
    }),
  );
}

function numberOf(name: string): number {
  const number = registerNumber(name.replace(/^\$/, ""));
  if (number !== undefined) return number;
  throw new DebugError("syntax", `there is no register ${name}; there are pc, x0 to x31 and their ABI names`);
}

function breakpoints(debug: Debugger): void {
  const all = debug.session.breakpoints;
  if (all.length === 0) return debug.say("There are no breakpoints.");
  for (const breakpoint of all) {
    const { specification, enabled, hits, ignore, places } = breakpoint;
    const { condition, pid, log, temporary } = specification;
    const notes = [
      ...(pid ? [`process ${pid} only`] : []),
      ...(condition === undefined ? [] : [`if ${condition}`]),
      ...(log === undefined ? [] : [`prints ${JSON.stringify(log)}`]),
      ...(temporary ? ["once"] : []),
      ...(enabled ? [] : ["disabled"]),
      ...(hits === 0 ? [] : [`hit ${hits} times`]),
      ...(ignore === 0 ? [] : [`lets ${ignore} hits pass`]),
    ];
    debug.say([breakpointLine(breakpoint).replace(/\.$/, ""), ...notes].join("; "));
    for (const line of debug.commands.get(breakpoint.number) ?? []) debug.say(`      ${line}`);
    if (places.length < 2) continue;
    for (const { program, address, symbol, line } of places) {
      debug.say(`    ${program}: ${formatAddress(address, symbol)} ${line}`.trimEnd());
    }
  }
}

function processes(debug: Debugger): void {
  const { session } = debug;
  const all = session.machine.processes();
  if (all.length === 0) return debug.say("There are no processes.");
  const rows = all.map(({ pid, parent, state, hart, name, instructions, waitChannel }) => {
    const program = session.process(pid).program;
    const pc = session.process(pid).pc;
    const place = state === "zombie" ? "" : formatAddress(pc, program?.nameOf(pc) ?? "");
    const wait = channelName(waitChannel);
    const mark = pid === session.focus ? "*" : " ";
    const status = state === "running" ? `running (hart ${hart})` : wait === "" ? state : `${state}: ${wait}`;
    return [`${mark} ${pid}`, `${parent || "-"}`, name, status, `${instructions}`, place];
  });
  table(debug, [["  PID", "PARENT", "NAME", "STATE", "INSTRUCTIONS", "PC"], ...rows]);
}

function symbol(debug: Debugger, operands: string): void {
  const value = debug.session.evaluate(operands).bits >>> 0;
  const program = debug.session.process().program;
  const name = program?.nameOf(value) ?? "";
  const line = program?.lineName(value) ?? "";
  const at = formatAddress(value, "");
  debug.say(name === "" ? `No symbol covers ${at}.` : `${at} is ${name}${line === "" ? "" : `, ${line}`}.`);
}

function line(debug: Debugger, operands: string): void {
  const addresses = debug.session.resolve(operands === "" ? `*0x${debug.frame().pc.toString(16)}` : operands);
  const program = debug.session.process().program;
  for (const address of addresses) {
    const place = program?.lineName(address) || "no source line";
    debug.say(`${place} is at ${formatAddress(address, program?.nameOf(address) ?? "")}.`);
  }
}

function files(debug: Debugger): void {
  const program = debug.session.process().program;
  if (program === null) throw new DebugError("no-program", "this process executes no program");
  debug.say(`Program ${program.path}, entry ${formatAddress(program.entry, program.nameOf(program.entry))}.`);
  const sources = program.lines.files();
  if (sources.length === 0) debug.say("It has no source lines.");
  for (const source of sources) {
    debug.say(`  ${source}${debug.sources.lines(source) === null ? "  (not found: directory FOLDER)" : ""}`);
  }
}

function events(debug: Debugger, operands: string): void {
  const { history } = debug.session;
  const count = readCount(operands, SHOWN_EVENTS);
  const end = history.now.events;
  const first = Math.max(history.events.first, end - count);
  for (let number = first; number < end; number++) {
    const event = history.events.at(number);
    if (event)
      debug.say(`${`${number}`.padStart(6)}  ${`${event.time}`.padStart(10)}  ${eventSentence(event)}`);
  }
}

function history(debug: Debugger): void {
  const { history, machine } = debug.session;
  const { now, end, start } = history;
  const hz = machine.configuration.clockHz;
  const of = ({ retired, events }: typeof now) => `instruction ${retired}, event ${events}`;
  debug.say(`Now: ${of(now)}, ${formatSeconds(machine.time / hz)} of the machine's time.`);
  debug.say(`Recorded: from ${of(start)} to ${of(end)}.`);
  const { moments, bytes } = history.checkpoints;
  debug.say(`${moments.length} checkpoints take ${(bytes / 2 ** 20).toFixed(1)} MiB.`);
}

function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(3)} ms` : `${seconds.toFixed(6)} s`;
}

function frame(debug: Debugger): void {
  const { level, function: name, pc, frameAddress, line: place } = debug.frame();
  debug.say(
    `Frame ${level}: ${name || "??"} at ${formatAddress(pc, "")}${place === "" ? "" : `, ${place}`}.`,
  );
  const address = frameAddress === undefined ? "is not known" : `was ${formatNumber(frameAddress, "x")}`;
  debug.say(`sp at its entry ${address}.`);
}

const INFOS: Readonly<Record<string, { run: Info; summary: string }>> = {
  registers: { run: registers, summary: "registers of this frame, or those that are named" },
  breakpoints: { run: breakpoints, summary: "breakpoints, watchpoints and catchpoints" },
  processes: { run: processes, summary: "all processes" },
  frame: { run: frame, summary: "the frame that is looked at" },
  symbol: { run: symbol, summary: "the symbol of an address" },
  line: { run: line, summary: "the addresses of a source line" },
  files: { run: files, summary: "the program and its sources" },
  events: { run: events, summary: "the last events before now; a number: so many" },
  history: { run: history, summary: "where in the run this is, and what is recorded" },
};

const ALIASES: Readonly<Record<string, string>> = {
  inferiors: "processes",
  threads: "processes",
  watchpoints: "breakpoints",
  source: "files",
  r: "registers",
  b: "breakpoints",
  f: "frame",
};

/** Words that can stand behind `info`. */
export const INFO_WORDS: readonly string[] = Object.keys(INFOS);

export const info: DebuggerCommand = {
  name: "info",
  aliases: ["i"],
  topic: "data",
  usage: "WHAT",
  summary: `tables: ${INFO_WORDS.join(", ")}`,
  operand: "info",
  details: Object.entries(INFOS).map(([name, { summary }]) => `info ${name}: ${summary}`),
  run(debug, operands) {
    const [word, rest] = splitWord(operands);
    const names = [...INFO_WORDS, ...Object.keys(ALIASES)];
    const found = names.includes(word) ? [word] : names.filter((one) => word !== "" && one.startsWith(word));
    const meant = [...new Set(found.map((one) => ALIASES[one] ?? one))];
    if (meant.length === 1) return INFOS[meant[0]!]!.run(debug, rest);
    if (meant.length > 1) throw new DebugError("ambiguous", `info ${word} may be ${meant.join(" or ")}`);
    const hint = word === "" ? undefined : nearest(word, names);
    throw new DebugError("syntax", `info what? ${hint ? `${hint}, perhaps` : INFO_WORDS.join(", ")}`);
  },
};
