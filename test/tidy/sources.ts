// The repository's own sources as the tidy tests see them: paths from the root, text, syntax trees
// (ESTree, by the parser that vite brings), functions and imports.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseAst } from "vite";
import { ROOT } from "../../scripts/steps.mjs";

/** A node of the syntax tree. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file that is committed or about to be, sorted. */
export function repositoryFiles(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  return [...new Set(listed)].filter((path) => existsSync(join(ROOT, path))).sort();
}

export function read(path: string): Source {
  return { path, text: readFileSync(join(ROOT, path), "utf8") };
}

/** TypeScript and AssemblyScript under the given folders, generated files left out. */
export function sourcesUnder(...folders: string[]): Source[] {
  return allSourcesUnder(...folders).filter(({ path }) => !path.endsWith(".gen.ts"));
}

/** The same with generated files. */
export function allSourcesUnder(...folders: string[]): Source[] {
  return repositoryFiles()
    .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)))
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map(read);
}

const trees = new Map<string, Node>();

/** The file's syntax tree. AssemblyScript's decorators on functions, which are no TypeScript, are blanked. */
export function parse(source: Source): Node {
  const known = trees.get(source.path);
  if (known) return known;
  const blanked = source.path.startsWith("assembly/")
    ? source.text.replace(/^([ \t]*)@\w+(\([^)\n]*\))?/gm, (text) => " ".repeat(text.length))
    : source.text;
  const tree = parseAst(blanked, { lang: source.path.endsWith("x") ? "tsx" : "ts" }) as unknown as Node;
  trees.set(source.path, tree);
  return tree;
}

/** Visits a tree from the outside in, with the node around each. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | null) => void,
  parent: Node | null = null,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, node);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

export interface Import {
  readonly from: string;
  /** Path from the root of an own file, else the specifier as written. */
  readonly to: string;
  readonly typeOnly: boolean;
  /** By import(): comes after the importing file has been evaluated. */
  readonly isDynamic: boolean;
}

/** What the file imports or re-exports, dynamic imports of literal paths included. */
export function importsOf(source: Source): Import[] {
  const imports: Import[] = [];
  walk(parse(source), (node) => {
    const from = node["source"] as Node | null | undefined;
    if (
      !/^(Import|ExportNamed|ExportAll)(Declaration|Expression)$/.test(node.type) ||
      from?.type !== "Literal"
    )
      return;
    imports.push({
      from: source.path,
      to: resolve(source.path, String(from["value"])),
      typeOnly: isTypeOnly(node),
      isDynamic: node.type === "ImportExpression",
    });
  });
  return imports;
}

function isTypeOnly(node: Node): boolean {
  if (node["importKind"] === "type" || node["exportKind"] === "type") return true;
  const specifiers = (node["specifiers"] ?? []) as Node[];
  return (
    specifiers.length > 0 && specifiers.every((one) => (one["importKind"] ?? one["exportKind"]) === "type")
  );
}

function resolve(importer: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const path = normalize(join(dirname(importer), specifier.replace(/\?.*/, "")));
  return /\.(tsx?|mjs|json|css|wasm)$/.test(path)
    ? path
    : existsSync(join(ROOT, `${path}.ts`))
      ? `${path}.ts`
      : `${path}/index.ts`;
}

export interface FunctionSize {
  readonly path: string;
  readonly name: string;
  readonly lines: number;
}

const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

/** Every function with a body of its own; one without a name is "line N". */
export function functionsOf(source: Source): FunctionSize[] {
  const functions: FunctionSize[] = [];
  const lineOf = (offset: number) => source.text.slice(0, offset).split("\n").length;
  walk(parse(source), (node, parent) => {
    if (!FUNCTIONS.test(node.type)) return;
    const lines = source.text.slice(node.start, node.end).split("\n").length;
    const name = nameOf(node) ?? (parent && nameOf(parent)) ?? `line ${lineOf(node.start)}`;
    functions.push({ path: source.path, name, lines });
  });
  return functions;
}

function nameOf(node: Node): string | undefined {
  const id = (node["id"] ?? node["key"]) as Node | null | undefined;
  return typeof id?.["name"] === "string" ? id["name"] : undefined;
}
