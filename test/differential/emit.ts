// Turns the items of a program into machine code: places instructions, resolves labels, and takes the
// long form of a jump where the short one does not reach.

import { canEncode, decode, encode, findEncoding, type Operands } from "../../host/isa/codec.ts";
import { expand } from "../../host/isa/expansion.ts";
import type { Item, Step } from "./program.ts";

/** A place in the code, by number. */
type Label = number;

/** How an instruction gets its immediate from the address of a label. */
type Relation = "distance" | "high" | "low";

interface Instruction {
  name: string;
  operands: Operands;
  readonly label?: Label;
  readonly relation?: Relation;
  /** Added to the label's address. */
  readonly offset?: number;
}

type Fragment = Instruction | { readonly mark: Label } | { readonly word: number };

/** Collects code and assembles it at an address. */
export class Code {
  readonly #fragments: Fragment[] = [];
  #labels = 0;

  newLabel(): Label {
    return this.#labels++;
  }

  mark(label: Label): void {
    this.#fragments.push({ mark: label });
  }

  add(name: string, operands: Operands = {}): void {
    this.#fragments.push({ name, operands });
  }

  /** A word (or halfword, by its low bits) of any kind. */
  addWord(word: number): void {
    this.#fragments.push({ word });
  }

  /** A branch or jump to a label. */
  jump(name: string, operands: Operands, label: Label): void {
    this.#fragments.push({ name, operands, label, relation: "distance" });
  }

  loadConstant(rd: number, value: number): void {
    const low = (value << 20) >> 20;
    this.add("lui", { rd, imm: (value - low) | 0 });
    this.add("addi", { rd, rs1: rd, imm: low });
  }

  /** rd = address of a label + offset. */
  loadAddress(rd: number, label: Label, offset = 0): void {
    this.#fragments.push({ name: "lui", operands: { rd }, label, relation: "high", offset });
    this.#fragments.push({ name: "addi", operands: { rd, rs1: rd }, label, relation: "low", offset });
  }

  /** The code's bytes when it begins at `base`. */
  assemble(base: number): Uint8Array {
    for (;;) {
      const addresses = this.#place(base);
      if (this.#lengthen(base, addresses)) continue;
      return Uint8Array.from(this.#encode(base, addresses));
    }
  }

  /** Addresses of the labels. */
  #place(base: number): Map<Label, number> {
    const addresses = new Map<Label, number>();
    let address = base;
    for (const fragment of this.#fragments) {
      if ("mark" in fragment) addresses.set(fragment.mark, address);
      address += sizeOf(fragment);
    }
    return addresses;
  }

  /** Makes the jumps that do not reach long ones. False if there were none. */
  #lengthen(base: number, addresses: Map<Label, number>): boolean {
    let address = base;
    let changed = false;
    for (const fragment of this.#fragments) {
      const size = sizeOf(fragment);
      if ("name" in fragment && fragment.relation === "distance" && fragment.name.startsWith("c.")) {
        const operands = { ...fragment.operands, imm: addresses.get(fragment.label!)! - address };
        if (!canEncode(findEncoding(fragment.name)!, operands)) {
          Object.assign(fragment, expand(decode(encode(fragment.name, fragment.operands))!));
          changed = true;
        }
      }
      address += size;
    }
    return changed;
  }

  #encode(base: number, addresses: Map<Label, number>): number[] {
    const bytes: number[] = [];
    for (const fragment of this.#fragments) {
      if ("mark" in fragment) continue;
      const bits = "word" in fragment ? fragment.word : encodeAt(fragment, base + bytes.length, addresses);
      for (let byte = 0; byte < sizeOf(fragment); byte++) bytes.push((bits >>> (8 * byte)) & 0xff);
    }
    return bytes;
  }
}

function sizeOf(fragment: Fragment): number {
  if ("mark" in fragment) return 0;
  if ("word" in fragment) return (fragment.word & 3) === 3 ? 4 : 2;
  return fragment.name.startsWith("c.") ? 2 : 4;
}

