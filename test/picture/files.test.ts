import { describe, expect, test } from "vitest";
import type { Machine } from "../../host/index.ts";
import { type FilesPicture, takeFiles } from "../../host/picture/files.ts";
import { focusOf } from "../../host/picture/focus.ts";
import { gatherTerminal } from "../../web/panels/files/gather.ts";
import { type Box, layoutOf } from "../../web/panels/files/layout.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { FORK, machineAfter, PIPE, STAY, sourceOf } from "./machines.ts";

const READ = "mv a0, s0\n mv a1, sp\n li a2, 1\n li a7, 63\n ecall\n";
const WRITE_10 = "mv a0, s1\n mv a1, sp\n li a2, 10\n li a7, 64\n ecall\n";
/** Opens /tmp/log for reading and writing, and makes it; its descriptor in s2. */
const OPEN = "li a0, -100\n la a1, name\n li a2, 0102\n li a3, 0600\n li a7, 56\n ecall\n mv s2, a0\n";
const NAME = '.section .rodata\nname: .asciz "/tmp/log"\n';
const WRITE_FILE = "mv a0, s2\n mv a1, sp\n li a2, 10\n li a7, 64\n ecall\n";

function take(machine: Machine, pid: number): FilesPicture {
  const source = sourceOf(machine);
  return takeFiles(source, focusOf(source, pid), true)!;
}

describe("a pipe", () => {
  test("says how full it is, and who holds which end", async () => {
    const machine = await machineAfter(`${PIPE}${WRITE_10}${STAY}`, 10_000);
    const { files, inodes } = take(machine, 1);
    const pipe = inodes.find(({ kind }) => kind === "pipe")!;
    expect(pipe).toMatchObject({
      name: `pipe ${pipe.id}`,
      bytes: 10,
      capacity: 65536,
      readers: 1,
      writers: 1,
    });
    const ends = files.filter(({ inode }) => inode === pipe.id);
    expect(ends.map(({ canRead, canWrite }) => [canRead, canWrite])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test("says who sleeps on it, and for what", async () => {
    const machine = await machineAfter(`${PIPE}${FORK} beqz a0, child\n${STAY} child: ${READ}`, 10_000);
    const { inodes, processes } = take(machine, 1);
    expect(inodes.find(({ kind }) => kind === "pipe")!.sleepers).toEqual([{ pid: 2, for: "bytes" }]);
    expect(processes.map(({ pid }) => pid)).toEqual([1, 2]);
  });

  test("that is full has the writer asleep for room", async () => {
    const machine = await machineAfter(
      `${PIPE} more: mv a0, s1\n la a1, bytes\n li a2, 4096\n li a7, 64\n ecall\n j more\n.bss\nbytes: .skip 4096`,
      100_000,
    );
    const pipe = take(machine, 1).inodes.find(({ kind }) => kind === "pipe")!;
    expect(pipe).toMatchObject({ bytes: 65536, sleepers: [{ pid: 1, for: "room" }] });
  });
});

test("an open file is one after fork, with one offset, and has its path", async () => {
  const machine = await machineAfter(`${OPEN}${FORK}${WRITE_FILE}${STAY}${NAME}`, 10_000);
  const { processes, files, inodes } = take(machine, 2);
  const file = inodes.find(({ kind }) => kind === "file")!;
  expect(file).toMatchObject({ name: "/tmp/log", bytes: 20 });
  const open = files.find(({ inode }) => inode === file.id)!;
  expect(open).toMatchObject({ offset: 20, references: 2, canRead: true, canWrite: true });
  for (const { descriptors } of processes) expect(descriptors.map((one) => one.file)).toContain(open.id);
});

test("counts of open files are those of the descriptors that are pictured, if all are", async () => {
  const machine = await machineAfter(`${PIPE}${OPEN}${FORK}${FORK}${STAY}${NAME}`, 10_000);
  const { processes, files, omitted } = take(machine, 1);
  expect(omitted).toBe(0);
  for (const { id, references } of files) {
    const named = processes.flatMap(({ descriptors }) => descriptors.filter(({ file }) => file === id));
    expect(named).toHaveLength(references);
  }
});

test("who shares only the terminal is a neighbour only if nobody shares more", async () => {
  const machine = await machineAfter(`${FORK} beqz a0, stay\n${PIPE}${FORK} stay: ${STAY}`, 10_000);
  expect(take(machine, 1).processes.map(({ pid }) => pid)).toEqual([1, 3]);
  expect(take(machine, 2).processes.map(({ pid }) => pid)).toEqual([1, 2, 3]);
});

test("of many neighbours those with a pipe in common come first, and the rest is counted", async () => {
  // Twenty children without the pipe, the last one with it.
  const machine = await machineAfter(
    `li s3, 20\n more: ${FORK} beqz a0, stay\n addi s3, s3, -1\n bnez s3, more\n${PIPE}${FORK} stay: ${STAY}`,
    10_000,
  );
  const { processes, omitted } = take(machine, 1);
  expect(processes.map(({ pid }) => pid)).toEqual([1, 22]);
  expect(omitted).toBe(20);
  const other = take(machine, 2);
  expect(other.processes).toHaveLength(8);
  expect(other.omitted).toBe(14);
});

test("the terminal is one box, and open files that the same processes hold are one", async () => {
  const { machine } = await machineWith(program(`${PIPE}${FORK}${STAY}`), ["program"], {
    terminal: [true, true, true],
  });
  machine.run({ maxInstructions: 10_000 });
  const graph = gatherTerminal(take(machine, 1));
  expect(graph.inodes.map(({ kind }) => kind).sort()).toEqual(["pipe", "terminal"]);
  expect(graph.files.map(({ count, references }) => [count, references])).toEqual([
    [3, 6],
    [1, 2],
    [1, 2],
  ]);
});

describe("the layout of the graph", () => {
  const overlap = (a: Box, b: Box) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  test.each([0, 320, 480, 800, 1400])("has no two boxes on one place, %i pixels wide", async (width) => {
    const machine = await machineAfter(`${PIPE}${OPEN}${FORK}${PIPE}${FORK}${STAY}${NAME}`, 10_000);
    const picture = take(machine, 1);
    const layout = layoutOf(picture, width);
    const boxes = [...layout.processes.values(), ...layout.files.values(), ...layout.inodes.values()];
    expect(boxes).toHaveLength(picture.processes.length + picture.files.length + picture.inodes.length);
    for (const [index, box] of boxes.entries()) {
      expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
      expect(box.x + box.width).toBeLessThanOrEqual(layout.width);
      expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
    }
    expect(layoutOf(picture, width)).toEqual(layout);
  });

  test("has an edge from each process to each of its open files, and from each file to its inode", async () => {
    const machine = await machineAfter(`${PIPE}${FORK}${STAY}`, 10_000);
    const picture = take(machine, 1);
    const edges = layoutOf(picture, 600).edges;
    const held = picture.processes.flatMap(({ pid, descriptors }) => [
      ...new Set(descriptors.map(({ file }) => `${pid} ${file}`)),
    ]);
    expect(edges.map(({ key }) => key)).toEqual([...held, ...picture.files.map(({ id }) => `file ${id}`)]);
  });
});
