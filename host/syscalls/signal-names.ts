// Names of the signals, as a trace and messages show them (signal(7)).

import { SIGNAL_MAX } from "./signal-numbers.ts";

// biome-ignore format: a table
const SIGNAL_NAMES: readonly string[] = [
  "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
  "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP",
  "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR",
  "SIGSYS",
];

/** Number of a signal by its name, with or without SIG, in any case; undefined where there is none. */
export function signalNumber(name: string): number | undefined {
  const upper = name.toUpperCase();
  const full = upper.startsWith("SIG") ? upper : `SIG${upper}`;
  for (let signal = 1; signal <= SIGNAL_MAX; signal++) if (signalName(signal) === full) return signal;
  return undefined;
}

/** Name of a signal, as in "SIGSEGV" or "SIGRT_3". */
export function signalName(signal: number): string {
  return SIGNAL_NAMES[signal] || (signal >= 32 ? `SIGRT_${signal - 32}` : `SIG${signal}`);
}
