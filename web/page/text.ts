// Numbers as people read them. The same form wherever they appear.

const GROUPS = /\B(?=(\d{3})+$)/g;

/** 1234567 as "1 234 567", with narrow spaces. */
export function countText(count: number): string {
  return String(Math.trunc(count)).replace(GROUPS, "\u202f");
}

/** Ticks as milliseconds with microseconds behind the point: "12.345 ms". */
export function timeText(ticks: number, clockHz: number): string {
  const microseconds = Math.floor((ticks * 1e6) / clockHz);
  return `${countText(microseconds / 1000)}.${String(microseconds % 1000).padStart(3, "0")} ms`;
}

/** An unsigned word as eight hexadecimal digits. */
export function hexText(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
