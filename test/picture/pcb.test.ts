import { describe, expect, test } from "vitest";
import * as layout from "../../assembly/layout.ts";
import { focusOf } from "../../host/picture/focus.ts";
import { takePcb } from "../../host/picture/pcb.ts";
import { PCB_GROUPS, pcbRows } from "../../host/picture/pcb-fields.ts";
import { wordsOf } from "../../web/panels/pcb/words.ts";
import { EXIT, FORK, machineAfter, PIPE, STAY, sourceOf, WAIT } from "./machines.ts";

const fields = PCB_GROUPS.flatMap((group) => group.fields);

describe("the table of the fields", () => {
  test("has every PCB_* of the map, each at its offset", () => {
    // PCB_CONTEXT is the beginning of what PCB_PC and PCB_X1 are fields of.
    const constants = Object.keys(layout).filter((name) => /^PCB_(?!SIZE$|CONTEXT$)/.test(name));
    expect(fields.map(({ constant }) => constant).sort()).toEqual(constants.sort());
    const offsets = new Map(Object.entries(layout));
    for (const { constant, offset } of fields) {
      expect(offset, constant).toBe(offsets.get(constant));
    }
  });

  test("goes through the record in order, and no two values overlap", () => {
    let end = 0;
    for (const { offset, field, label } of pcbRows()) {
      expect(offset, label).toBeGreaterThanOrEqual(end);
      end = offset + field.size;
    }
    expect(end).toBeLessThanOrEqual(layout.PCB_SIZE);
  });

  test("leaves no bytes out but those that align 64-bit values and the end", () => {
    const covered = new Set(
      pcbRows().flatMap(({ offset, field }) =>
        Array.from({ length: field.size / 4 }, (_, i) => offset + i * 4),
      ),
    );
    const bare = Array.from({ length: layout.PCB_SIZE / 4 }, (_, index) => index * 4).filter(
      (at) => !covered.has(at),
    );
    expect(bare.filter((at) => at < layout.PCB_CLEAR_TID)).toEqual([layout.PCB_COPIES + 4]);
  });
});

describe("what a record says in words", () => {
  /** Label to words, of process `pid`. */
  const wordsAt = async (source: string, pid: number, instructions = 10_000) => {
    const machine = await machineAfter(source, instructions);
    const picture = takePcb(sourceOf(machine), focusOf(sourceOf(machine), pid), true)!;
    return {
      picture,
      words: Object.fromEntries(
        pcbRows().map((row) => [row.label, wordsOf(row, picture, machine.configuration.clockHz)]),
      ),
    };
  };

  test("a reader of an empty pipe", async () => {
    const { words } = await wordsAt(`${PIPE} mv a0, s0\n mv a1, sp\n li a2, 1\n li a7, 63\n ecall\n`, 1);
    expect(words).toMatchObject({
      pid: "1",
      parent: "none",
      name: '"program"',
      state: "blocked",
      "call active": "yes",
      "call number": "read (63)",
      a7: "63",
      "voluntary switches": "1",
      "system calls": "2",
      affinity: "every hart",
    });
    expect(words["wait channel"]).toMatch(/^bytes in pipe \d+$/);
  });

  test("a parent of two, and its second child", async () => {
    const source = `${FORK} beqz a0, stay\n${FORK} beqz a0, stay\n${WAIT} stay: ${STAY}`;
    const { words } = await wordsAt(source, 1);
    expect(words).toMatchObject({ "first child": "pid 2 program (slot 2)", "wait channel": "a child" });
    const second = await wordsAt(source, 3);
    expect(second.words).toMatchObject({
      parent: "pid 1 program (slot 1)",
      "previous sibling": "pid 2 program (slot 2)",
      "next sibling": "none",
      "exit signal": "SIGCHLD",
    });
  });

  test("a zombie", async () => {
    const { words } = await wordsAt(`${FORK} bnez a0, stay\n li a0, 7\n${EXIT} stay: ${STAY}`, 2);
    expect(words).toMatchObject({ state: "zombie", "exit status": "exit status 7", root: "none", a0: "7" });
    expect(words["time running"]).not.toBe("0");
  });

  test("of a running process: that the saved context is not the live one", async () => {
    const { picture } = await wordsAt("spin: j spin", 1);
    expect(picture.liveHart).toBe(0);
    const blocked = await wordsAt(STAY, 1);
    expect(blocked.picture.liveHart).toBe(-1);
  });
});
