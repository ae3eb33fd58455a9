import { homedir } from "node:os";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";
import { type Node, parse, read, repositoryFiles, type Source, sourcesUnder, walk } from "./sources.ts";

/** What would make a run depend on more than program, configuration, seed and inputs. */
const NONDETERMINISTIC = [
  "Date",
  "performance",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "crypto",
];
const FROM_NODE = ["process", "Buffer", "require", "__dirname"];
const FROM_BROWSER = ["document", "window", "localStorage", "navigator", "alert"];
const ENGINE_DEPENDENT = ["Intl", "WeakRef", "FinalizationRegistry"];

const isOutside = (path: string) => /^host\/(cli|platform)\//.test(path);

/** Where the file mentions one of the globals: as `path:line name`. Names that it declares itself are its own. */
function mentions(source: Source, globals: readonly string[]): string[] {
  const used: Node[] = [];
  const own = new Set<string>();
  walk(parse(source), (node, parent) => {
    if (node.type === "ObjectPattern") for (const name of patternNames(node)) own.add(name);
    if (node.type !== "Identifier" || !globals.includes(String(node["name"]))) return;
    if (isDeclaration(node, parent)) own.add(String(node["name"]));
    else if (!isPropertyName(node, parent)) used.push(node);
  });
  return used
    .filter((node) => !own.has(String(node["name"])))
    .map(
      (node) =>
        `${source.path}:${source.text.slice(0, node.start).split("\n").length} ${String(node["name"])}`,
    );
}

/** Names that `const { a, b: c } = …` or such a parameter declares. */
function patternNames(pattern: Node): string[] {
  const values = (pattern["properties"] as Node[]).map((property) => property["value"] as Node | undefined);
  return values.flatMap((value) => (value?.type === "Identifier" ? [String(value["name"])] : []));
}

function isDeclaration(node: Node, parent: Node | null): boolean {
  if (parent === null) return false;
  if (parent.type === "VariableDeclarator" || /^Import\w*Specifier$/.test(parent.type))
    return parent["init"] !== node;
  const parameters = parent["params"];
  return Array.isArray(parameters) && parameters.includes(node);
}

function isPropertyName(node: Node, parent: Node | null): boolean {
  if (parent?.type === "MemberExpression") return parent["property"] === node && parent["computed"] !== true;
  const isKey = parent?.["key"] === node && parent["shorthand"] !== true && parent["computed"] !== true;
  return isKey || /^TS/.test(parent?.type ?? "");
}

test("kernel and core know no clock, no timers and no entropy", () => {
  const inside = sourcesUnder("host", "assembly").filter(({ path }) => !isOutside(path));
  expect(inside.flatMap((source) => mentions(source, NONDETERMINISTIC))).toEqual([]);
  const random = inside.filter(({ text }) => /\bMath\s*\.\s*random\b/.test(text));
  expect(random.map(({ path }) => path)).toEqual([]);
});

test("kernel and core use nothing whose result depends on the engine", () => {
  const inside = sourcesUnder("host", "assembly").filter(({ path }) => !isOutside(path));
  expect(inside.flatMap((source) => mentions(source, ENGINE_DEPENDENT))).toEqual([]);
  const locale = inside.filter(({ text }) => /\.(localeCompare|toLocale\w+)\(/.test(text));
  expect(locale.map(({ path }) => path)).toEqual([]);
});

test("no global of Node outside host/cli and host/platform/node", () => {
  const inside = sourcesUnder("host").filter(({ path }) => !/^host\/(cli|platform\/node)\//.test(path));
  expect(inside.flatMap((source) => mentions(source, FROM_NODE))).toEqual([]);
});

test("the host knows no page", () => {
  expect(sourcesUnder("host").flatMap((source) => mentions(source, FROM_BROWSER))).toEqual([]);
});

test("nothing is left for later in the sources", () => {
  const marks = new RegExp(`\\b(${["TO", "FIX"].map((half, i) => half + ["DO", "ME"][i]).join("|")}|XXX)\\b`);
  const marked = sourcesUnder("assembly", "host", "web", "scripts", "bench").filter(({ text }) =>
    marks.test(text),
  );
  expect(marked.map(({ path }) => path)).toEqual([]);
});

test("no file names a path of somebody's machine", () => {
  const places = [ROOT, homedir()].filter((path) => path.split("/").length > 2);
  const texts = repositoryFiles().filter((path) =>
    /(^|\/)[^.]+$|\.(ts|mjs|json|md|s|inc|c|h|sh|html|css)$/.test(path),
  );
  const found = texts.filter((path) => {
    const { text } = read(path);
    return /\/(home|Users)\/[a-z]\w*\//.test(text) || places.some((place) => text.includes(place));
  });
  expect(found).toEqual([]);
});

test("the lockfile names no registry host", () => {
  expect(read("package-lock.json").text).not.toMatch(/"resolved"|https?:\/\/registry/);
});
