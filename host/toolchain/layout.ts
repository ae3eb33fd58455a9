// Fixes the sizes of branches, alignments and other variable pieces of a section, and so all addresses.
// Follows GNU as step by step (first guess, then passes until nothing changes), so that branches get
// the same lengths also where several solutions exist.

import type { Assembly } from "./assembly.ts";
import { type Expression, evaluate, fixedPositionDistance } from "./expression.ts";
import type { BranchPiece, Part, Piece, Section } from "./section.ts";
import { SECTION_LIMIT } from "./section.ts";
import type { AsmSymbol, Position } from "./symbols.ts";

// Reach of the branches, in bytes to either side.
const JUMP_SHORT = 2048;
const BRANCH_SHORT = 256;
const BRANCH = 4096;

const MAXIMUM_PASSES = 200;
/** After so many passes pieces may only grow, so that the layout comes to rest. */
const SHRINKING_PASSES = 50;

/** Offset of a position in its section, as far as the layout knows it. */
export function offsetOf(position: Position): number {
  const { part } = position;
  return part.base + position.fixed + part.before[position.pieces]!;
}

/** The distance of two places of one section, as far as the layout knows it. */
export function distanceOf(a: Position, b: Position): number {
  return offsetOf(a) - offsetOf(b);
}

/** Lays out all sections; what cannot be is reported. */
export function layOut(assembly: Assembly): void {
  for (const section of assembly.sections) {
    if (section.isCode) padToAlignment(section);
    new SectionLayout(assembly, section).run();
  }
}

/** Code is filled up to the section's alignment, as GNU as does. */
function padToAlignment({ parts, align }: Section): void {
  const last = parts.at(-1);
  const piece = {
    kind: "align",
    boundary: align,
    fill: undefined,
    maximum: Number.POSITIVE_INFINITY,
  } as const;
  last?.pieces.push({ ...piece, fixed: last.length });
}

/** Where a branch goes: a label of the same section, or elsewhere (undefined). */
interface Target {
  readonly position: Position;
  readonly addend: number;
}

class SectionLayout {
  private readonly assembly: Assembly;
  private readonly section: Section;
  private readonly targets = new Map<BranchPiece, Target | undefined>();
  private mayShrink = true;

  constructor(assembly: Assembly, section: Section) {
    this.assembly = assembly;
    this.section = section;
  }

  run(): void {
    const { parts } = this.section;
    for (const part of parts) {
      part.sizes = new Float64Array(part.pieces.length);
      part.before = new Float64Array(part.pieces.length + 1);
    }
    this.firstGuess();
    for (let pass = 0; pass < MAXIMUM_PASSES; pass++) {
      this.mayShrink = pass < SHRINKING_PASSES;
      if (!this.pass()) break;
    }
    this.section.size = this.place(() => undefined);
    if (this.section.size > SECTION_LIMIT) this.tooLarge();
  }

  private tooLarge(): void {
    for (const part of this.section.parts) {
      part.pieces.length = 0;
      part.length = 0;
      part.fixups.length = 0;
    }
    this.section.size = 0;
    this.assembly.diagnostics.report(
      this.assembly.place,
      0,
      `section \`${this.section.name}\` is too large`,
      `at most ${SECTION_LIMIT} bytes`,
    );
  }

  /** Runs over all pieces in order, sets their addresses and those of the parts; gives the total size. */
  private place(visit: (part: Part, piece: Piece, index: number, offset: number) => void): number {
    let base = 0;
    for (const part of this.section.parts) {
      part.base = base;
      let sum = 0;
      for (let i = 0; i < part.pieces.length; i++) {
        const piece = part.pieces[i]!;
        part.before[i] = sum;
        visit(part, piece, i, base + piece.fixed + sum);
        sum += part.sizes[i]!;
      }
      part.before[part.pieces.length] = sum;
      base += part.length + sum;
    }
    return base;
  }

  /** GNU as's first estimate: labels further down count as near the section's start. */
  private firstGuess(): void {
    this.place((part, piece, index, offset) => {
      if (piece.kind === "branch") {
        const target = this.findTarget(piece);
        part.sizes[index] = branchSize(
          piece,
          target === undefined ? undefined : this.guess(target, part, index) - offset,
        );
      } else
        part.sizes[index] =
          piece.kind === "leb128" ? 1 : piece.kind === "align" ? alignSize(piece, offset) : 0;
    });
  }

