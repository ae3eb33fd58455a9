// Generates cpu/fuse.gen.ts: which fused opcode, if any, executes the instructions from a slot on.

/** Length, in slots, and name of the fusions that begin with each opcode, longest first. */
function group(fusions, key) {
  const groups = new Map();
  for (const fusion of fusions) {
    const name = key(fusion);
    groups.set(name, [...(groups.get(name) ?? []), fusion]);
  }
  return groups;
}

function condition(parts) {
  const tests = [];
  for (let i = 1; i < parts.length; i++) {
    const { forward } = parts[i];
    if (i > 1) tests.push(`opcodeAt(p, ${i * 8}) == ${parts[i].opcode}`);
    if (forward.includes("1")) tests.push(`takesFirst(p, ${i * 8})`);
    if (forward.includes("2")) tests.push(`takesSecond(p, ${i * 8})`);
  }
  return tests;
}

function choice({ name, parts }) {
  const tests = condition(parts);
  const statement = `return ${name};`;
  return tests.length ? `if (${tests.join(" && ")}) ${statement}` : statement;
}

/** More demanding ones first. */
function rank({ parts }) {
  return parts.reduce((sum, { forward }) => sum + forward.length, 0);
}

function cases(fusions) {
  const lines = ["switch (opcodeAt(p, 0)) {"];
  for (const [first, list] of group(fusions, ({ parts }) => parts[0].opcode)) {
    lines.push(`case ${first}:`, "switch (opcodeAt(p, 8)) {");
    for (const [second, choices] of group(list, ({ parts }) => parts[1].opcode)) {
      const ordered = choices.toSorted((a, b) => rank(b) - rank(a));
      const texts = ordered.map(choice);
      lines.push(`case ${second}:`, ...texts);
      if (texts.at(-1).startsWith("if")) lines.push("break;");
    }
    lines.push("}", "break;");
  }
  return [...lines, "}"].join("\n");
}

/** Source text of fuse.gen.ts, unformatted. */
export function fuserSource(header, fusions) {
  const used = [
    ...new Set(fusions.flatMap(({ name, parts }) => [name, ...parts.map(({ opcode }) => opcode)])),
  ];
  const byLength = (length) => fusions.filter(({ parts }) => parts.length === length);
  return `${header}
import { ${used.join(", ")} } from "./opcodes.gen";
import { opcodeAt, takesFirst, takesSecond } from "./fuse";

/** Opcode of the pair that begins at slot \`p\`, or 0. */
export function pairAt(p: u32): u32 {
${byLength(2).length ? cases(byLength(2)) : ""}
  return 0;
}

/** Opcode of the sequence of three that begins at slot \`p\`, or 0. */
export function tripleAt(p: u32): u32 {
${byLength(3).length ? cases(byLength(3)) : ""}
  return 0;
}
`;
}
