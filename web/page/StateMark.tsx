// The sign of a process's state: a shape and a colour of its own for each, the same everywhere.

import { STATE_NAMES } from "../../host/trace/events.ts";

const SHAPES: Readonly<Record<string, string>> = {
  free: "",
  new: "M4.200 1h1.600v3.200H9v1.600H5.800V9H4.200V5.800H1V4.200h3.200z",
  ready: "M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0 1.600a2.400 2.400 0 1 1 0 4.800 2.400 2.400 0 0 1 0-4.800",
  running: "M2 1v8l7-4z",
  blocked: "M2 1h2.200v8H2zm3.800 0H8v8H5.800z",
  stopped: "M1.500 1.500h7v7h-7z",
  zombie: "M2.200 1 5 3.800 7.800 1 9 2.200 6.200 5 9 7.800 7.800 9 5 6.200 2.200 9 1 7.800 3.800 5 1 2.200z",
};

/** `state`: STATE_*. With `label` the state's name stands beside the shape. */
export function StateMark({ state, label = false }: { state: number; label?: boolean }) {
  const name = STATE_NAMES[state];
  return (
    <span class={`state state-${name}`} title={name}>
      <svg
        viewBox="0 0 10 10"
        width="10"
        height="10"
        role="img"
        aria-label={label ? undefined : name}
        aria-hidden={label}
      >
        <path d={SHAPES[name]} />
      </svg>
      {label && name}
    </span>
  );
}
