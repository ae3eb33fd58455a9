// Names of what the outside gives a machine, as events say it.

/** What the outside gave, by a of an EVENT_INPUT. */
export const INPUT_NAMES = [
  "",
  "bytes",
  "end of input",
  "file",
  "process",
  "memory",
  "register",
  "signal",
  "window",
] as const;
export type InputName = (typeof INPUT_NAMES)[number];
