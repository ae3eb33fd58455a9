// Generates cpu/decode.gen.ts from the instruction table: a tree of switches on the fixed bits of the encodings,
// whose leaves write a slot. Compressed rows write the slot of the base instruction that they expand to.

import { INSTRUCTIONS } from "../../build/assembly/isa/table.js";
import { parsePicture } from "../../build/host/isa/picture.js";
import { fieldValue, registerOffset } from "./fields.mjs";

const BASE = new Map(INSTRUCTIONS.filter((row) => row.extension !== "C").map((row) => [row.name, row]));

/** Operand names or constants of an assembly form: "lw rd, uimm(x2)" without its name. */
function operandsOf(syntax) {
  return syntax.split(/[,\s()]+/).filter((token) => token !== "");
}

/** What each operand of the base instruction is, as an expression over `word`. */
function operandExpressions(row, picture) {
  const base = row.expands ? BASE.get(row.expands.split(" ")[0]) : row;
  const names = operandsOf(base.syntax);
  const given = row.expands ? operandsOf(row.expands.slice(row.expands.indexOf(" ") + 1)) : names;
  if (names.length === 0) return { base, operands: {} };
  const entries = names.map((name, i) => [name.replace("pc+", "").replace(/\[.*/, ""), given[i]]);
  const operands = Object.fromEntries(entries.map(([name, text]) => [name, expression(text, picture)]));
  return { base, operands };
}

function expression(text, picture) {
  if (/^x\d+$/.test(text)) return String(Number(text.slice(1)) * 4);
  if (/^\d+$/.test(text)) return text;
  const name = text.replace("pc+", "").replace(/\[.*/, "");
  if (/^r[sd]/.test(name)) return registerOffset(picture, name);
  return fieldValue(picture, name);
}

/** The statement that writes the slot of a base instruction. */
function writer(base, o) {
  const opcode = base.name.replace(".w", "").replace(".", "_").toUpperCase();
  switch (base.name) {
    case "addi":
      return `writeAddi(p, ${o.rd}, ${o.rs1}, ${o.imm})`;
    case "add":
      return `writeAdd(p, ${o.rd}, ${o.rs1}, ${o.rs2})`;
    case "jal":
      return `writeJal(p, ${o.rd}, pc + (${o.imm}))`;
    case "lui":
      return `writeSlot(p, LI, ${o.rd}, 0, 0, ${o.imm})`;
    case "auipc":
      return `writeSlot(p, LI, ${o.rd}, 0, 0, pc + (${o.imm}))`;
    case "fence":
    case "fence.i":
      return "writeSlot(p, NOP, 0, 0, 0, 0)";
    case "ecall":
    case "ebreak":
      return `writeSlot(p, ${opcode}, 0, 0, 0, 0)`;
  }
  if (base.effects?.includes("csr")) return `writeSlot(p, COUNTER, ${o.rd}, 0, 0, ${o.csr})`;
  if (base.effects?.includes("branch")) {
    return `writeSlot(p, ${opcode}, 0, ${o.rs1}, ${o.rs2}, pc + (${o.imm}))`;
  }
  return `writeSlot(p, ${opcode}, ${o.rd ?? 0}, ${o.rs1 ?? 0}, ${o.rs2 ?? 0}, ${o.imm ?? o.shamt ?? 0})`;
}

/** A condition of the table as an expression, or null if it is never true. */
function condition(text, picture) {
  if (text === "never") return null;
  const terms = text.split(" and ").map((term) => {
    if (term === "csr = counter") return `isCounter(${fieldValue(picture, "csr")})`;
    const [, name, operator, number] = /^(\S+) (=|!=) (\d+)$/.exec(term);
    const left = /^r[sd]/.test(name)
      ? `(${registerOffset(picture, name)}) / 4`
      : `(${fieldValue(picture, name)})`;
    return `${left} ${operator === "=" ? "==" : "!="} ${number}`;
  });
  return terms.join(" && ");
}

function leaf(row, tested) {
  const conditions = [];
  const mask = (row.picture.mask & ~tested) >>> 0;
  if (mask) conditions.push(`(word & ${hex(mask)}) == ${hex((row.picture.match & mask) >>> 0)}`);
  for (const text of [row.where, row.allowed]) {
    if (!text) continue;
    const test = condition(text, row.picture);
    if (test === null) return [];
    conditions.push(test);
  }
  const { base, operands } = operandExpressions(row, row.picture);
  const statement = `return ${writer(base, operands)};`;
  return conditions.length ? [`if (${conditions.join(" && ")}) ${statement}`] : [statement];
}

function hex(number) {
  return `0x${(number >>> 0).toString(16)}`;
}

/** The lowest run of ones. */
function lowestRun(mask) {
  let low = 0;
  while (!((mask >>> low) & 1)) low++;
  let width = 0;
  while ((mask >>> (low + width)) & 1) width++;
  return { low, width };
}

function bits(count) {
  return 2 ** count - 1;
}

/** Statements that return after writing the slot of the matching row, or fall through if none matches. */
function tree(rows, tested) {
  const common = rows.reduce((mask, row) => mask & row.picture.mask, ~tested) >>> 0;
  if (rows.length === 1 || common === 0) {
    const specific = rows.toSorted((a, b) => ones(b.picture.mask) - ones(a.picture.mask));
    return specific.flatMap((row) => leaf(row, tested));
  }
  const { low, width } = lowestRun(common);
  const field = (bits(width) << low) >>> 0;
  const groups = groupBy(rows, (row) => (row.picture.match & field) >>> low);
  const lines = [`switch ((word >>> ${low}) & ${bits(width)}) {`];
  for (const [key, group] of [...groups].toSorted((a, b) => a[0] - b[0])) {
    lines.push(`case ${key}:`);
    const branch = tree(group, (tested | field) >>> 0);
    lines.push(...branch);
    if (!branch.at(-1)?.startsWith("return")) lines.push("break;");
  }
  return [...lines, "}"];
}

function groupBy(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  return groups;
}

function ones(mask) {
  return mask.toString(2).replaceAll("0", "").length;
}

function decoderFunction(name, rows, illegal) {
  const body = tree(rows, 0);
  return `function ${name}(word: u32, pc: u32, p: u32): void {
${body.join("\n")}
writeSlot(p, ILLEGAL, 0, 0, 0, ${illegal});
}
`;
}

function unsignedPicture(row) {
  const picture = parsePicture(row);
  return { ...picture, mask: picture.mask >>> 0, match: picture.match >>> 0 };
}

/** Source text of decode.gen.ts, unformatted. */
export function decoderSource(header, opcodes) {
  const rows = INSTRUCTIONS.map((row) => ({ ...row, picture: unsignedPicture(row) }));
  const text = [
    decoderFunction(
      "decodeWord",
      rows.filter((row) => row.extension !== "C"),
      "word",
    ),
    decoderFunction(
      "decodeHalf",
      rows.filter((row) => row.extension === "C"),
      "word & 0xffff",
    ),
  ].join("\n");
  const used = opcodes.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return `${header}
import { isCounter } from "./execute/control";
import { ${used.join(", ")} } from "./opcodes.gen";
import { writeAdd, writeAddi, writeJal, writeSlot } from "./specialise";

/** Writes the slot of the instruction \`word\` at \`pc\`; of a compressed one the high half is not looked at. */
export function decode(word: u32, pc: u32, p: u32): void {
  if ((word & 3) == 3) decodeWord(word, pc, p);
  else decodeHalf(word, pc, p);
}

${text}`;
}
