// What each register is for by the calling convention (psABI, integer register convention), in a few words.

const SAVED = "kept: a function gives it back as it was";
const TEMPORARY = "temporary: a function may change it";

/** Roles of x0..x31. */
export const REGISTER_ROLES: readonly string[] = [
  "always 0; writes to it are dropped",
  "return address: where a function goes back to",
  "stack pointer: a multiple of 16 at calls",
  "global pointer: the linker's, for small data",
  "thread pointer: not for programs to change",
  "temporary, and the return address of a second kind of call",
  TEMPORARY,
  TEMPORARY,
  `frame pointer (fp), or ${SAVED}`,
  SAVED,
  "argument 1, and the result; of a system call too",
  "argument 2, and the high word of a result",
  ...[3, 4, 5, 6, 7].map((number) => `argument ${number}`),
  "argument 8; the number of a system call",
  ...Array.from({ length: 10 }, () => SAVED),
  ...Array.from({ length: 4 }, () => TEMPORARY),
];

/** What the program counter is. */
export const PC_ROLE = "address of the next instruction";
