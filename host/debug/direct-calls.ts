// The calls in a stretch of code, and where they lead: jal, and auipc with jalr.

import { expand } from "../isa/expansion.ts";
import { decodeAt } from "./frame-rules.ts";

export interface Code {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Bytes of code that are looked through; larger programs come from compilers, which mark their functions. */
const LONGEST = 262_144;

/** Targets of the calls in the code, in order; null for one that goes to what a register says. */
export function callsIn({ address: start, bytes }: Code): (number | null)[] {
  const targets: (number | null)[] = [];
  let page = { register: -1, value: 0 };
  for (let at = 0; at + 1 < bytes.length; ) {
    const decoded = decodeAt(bytes, at);
    if (decoded === null) {
      at += 2;
      continue;
    }
    const { name, operands } = expand(decoded);
    const { rd = 0, rs1 = 0, imm = 0 } = operands;
    if (name === "jal" && rd !== 0) targets.push((start + at + imm) >>> 0);
    if (name === "jalr" && rd !== 0) {
      targets.push(page.register === rs1 ? (page.value + imm) >>> 0 : null);
    }
    page = name === "auipc" ? { register: rd, value: start + at + imm } : { register: -1, value: 0 };
    at += decoded.size;
  }
  return targets;
}

/** The addresses that calls in the code lead to. */
export function directCalls(codes: readonly Code[]): Set<number> {
  const parts = codes.map(({ address, bytes }) => ({ address, bytes: bytes.subarray(0, LONGEST) }));
  return new Set(parts.flatMap(callsIn).filter((target) => target !== null));
}
