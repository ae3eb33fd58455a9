// Makes random programs from the instruction table: entangled data and control flow, accesses around
// a page border, self-modification, and on demand a fault. They end, and depend on nothing but their seed.

import type { Effect } from "../../assembly/isa/table.ts";
import {
  canEncode,
  decode,
  ENCODINGS,
  type Encoding,
  type Field,
  findField,
  isLegal,
} from "../../host/isa/codec.ts";
import {
  DATA,
  DATA_MIDDLE,
  DATA_REGISTER,
  DATA_SIZE,
  type Item,
  type Program,
  type Step,
} from "./program.ts";
import { makeRandom, type Random } from "./random.ts";

const CORNERS = [
  0, 1, 2, 31, 32, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
];
const STACK_REGISTER = 2;
/** Nesting of bodies, and items of the outermost one. */
const MAX_DEPTH = 3;
const ITEMS = 60;
const BODY_ITEMS = 4;

function hasEffect({ row }: Encoding, effect: Effect): boolean {
  return row.effects?.includes(effect) ?? false;
}

function isCounterRead({ row }: Encoding): boolean {
  return row.allowed !== undefined && row.allowed !== "never";
}

const PLAIN = ENCODINGS.filter(({ row }) => row.effects === undefined || row.effects.includes("fence"));
const COUNTER_READS = ENCODINGS.filter(isCounterRead);
const ATOMIC = ENCODINGS.filter(({ row }) => row.format === "amo" && !row.effects!.includes("reserve"));
/** sc.w is left out: without a reservation qemu fails it before it looks at the address. */
const MISALIGNED = ENCODINGS.filter(({ row }) => row.format === "amo" && row.name !== "sc.w");
const ACCESSES = ENCODINGS.filter(
  (encoding) =>
    (hasEffect(encoding, "load") || hasEffect(encoding, "store")) && encoding.row.format !== "amo",
);
const SKIPS = ENCODINGS.filter(
  (encoding) => hasEffect(encoding, "branch") || ["jal", "c.j", "c.jal"].includes(encoding.row.name),
);

/** What may be put at a place of the program. */
interface Context {
  readonly random: Random;
  /** Registers that must keep their values here, by number. */
  readonly locked: ReadonlySet<number>;
  /** Addresses in data memory that registers hold throughout. */
  readonly pointers: ReadonlyMap<number, number>;
  readonly depth: number;
}

/** The program of a seed; with `faults` it ends by a trap that its process does not survive. */
export function generateProgram(seed: number, faults = false): Program {
  const random = makeRandom(seed);
  const pointers = choosePointers(random);
  const registers = Array.from({ length: 32 }, (_, register) => {
    if (register === 0) return 0;
    return pointers.get(register) ?? (random.oneIn(3) ? random.pick(CORNERS) : random.word());
  });
  const context = { random, locked: new Set(pointers.keys()), pointers, depth: 0 };
  const dataSeed = random.word();
  const body = makeBody(context, ITEMS);
  if (faults) body.splice(random.below(body.length + 1), 0, makeFault(context));
  return { seed, registers, dataSeed, body };
}

/** The data register, the stack pointer, two registers that C can name, one more. */
function choosePointers(random: Random): Map<number, number> {
  const registers = [STACK_REGISTER, 8 + random.below(4), 12 + random.below(4), 16 + random.below(16)];
  const edges = [DATA, DATA_MIDDLE - 4, DATA_MIDDLE - 1, DATA_MIDDLE + 2, DATA + DATA_SIZE - 4];
  const place = () => (random.oneIn(2) ? random.pick(edges) : DATA + random.below(DATA_SIZE - 4));
  return new Map([
    [DATA_REGISTER, DATA_MIDDLE],
    ...registers.map((register): [number, number] => [register, place()]),
  ]);
}

function makeBody(context: Context, items: number): Item[] {
  return Array.from({ length: 1 + context.random.below(items) }, () => makeItem(context));
}

