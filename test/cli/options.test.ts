import { describe, expect, test } from "vitest";
import { type Option, parseOptions, readOptions } from "../../host/cli/options.ts";

const OPTIONS: Option[] = [
  { name: "harts", value: "N", meaning: "" },
  { name: "strace", meaning: "" },
  { name: "output", short: "o", value: "FILE", meaning: "" },
  { name: "mount", value: "HOST:GUEST", meaning: "", repeats: true },
];
const RULES = { command: "run", options: OPTIONS };
const read = (...args: string[]) => readOptions(args, RULES);

describe("options", () => {
  test("a value may follow or be attached", () => {
    expect(read("--harts", "4").integer("harts", 1, 8)).toBe(4);
    expect(read("--harts=4").integer("harts", 1, 8)).toBe(4);
    expect(read("-o", "x").text("output")).toBe("x");
    expect(read("-ox").text("output")).toBe("x");
  });

  test("operands may stand between options", () => {
    expect(read("a.s", "--strace", "b.s").operands).toEqual(["a.s", "b.s"]);
  });

  test("what follows -- is no option", () => {
    expect(read("a", "--", "--strace").operands).toEqual(["a", "--strace"]);
  });

  test("where the first operand ends the options, the guest's are left alone, and one -- after it is dropped", () => {
    const parse = (...args: string[]) => parseOptions(args, { ...RULES, stopAtOperand: true }).operands;
    expect(parse("--strace", "prog", "--harts", "x")).toEqual(["prog", "--harts", "x"]);
    expect(parse("prog", "--", "--harts")).toEqual(["prog", "--harts"]);
    expect(parse("prog", "--", "--")).toEqual(["prog", "--"]);
    expect(parse("--", "prog", "--", "-x")).toEqual(["prog", "--", "-x"]);
  });

  test("an option that repeats keeps all its values; another may be given once", () => {
    expect(read("--mount", "a:b", "--mount", "c:d").all("mount")).toEqual(["a:b", "c:d"]);
    expect(() => read("--harts", "1", "--harts", "2")).toThrow("--harts is given twice");
  });

  test("an unknown option suggests the nearest", () => {
    expect(() => read("--hart")).toThrow("unknown option --hart; did you mean --harts?");
    expect(() => read("--starce")).toThrow("did you mean --strace?");
    expect(() => read("--zzz")).toThrow(/^unknown option --zzz$/);
  });

  test("a wrong value says what would be right", () => {
    expect(() => read("--harts", "9").integer("harts", 1, 8)).toThrow(
      '--harts is "9", but must be a whole number from 1 to 8',
    );
    expect(() => read("--output", "fast").oneOf("output", ["fasta", "slow"])).toThrow("did you mean fasta?");
    expect(() => read("--harts")).toThrow("--harts needs a value: --harts N");
    expect(() => read("--strace=1")).toThrow('--strace takes no value, but was given "1"');
  });

  test.each([
    ["10", 10],
    ["10k", 10_000],
    ["64Ki", 65_536],
    ["16Mi", 16_777_216],
    ["0x10", 16],
  ])("%s is the number %i", (text, number) => {
    expect(read("--harts", text).integer("harts", 0, 1e9)).toBe(number);
  });

  test.each(["", "-1", "1.5", "1K", "1e3", "x", "0x", "١"])("%j is no whole number", (text) => {
    expect(() => read(`--harts=${text}`).integer("harts", 0, 1e9)).toThrow("must be a whole number");
  });
});