  private guess({ position, addend }: Target, part: Part, index: number): number {
    const seen = position.part.number < part.number || (position.part === part && position.pieces <= index);
    if (seen) return offsetOf(position) + addend;
    return position.fixed - fragmentStart(position) + addend;
  }

  /** One pass over all pieces; whether any size changed. */
  private pass(): boolean {
    let changed = false;
    this.place((part, piece, index, offset) => {
      const size = this.sizeOf(piece, offset);
      const old = part.sizes[index]!;
      if (size === old || (size < old && !this.mayShrink && piece.kind !== "align")) return;
      part.sizes[index] = size;
      changed = true;
    });
    return changed;
  }

  private sizeOf(piece: Piece, offset: number): number {
    switch (piece.kind) {
      case "branch": {
        const target = this.findTarget(piece);
        return branchSize(
          piece,
          target === undefined ? undefined : offsetOf(target.position) + target.addend - offset,
        );
      }
      case "align":
        return alignSize(piece, offset);
      case "org":
        return Math.max(0, this.value(piece.expression) - offset);
      case "space":
        return Math.min(Math.max(0, this.value(piece.expression)), SECTION_LIMIT + 1);
      case "leb128":
        return leb128Size(this.value(piece.expression), piece.signed);
    }
  }

  /** The value of an expression now; a label of this section counts as its offset. 0 if it has none. */
  private value(expression: Expression): number {
    const value = evaluate(expression, distanceOf);
    if (typeof value === "string" || value.minus) return 0;
    return Number(value.constant) + (value.plus === undefined ? 0 : this.labelOffset(value.plus));
  }

  private labelOffset(symbol: AsmSymbol): number {
    return symbol.position?.part.section === this.section ? offsetOf(symbol.position) : 0;
  }

  private findTarget(piece: BranchPiece): Target | undefined {
    if (this.targets.has(piece)) return this.targets.get(piece);
    const target = localTarget(piece.target, this.section);
    this.targets.set(piece, target);
    return target;
  }
}

/** Where the fragment of GNU as begins that a position lies in. */
function fragmentStart({ part, fixed, pieces }: Position): number {
  const piece = part.pieces[pieces - 1]?.fixed ?? 0;
  const { breaks } = part;
  let low = 0;
  for (let high = breaks.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (breaks[middle]! <= fixed) low = middle + 1;
    else high = middle;
  }
  return Math.max(piece, breaks[low - 1] ?? 0);
}

/** The label of `section` that an expression leads to; undefined if only the linker knows it. */
function localTarget(expression: Expression, section: Section): Target | undefined {
  const value = evaluate(expression, fixedPositionDistance);
  if (typeof value === "string" || value.minus || !value.plus) return undefined;
  const { position, isWeak } = value.plus;
  if (position === undefined || isWeak || position.part.section !== section) return undefined;
  return { position, addend: Number(value.constant) };
}

/** Bytes of a branch over `distance` bytes; undefined: not known before linking. */
function branchSize({ conditional, short }: BranchPiece, distance: number | undefined): number {
  const far = conditional ? 8 : 4;
  if (distance === undefined) return far;
  const reach = conditional ? BRANCH_SHORT : JUMP_SHORT;
  if (short !== undefined && distance >= -reach && distance < reach) return 2;
  if (!conditional || (distance >= -BRANCH && distance < BRANCH)) return 4;
  return short !== undefined ? 6 : far;
}

function alignSize({ boundary, maximum }: Extract<Piece, { kind: "align" }>, offset: number): number {
  const size = (boundary - (offset % boundary)) % boundary;
  return size > maximum ? 0 : size;
}

/** Bytes of a number in LEB128 (DWARF 7.6). */
export function leb128Size(value: number, signed: boolean): number {
  let size = 1;
  if (!signed) for (let rest = BigInt.asUintN(64, BigInt(value)) >> 7n; rest !== 0n; rest >>= 7n) size++;
  else for (let rest = BigInt(value); rest < -64n || rest > 63n; rest >>= 7n) size++;
  return size;
}
