// Text tables and units for people.

/** Lines of an aligned table: the first column to the left, the others to the right. */
export function formatTable(header, rows) {
  const table = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ");
  return [line(table[0]), widths.map((width) => "─".repeat(width)).join("  "), ...table.slice(1).map(line)];
}

/** Seconds in the unit that fits: "1.23 s", "4.56 ms", "7.89 µs", "12.3 ns"; "–" for null. */
export function formatTime(seconds) {
  if (seconds === null) return "–";
  const units = [
    [1, "s"],
    [1e-3, "ms"],
    [1e-6, "µs"],
    [1e-9, "ns"],
  ];
  const [scale, unit] = units.find(([size]) => Math.abs(seconds) >= size) ?? units[3];
  return `${(seconds / scale).toPrecision(3)} ${unit}`;
}

/** A ratio with three digits, or "–" for null. */
export function formatRatio(ratio) {
  return ratio === null ? "–" : ratio.toPrecision(3);
}

/** What a target says: "≤ 1.5: reached" or "≤ 1.5: NOT reached". */
export function formatTarget({ comparison, target, value, unit }) {
  const show = unit === "s" ? formatTime : unit === "bytes" ? (bytes) => `${bytes} bytes` : formatRatio;
  if (value === null) return `${comparison} ${show(target)}: not measured`;
  return `${comparison} ${show(target)}: ${isReached({ comparison, target, value }) ? "reached" : "NOT reached"} (${show(value)})`;
}

/** Whether the value is on the right side of the target; null where it was not measured. */
export function isReached({ comparison, target, value }) {
  if (value === null) return null;
  return { "≤": value <= target, "<": value < target, "≥": value >= target }[comparison];
}