function makeItem(context: Context): Item {
  const { random, depth } = context;
  const kind = random.below(depth < MAX_DEPTH ? 20 : 12);
  if (kind < 6) return code(makePlain(context), makePlain(context));
  if (kind < 9) return code(makeAccess(context));
  if (kind === 9) return code(...makeAtomic(context));
  if (kind === 10) return random.oneIn(2) ? code(...makeComputedAccess(context)) : makeRetry(context);
  if (kind === 11) return random.oneIn(2) ? code(makeCounterRead(context)) : code(...makeStackMove(context));
  if (kind < 15) return makeSkip(context);
  if (kind < 17) return makeLoop(context);
  return kind < 19 ? makeCall(context) : makePatch(context);
}

function code(...steps: Step[]): Item {
  return { kind: "code", steps };
}

function deeper(context: Context, ...locked: number[]): Context {
  return { ...context, depth: context.depth + 1, locked: new Set([...context.locked, ...locked]) };
}

/** A register that may be written, other than those in `but`; x0 seldom. */
function freeRegister({ random, locked }: Context, ...but: number[]): number {
  for (;;) {
    const register = 1 + random.below(31);
    if (!locked.has(register) && !but.includes(register)) return register;
  }
}

function randomValue(random: Random, { minimum, maximum, multiple }: Field): number {
  const steps = (maximum - minimum) / multiple + 1;
  return minimum + multiple * (random.oneIn(6) ? random.pick([0, steps - 1]) : random.below(steps));
}

/** Random operands that the row takes and that leave the locked registers alone. */
function makeOperands(context: Context, encoding: Encoding, given: Record<string, number> = {}): Step {
  const { random, locked } = context;
  for (;;) {
    const operands: Record<string, number> = {};
    for (const field of encoding.picture.fields) {
      operands[field.name] = given[field.name] ?? randomValue(random, field);
    }
    if (operands.rd !== undefined && locked.has(operands.rd)) continue;
    if (canEncode(encoding, operands)) return [encoding.row.name, operands];
  }
}

function makePlain(context: Context): Step {
  for (;;) {
    const encoding = context.random.pick(PLAIN);
    // It writes x2, which is locked.
    if (encoding.row.name !== "c.addi16sp") return makeOperands(context, encoding);
  }
}

/** The stack pointer goes and comes back. */
function makeStackMove(context: Context): Step[] {
  const imm = 16 * (1 + context.random.below(31));
  return [["c.addi16sp", { imm }], makePlain(context), ["c.addi16sp", { imm: -imm }]];
}

/** Counters differ between machines: they are read into x0. */
function makeCounterRead(context: Context): Step {
  const csr = 0xc00 + context.random.below(3);
  return makeOperands(context, context.random.pick(COUNTER_READS), { rd: 0, csr, rs1: 0, zimm: 0 });
}

/** A load or store through one of the pointers, aligned or not. */
function makeAccess(context: Context): Step {
  const { random, pointers } = context;
  for (;;) {
    const encoding = random.pick(ACCESSES);
    const base = findField(encoding, "rs1");
    const offset = findField(encoding, "imm") ?? findField(encoding, "uimm")!;
    const register = base ? random.pick([...pointers.keys()]) : STACK_REGISTER;
    if (base && (register < base.minimum || register > base.maximum)) continue;
    const near = offset.multiple * (random.below(9) - (offset.signed ? 4 : 0));
    const distance = random.oneIn(2) ? near : randomValue(random, offset);
    if (!inData(pointers.get(register)! + distance)) continue;
    return makeOperands(context, encoding, { ...(base ? { rs1: register } : {}), [offset.name]: distance });
  }
}

function inData(address: number): boolean {
  return address >= DATA && address <= DATA + DATA_SIZE - 4;
}

/** An atomic operation on an aligned word. */
function makeAtomic(context: Context): Step[] {
  const address = freeRegister(context);
  return [
    makeDataAddress(context, address, 4),
    makeOperands(context, context.random.pick(ATOMIC), { rs1: address }),
  ];
}

/** `address` = a place in data memory. */
function makeDataAddress({ random }: Context, address: number, multiple: number): Step {
  return ["addi", { rd: address, rs1: DATA_REGISTER, imm: multiple * (random.below(1022) - 512) }];
}

/** An access whose address depends on data. */
function makeComputedAccess(context: Context): Step[] {
  const { random } = context;
  const address = freeRegister(context);
  const encoding = random.pick(ACCESSES.filter(({ row }) => row.extension === "I"));
  return [
    ["andi", { rd: address, rs1: random.below(32), imm: random.below(2048) }],
    ["add", { rd: address, rs1: address, rs2: DATA_REGISTER }],
    makeOperands(context, encoding, { rs1: address, imm: random.below(1024) - 512 }),
  ];
}

