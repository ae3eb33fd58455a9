import { expect, test } from "vitest";
import { AWAITED_PACKAGES, EDGES, UNREACHED } from "./allowed.ts";
import { allSourcesUnder, type Import, importsOf, read, repositoryFiles, sourcesUnder } from "./sources.ts";

const sources = allSourcesUnder("assembly", "host", "web");
const imports = sources.flatMap(importsOf);
const values = imports.filter(({ typeOnly }) => !typeOnly);

/** The part that a file belongs to: the longest entry of EDGES that its path begins with; "assembly" whole. */
function folderOf(path: string): string {
  if (path.startsWith("assembly/")) return "assembly";
  const parts = Object.keys(EDGES).filter((part) => path.startsWith(part));
  return parts.sort((a, b) => b.length - a.length)[0] ?? path;
}

test("assembly/ imports nothing from outside itself", () => {
  const outside = imports.filter(
    ({ from, to }) => from.startsWith("assembly/") && !to.startsWith("assembly/"),
  );
  expect(outside).toEqual([]);
});

test("the host sees of assembly/ only the memory map and the instruction table", () => {
  const inside = imports.filter(({ from, to }) => from.startsWith("host/") && to.startsWith("assembly/"));
  expect(inside.filter(({ to }) => to !== "assembly/layout.ts" && !to.startsWith("assembly/isa/"))).toEqual(
    [],
  );
});

test("the host imports nothing from web/", () => {
  expect(imports.filter(({ from, to }) => from.startsWith("host/") && to.startsWith("web/"))).toEqual([]);
});

test("the page imports from host/, from what is built for it, and nothing else of ours", () => {
  const known = /^(web|host)\/|^build\/core\.wasm$|^programs\/examples\//;
  const wrong = imports.filter(
    ({ from, to }) => from.startsWith("web/") && to.includes("/") && !known.test(to),
  );
  expect(wrong.filter(({ to }) => !/^(@?[\w-]+\/)?[\w-]+(\/[\w-]+)*(\.css)?$/.test(to))).toEqual([]);
});

test("parts of host/ import values along the allowed edges only", () => {
  const wrong = values
    .filter(({ from }) => from.startsWith("host/"))
    .filter(({ from, to }) => to.includes("/") && !isPackage(to) && folderOf(from) !== folderOf(to))
    .filter(({ from, to }) => !EDGES[folderOf(from)]?.includes(folderOf(to)))
    .map(({ from, to }) => `${from} imports ${to}`);
  expect(wrong).toEqual([]);
});

test("the allowed edges lead from the rim to the leaves", () => {
  const order = ["assembly", ...Object.keys(EDGES)];
  const upwards = Object.entries(EDGES).flatMap(([from, targets]) =>
    targets.filter((to) => order.indexOf(to) >= order.indexOf(from)).map((to) => `${from} → ${to}`),
  );
  expect(upwards).toEqual([]);
});

test("every allowed edge is used", () => {
  const used = new Set(values.map(({ from, to }) => `${folderOf(from)} → ${folderOf(to)}`));
  const unused = Object.entries(EDGES).flatMap(([from, targets]) =>
    targets.map((to) => `${from} → ${to}`).filter((edge) => !used.has(edge)),
  );
  expect(unused.filter((name) => !(name in AWAITED_PACKAGES))).toEqual([]);
});

// In the core the compiler sees all files at once: order of evaluation, the harm of cycles, does not exist.
test("files of the host import each other's values without cycles", () => {
  const evaluated = values.filter(({ from, isDynamic }) => !from.startsWith("assembly/") && !isDynamic);
  expect(findCycle(evaluated)).toEqual([]);
});

test("the host uses Node only in cli/ and platform/node/", () => {
  const fenced = (path: string) => /^host\/(cli|platform\/node)\//.test(path);
  const wrong = imports.filter(
    ({ from, to }) => from.startsWith("host/") && to.startsWith("node:") && !fenced(from),
  );
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("every file is reached from an entry point", () => {
  const entries = [
    "assembly/index.ts",
    "host/index.ts",
    "host/cli/main.ts",
    "web/page/main.tsx",
    "web/page/load-style.ts",
    ...builtModules(),
  ];
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const one of imports) if (one.from === path) visit(one.to);
  };
  entries.forEach(visit);
  const dead = sources.map(({ path }) => path).filter((path) => !reached.has(path) && !(path in UNREACHED));
  expect(dead).toEqual([]);
  expect(Object.keys(UNREACHED).filter((path) => reached.has(path))).toEqual([]);
});

test("every package that is asked for is used, and the other way round", () => {
  const { dependencies = {}, devDependencies } = JSON.parse(read("package.json").text);
  const places = [
    "package.json",
    "biome.json",
    ".prettierrc.json",
    "vitest.config.ts",
    "tsconfig.build.json",
    "vite.config.ts",
  ];
  const texts = [
    ...places.map((path) => read(path).text.replace(/"(dev)?[dD]ependencies": \{[^}]*\}/g, "")),
    ...sourcesUnder("host", "web", "test", "scripts", "bench").map(({ text }) => text),
  ];
  const commands: Readonly<Record<string, string>> = {
    assemblyscript: "asc",
    typescript: "tsc",
    "@types/node": '"node"',
  };
  const names = Object.keys({ ...dependencies, ...devDependencies });
  const unused = names.filter((name) => {
    const marks = [
      `"${name}"`,
      `"${name}/`,
      `"${(commands[name] ?? name).replace("@biomejs/", "").replaceAll('"', "")}"`,
    ];
    return !texts.some((text) => marks.some((mark) => text.includes(mark)));
  });
  expect(unused.filter((name) => !(name in AWAITED_PACKAGES))).toEqual([]);
  const packages = values
    .filter(({ from, to }) => from.startsWith("host/") && isPackage(to))
    .map(({ to }) => to);
  expect(packages.filter((name) => !name.startsWith("node:") && !(name in dependencies))).toEqual([]);
});

function isPackage(path: string): boolean {
  return !/^(assembly|host|web)\//.test(path);
}

/** Modules of host/ that scripts and benchmarks load in their compiled form. */
function builtModules(): string[] {
  const known = new Set(sources.map(({ path }) => path));
  const loaders = repositoryFiles().filter((path) => /^(scripts|bench)\/.*\.mjs$/.test(path));
  return loaders
    .flatMap((path) => read(path).text.match(/host\/[\w/-]+\.js/g) ?? [])
    .map((path) => path.replace(/js$/, "ts"))
    .filter((path) => known.has(path));
}

/** The files of one cycle, or none. */
function findCycle(edges: readonly Import[]): string[] {
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const visit = (file: string): boolean => {
    if (state.get(file) === "done") return false;
    path.push(file);
    if (state.get(file) === "open") return true;
    state.set(file, "open");
    for (const { from, to } of edges) if (from === file && to !== file && visit(to)) return true;
    state.set(file, "done");
    path.pop();
    return false;
  };
  const found = edges.some(({ from }) => visit(from));
  return found ? path.slice(path.indexOf(path[path.length - 1])) : [];
}
