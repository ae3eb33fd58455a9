import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";
import { read, repositoryFiles } from "./sources.ts";

const DOCUMENTS = repositoryFiles().filter((path) => /^(docs\/)?[^/]+\.md$/.test(path));

/** Code spans of a Markdown text that are a path in this repository, with or without a symbol behind. */
function pointers(text: string): { path: string; symbol: string | undefined }[] {
  const span = /`((?:\.ci|assembly|bench|docs|host|programs|scripts|test|web)\/[\w./-]*)(?::([\w.]+))?`/g;
  return [...text.matchAll(span)].map(([, path, symbol]) => ({ path, symbol }));
}

function declares(path: string, symbol: string): boolean {
  const name = symbol.split(".").at(-1);
  const declaration = new RegExp(
    `\\b(function\\*?|const|let|class|interface|type)\\s+${name}\\b|^\\s*(async\\s+|static\\s+|readonly\\s+|get\\s+)?#?${name}\\??[(:<]|^${name}:`,
    "m",
  );
  return declaration.test(read(path).text);
}

describe.each(DOCUMENTS)("%s", (document) => {
  const { text } = read(document);

  test("points to files and symbols that exist", () => {
    const broken = pointers(text).filter(({ path, symbol }) => {
      if (!existsSync(join(ROOT, path))) return true;
      return symbol !== undefined && !declares(path, symbol);
    });
    expect(broken).toEqual([]);
  });

  test("links to files that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path);
    expect(links.filter((path) => !existsSync(join(ROOT, document, "..", path)))).toEqual([]);
  });
});

test.each(["generate.mjs", "generate-core.mjs"])("what %s writes is fresh", (script) => {
  const run = () =>
    execFileSync(process.execPath, [join(ROOT, "scripts", script), "--check"], { encoding: "utf8" });
  expect(run).not.toThrow();
});