function makeRetry(context: Context): Item {
  const address = freeRegister(context);
  const loaded = freeRegister(context, address);
  const failed = freeRegister(context, address, loaded);
  const value = freeRegister(context, address, failed);
  return { kind: "retry", address, offset: 4 * (context.random.below(1000) - 500), loaded, value, failed };
}

function makeSkip(context: Context): Item {
  const step = makeOperands(context, context.random.pick(SKIPS), { imm: 0 });
  const inner = step[0] === "c.jal" && context.locked.has(1) ? (["c.j", { imm: 0 }] as const) : step;
  return { kind: "skip", step: inner, body: makeBody(deeper(context), BODY_ITEMS) };
}

function makeLoop(context: Context): Item {
  const counter = freeRegister(context);
  const count = 1 + context.random.below(context.depth === 0 ? 20 : 4);
  return { kind: "loop", counter, count, body: makeBody(deeper(context, counter), BODY_ITEMS) };
}

function makeCall(context: Context): Item {
  const { random, locked } = context;
  const names = locked.has(1) ? (["jal", "jalr"] as const) : (["jal", "jalr", "c.jal", "c.jalr"] as const);
  const name = random.pick(names);
  const link = name.startsWith("c.") ? 1 : freeRegister(context);
  // A jump and link may take its target from the register that it links in.
  const target = random.oneIn(4) ? link : freeRegister(context);
  const imm = name === "jalr" ? random.below(4096) - 2048 : 0;
  return { kind: "call", name, link, target, imm, body: makeBody(deeper(context, link), BODY_ITEMS) };
}

function makePatch(context: Context): Item {
  const link = freeRegister(context);
  const inner = deeper(context, link);
  const address = freeRegister(inner);
  const word = freeRegister(inner, address);
  const ahead = context.random.oneIn(2);
  return { kind: "patch", ahead, link, before: fourBytes(inner), after: fourBytes(inner), address, word };
}

/** One instruction, or two compressed ones. */
function fourBytes(context: Context): Step[] {
  const first = makePlain(context);
  if (!first[0].startsWith("c.")) return [first];
  for (;;) {
    const second = makePlain(context);
    if (second[0].startsWith("c.")) return [first, second];
  }
}

function makeFault(context: Context): Item {
  const { random } = context;
  const address = freeRegister(context);
  const at = (target: number): Step => ["lui", { rd: address, imm: target }];
  const end = DATA + DATA_SIZE;
  const access = random.pick(ACCESSES.filter(({ row }) => row.extension === "I"));
  switch (random.below(6)) {
    case 0:
      return { kind: "fault", steps: [], word: illegalWord(random) };
    case 1: // behind the data
      return {
        kind: "fault",
        steps: [at(end), makeOperands(context, access, { rs1: address, imm: random.below(2048) })],
      };
    case 2: // across its end
      return {
        kind: "fault",
        steps: [at(end), [random.pick(["lw", "sw"]), { rs1: address, imm: -1 - random.below(3) }]],
      };
    case 3: // a misaligned word
      return {
        kind: "fault",
        steps: [
          ["addi", { rd: address, rs1: DATA_REGISTER, imm: 4 * random.below(100) + 1 + random.below(3) }],
          makeOperands(context, random.pick(MISALIGNED), {
            rs1: address,
          }),
        ],
      };
    case 4:
      return { kind: "fault", steps: [[random.pick(["ebreak", "c.ebreak"]), {}]] };
    default: // no code there
      return {
        kind: "fault",
        steps: [at(random.pick([0, DATA, 0x7fff_f000])), ["jalr", { rd: 0, rs1: address, imm: 0 }]],
      };
  }
}

/** A word that traps as illegal, also under qemu (whose vector and float gaps are in test/isa/gaps.ts). */
function illegalWord(random: Random): number {
  for (;;) {
    const word = random.word();
    const doubtful = (word & 3) === 3 && [0x07, 0x27, 0x57, 0x73].includes(word & 0x7f);
    if (!doubtful && !isLegal(word) && decode(word) === null) return word;
  }
}
