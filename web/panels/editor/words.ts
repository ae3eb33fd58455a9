// Completion and hover texts: from the words that assembler, library and kernel know, and the labels of the text.

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Text } from "@codemirror/state";
import { type EditorView, hoverTooltip, type Tooltip } from "@codemirror/view";
import type { Word, WordKind } from "../../../host/toolchain/vocabulary.ts";
import { machine } from "../../page/worker.ts";

const STATEMENTS: ReadonlySet<WordKind> = new Set(["instruction", "pseudo", "directive", "macro"]);
const WORD = /[\w.$]+/g;
const LABEL = /^\s*([A-Za-z_.$][\w.$]*):/;
const SYSCALL = "SYS_";
/** Lines that are looked at for labels. */
const MOST_LINES = 20_000;

let known: Promise<readonly Word[]> | null = null;

function allWords(): Promise<readonly Word[]> {
  known ??= machine.words(new URL("./", document.baseURI).href);
  return known;
}

export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const word = /[\w.$]*$/.exec(before)![0];
  if (/#|"[^"]*$/.test(before) || (word === "" && !context.explicit) || /^\d/.test(word)) return null;
  const statement = before.slice(0, before.length - word.length).replace(/^\s*([\w.$]+:)?\s*/, "");
  const options = optionsFor(await allWords(), statement, context.state.doc);
  return { from: context.pos - word.length, options, validFor: /^[\w.$]*$/ };
}

/** `statement`: what stands before the word, without a label. */
function optionsFor(words: readonly Word[], statement: string, doc: Text): Completion[] {
  if (statement === "") {
    return words
      .filter(({ kind, name }) => STATEMENTS.has(kind) && name !== "")
      .map((word) => optionOf(word, word.name));
  }
  if (/^syscall\s+$/.test(statement)) {
    return words
      .filter(({ kind }) => kind === "call")
      .map((word) => optionOf(word, word.name.slice(SYSCALL.length)));
  }
  const operands = words.filter(({ kind, name }) => !STATEMENTS.has(kind) && !/^x\d/.test(name));
  return [
    ...labelsOf(doc).map((label): Completion => ({ label, type: "label", detail: "label", boost: 1 })),
    ...operands.map((word) => optionOf(word, word.name)),
  ];
}

function optionOf(word: Word, label: string): Completion {
  return {
    label,
    type: word.kind,
    detail: word.syntax.split("\n")[0],
    info: () => describe(word),
  };
}

function labelsOf(doc: Text): string[] {
  const labels = new Set<string>();
  for (let number = 1; number <= Math.min(doc.lines, MOST_LINES); number++) {
    const label = LABEL.exec(doc.line(number).text)?.[1];
    if (label !== undefined) labels.add(label);
  }
  return [...labels];
}

export const hover = hoverTooltip(async (view, at): Promise<Tooltip | null> => {
  const range = wordAround(view, at);
  if (range === null) return null;
  const word = await meaningOf(range);
  if (word === undefined) return null;
  return { pos: range.from, end: range.to, above: true, create: () => ({ dom: describe(word) }) };
});

interface WordRange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What stands in the line before it. */
  readonly before: string;
}

function wordAround(view: EditorView, at: number): WordRange | null {
  const line = view.state.doc.lineAt(at);
  for (const match of line.text.matchAll(WORD)) {
    const from = line.from + match.index;
    const to = from + match[0].length;
    if (at >= from && at <= to) return { from, to, text: match[0], before: line.text.slice(0, match.index) };
  }
  return null;
}

async function meaningOf({ text, before }: WordRange): Promise<Word | undefined> {
  if (before.includes("#")) return undefined;
  const words = await allWords();
  const isStatement = /^\s*([\w.$]+:\s*)?$/.test(before);
  if (/\bsyscall\s+$/.test(before)) return words.find(({ name }) => name === SYSCALL + text);
  if (/\bli\s+a7,\s*$/.test(before)) {
    return words.find(({ kind, meaning }) => kind === "call" && meaning.startsWith(`system call ${text}:`));
  }
  return words.find(({ name, kind }) => name === text && STATEMENTS.has(kind) === isStatement);
}

function describe({ name, kind, syntax, meaning }: Word): HTMLElement {
  const box = document.createElement("div");
  box.className = "editor-word";
  const head = box.appendChild(document.createElement("div"));
  head.className = "code";
  head.textContent =
    kind === "call"
      ? syntax
      : syntax
          .split("\n")
          .map((form) => `${name} ${form}`)
          .join("\n");
  const text = box.appendChild(document.createElement("div"));
  text.textContent = meaning === "" ? kind : meaning;
  return box;
}
