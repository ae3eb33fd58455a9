// Assembling what the disassembler writes gives the same bits, for every row of the table.

import fc from "fast-check";
import { expect, test } from "vitest";
import { canEncode, ENCODINGS, type Encoding, encode } from "../../host/isa/codec.ts";
import { disassemble } from "../../host/isa/disassembler.ts";
import { assemble } from "../../host/toolchain/index.ts";
import { allocatedSections } from "./gnu.ts";

const SEED = 20240611;

/** The bits that a statement assembles to, in hexadecimal, lowest byte first. */
function assembled(statement: string): string {
  const { object, diagnostics } = assemble(`.option norvc\n${statement}\n`);
  expect(diagnostics, statement).toEqual([]);
  return allocatedSections(object)[".text"]!.bytes;
}

/** Random operands that the encoding can express. */
function operandsOf({ picture }: Encoding): fc.Arbitrary<Record<string, number>> {
  const fields = picture.fields.filter(({ name }) => name !== "fm");
  return fc.record(
    Object.fromEntries(
      fields.map(({ name, minimum, maximum, multiple }) => [
        name,
        fc.integer({ min: minimum / multiple, max: maximum / multiple }).map((value) => value * multiple),
      ]),
    ),
  );
}

for (const encoding of ENCODINGS) {
  test(`${encoding.row.name} is assembled to what was disassembled`, () => {
    const operands = operandsOf(encoding).filter((values) => canEncode(encoding, values));
    const property = fc.property(operands, (values) => {
      const word = encode(encoding.row.name, values);
      const text = disassemble(word, 0, { aliases: false, relative: true });
      const bytes = Buffer.alloc(encoding.size);
      bytes.writeUIntLE(word, 0, encoding.size);
      // Conditional branches may be lengthened only if their target is not known, and `.` is.
      expect(assembled(text).slice(0, encoding.size * 2), text).toBe(bytes.toString("hex"));
    });
    fc.assert(property, { seed: SEED, numRuns: 25 });
  });
}