function encodeAt(instruction: Instruction, address: number, addresses: Map<Label, number>): number {
  const { name, operands, label, relation, offset = 0 } = instruction;
  if (label === undefined) return encode(name, operands);
  const target = addresses.get(label)! + offset;
  const low = (target << 20) >> 20;
  const imm = { distance: target - address, high: target - low, low }[relation!];
  return encode(name, { ...operands, imm });
}

/** Adds the items' instructions to the code. */
export function emitItems(code: Code, items: readonly Item[]): void {
  for (const item of items) emitItem(code, item);
}

function emitItem(code: Code, item: Item): void {
  switch (item.kind) {
    case "code":
      emitSteps(code, item.steps);
      break;
    case "skip":
      emitSkip(code, item);
      break;
    case "loop":
      emitLoop(code, item);
      break;
    case "call":
      emitCall(code, item);
      break;
    case "retry":
      emitRetry(code, item);
      break;
    case "patch":
      emitPatch(code, item);
      break;
    case "fault":
      emitSteps(code, item.steps);
      if (item.word !== undefined) code.addWord(item.word);
  }
}

type ItemOf<Kind extends Item["kind"]> = Extract<Item, { kind: Kind }>;

function emitSteps(code: Code, steps: readonly Step[]): void {
  for (const [name, operands] of steps) code.add(name, operands);
}

function emitSkip(code: Code, { step: [name, operands], body }: ItemOf<"skip">): void {
  const over = code.newLabel();
  code.jump(name, operands, over);
  emitItems(code, body);
  code.mark(over);
}

function emitLoop(code: Code, { counter, count, body }: ItemOf<"loop">): void {
  const again = code.newLabel();
  code.loadConstant(counter, count);
  code.mark(again);
  emitItems(code, body);
  code.add("addi", { rd: counter, rs1: counter, imm: -1 });
  code.jump("bne", { rs1: counter, rs2: 0 }, again);
}

function emitCall(code: Code, { name, link, target, imm, body }: ItemOf<"call">): void {
  const [over, callee] = [code.newLabel(), code.newLabel()];
  code.jump("c.j", {}, over);
  code.mark(callee);
  emitItems(code, body);
  if (name.startsWith("c.")) code.add("c.jr", { rs1: link });
  else code.add("jalr", { rd: 0, rs1: link, imm: 0 });
  code.mark(over);
  if (name === "jal" || name === "c.jal") {
    code.jump(name, name === "jal" ? { rd: link } : {}, callee);
  } else {
    code.loadAddress(target, callee, (imm & 1) - imm);
    code.add(name, name === "jalr" ? { rd: link, rs1: target, imm } : { rs1: target });
  }
}

function emitRetry(code: Code, { address, offset, loaded, value, failed }: ItemOf<"retry">): void {
  const again = code.newLabel();
  code.add("addi", { rd: address, rs1: 3, imm: offset });
  code.mark(again);
  code.add("lr.w", { rd: loaded, rs1: address });
  code.add("sc.w", { rd: failed, rs1: address, rs2: value });
  code.jump("bne", { rs1: failed, rs2: 0 }, again);
}

function emitPatch(code: Code, { ahead, link, before, after, address, word }: ItemOf<"patch">): void {
  const [over, place] = [code.newLabel(), code.newLabel()];
  const overwrite = (content: readonly Step[]) => {
    code.loadConstant(word, wordOf(content));
    code.loadAddress(address, place);
    code.add("sw", { rs2: word, rs1: address, imm: 0 });
    code.add("fence.i");
  };
  if (ahead) overwrite(after);
  else code.jump("c.j", {}, over);
  code.mark(place);
  emitSteps(code, before);
  if (ahead) return;
  code.add("jalr", { rd: 0, rs1: link, imm: 0 });
  code.mark(over);
  for (const content of [after, before]) {
    code.jump("jal", { rd: link }, place);
    overwrite(content);
  }
}

/** The four bytes of one instruction or two compressed ones. */
function wordOf(steps: readonly Step[]): number {
  const [first, second] = steps.map(([name, operands]) => encode(name, operands));
  return second === undefined ? first! : (first! | (second << 16)) >>> 0;
}
