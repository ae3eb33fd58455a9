// Generates cpu/dispatch.gen.ts, the one function that executes decoded blocks: a case for each base opcode and
// for each fused sequence. In a case `break` leaves the slot `p` to `step`, and `continue` dispatches the next.

import { BASE } from "./opcodes.mjs";

/** The slot `at` bytes on; the optimiser folds the sum into the offset of the access. */
function slot(at) {
  return at === 0 ? "p" : `p + ${at}`;
}

/** An operand of the part at `at`: a field's value, or the result of the part before. */
function operand(kind, at, forwarded) {
  return forwarded ?? `${kind}(${slot(at)})`;
}

/** Leaves the part at byte `at` of the sequence to `step`: what comes before it has been executed. */
function bail(at) {
  return at === 0 ? "break;" : `{ p += ${at}; break; }`;
}

/** Statements of one part. `results` has the local that holds the result of the part before, if it is used. */
function part(opcode, forward, at, before, isUsed) {
  const row = BASE.get(opcode);
  const first = row.first && operand(row.first, at, forward.includes("1") ? before : undefined);
  const second = row.second && operand(row.second, at, forward.includes("2") ? before : undefined);
  const result = `r${at}`;
  const write = (expression) =>
    isUsed
      ? [`const ${result} = ${expression};`, `setRd(${slot(at)}, ${result});`]
      : [`setRd(${slot(at)}, ${expression});`];
  switch (row.kind) {
    case "nop":
      return [];
    case "constant":
      return write(`imm(${slot(at)})`);
    case "move":
      return write(first);
    case "compute":
      return write(row.text(first, second));
    case "load":
      return [
        ...access(row, at, first, "TRANSLATION_READ"),
        ...write(`<i32>load<${row.type}>(va${at} + e${at})`),
      ];
    case "store":
      return [
        ...access(row, at, first, "TRANSLATION_WRITE"),
        `store<${row.type}>(va${at} + e${at}, ${second});`,
      ];
  }
  return ender(row, at, first, second);
}

/** Translates the address; breaks off if the slow path must see it. */
function access(row, at, base, table) {
  const test = row.size === 1 ? `e${at} & 1` : `(e${at} | va${at}) & ${row.size - 1}`;
  return [
    `const va${at} = <u32>(${base} + imm(${slot(at)}));`,
    `const e${at} = entryOf(tables, va${at}, ${table});`,
    `if (${test}) ${bail(at)}`,
  ];
}

const ENTER = ["budget -= load<i32>(p, BLOCK_LENGTH);", "if (budget < 0) break;", "continue;"];

function ender(row, at, first, second) {
  switch (row.kind) {
    case "branch":
      return [
        `if (${row.condition}(${first}, ${second})) {`,
        `p = load<u32>(${slot(at)}, LINK_TAKEN);`,
        ...ENTER,
        "}",
        `p = load<u32>(${slot(at)}, LINK_NEXT);`,
        ...ENTER,
      ];
    case "goto":
      return [`p = load<u32>(${slot(at)}, LINK_TARGET);`, ...ENTER];
    case "jal":
      return [
        `setRd(${slot(at)}, load<u32>(${slot(at)}, LINK_RETURN));`,
        `p = load<u32>(${slot(at)}, LINK_TARGET);`,
        ...ENTER,
      ];
    case "jalr":
      return [
        `const pc = <u32>(${first} + imm(${slot(at)})) & ~1;`,
        "const block = load<u32>(jumpCachePlace(jumps, pc));",
        `if (!isCurrent(block, pc, tables)) ${bail(at)}`,
        `setRd(${slot(at)}, load<u32>(${slot(at)}, LINK_RETURN));`,
        "p = block;",
        ...ENTER,
      ];
    case "exitFar":
      return [
        "const block = load<u32>(p, EXIT_BLOCK);",
        "if (!isCurrent(block, load<u32>(p, EXIT_PC), tables)) break;",
        "p = block;",
        ...ENTER,
      ];
  }
  throw new Error(`no body for the kind ${row.kind}`);
}

function isEnder(opcode) {
  return ["branch", "goto", "jal", "jalr", "exitFar"].includes(BASE.get(opcode).kind);
}

/** The case of a sequence of parts. */
function caseOf(name, parts) {
  const lines = [`case ${name}: {`];
  parts.forEach(({ opcode, forward }, i) => {
    const isUsed = i + 1 < parts.length && parts[i + 1].forward !== "";
    lines.push(...part(opcode, forward, i * 8, `r${(i - 1) * 8}`, isUsed));
  });
  if (!isEnder(parts.at(-1).opcode)) lines.push(`p += ${parts.length * 8};`, "continue;");
  return [...lines, "}"].join("\n");
}

/** Source text of dispatch.gen.ts, unformatted. */
export function dispatcherSource(header, fusions) {
  const cases = [
    ...[...BASE.keys()].map((name) => caseOf(name, [{ opcode: name, forward: "" }])),
    ...fusions.map(({ name, parts }) => caseOf(name, parts)),
  ];
  const names = [...BASE.keys(), ...fusions.map(({ name }) => name)];
  return `${header}
import { JUMP_CACHE, JUMP_CACHE_SIZE, TRANSLATION_READ, TRANSLATION_WRITE } from "../layout";
import { entryOf } from "../mmu/translation";
import { add, and, or, sll, slt, sltu, sra, srl, sub, xor } from "./execute/alu";
import { beq, bge, bgeu, blt, bltu, bne, isCurrent, jumpCachePlace } from "./execute/control";
import { div, divu, mul, mulh, mulhsu, mulhu, rem, remu } from "./execute/muldiv";
import { step } from "./interpreter";
import { ${names.join(", ")} } from "./opcodes.gen";
import {
  BLOCK_LENGTH, EXIT_BLOCK, EXIT_PC, LINK_NEXT, LINK_RETURN, LINK_TAKEN, LINK_TARGET, SLOT_OPCODE,
  imm, rs1, rs2, setRd,
} from "./slot";
import { BUDGET, translationOf } from "./state";

/** Runs from \`p\`, a block that is paid for, until the hart stops. */
export function dispatch(p: u32, hart: u32): void {
  const tables = translationOf(hart);
  const jumps = JUMP_CACHE + hart * JUMP_CACHE_SIZE;
  let budget = load<i32>(BUDGET);
  for (;;) {
    switch (<u32>load<u8>(p, SLOT_OPCODE)) {
${cases.join("\n")}
    }
    store<i32>(BUDGET, budget);
    p = step(p);
    if (!p) return;
    budget = load<i32>(BUDGET);
  }
}
`;
}
