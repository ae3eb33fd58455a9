// The editor itself: CodeMirror with what assembly needs. Tab indents, and after Escape it leaves, as it does outside.

import { acceptCompletion, autocompletion, completionKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  insertNewlineKeepIndent,
} from "@codemirror/commands";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { change, runDraft } from "./draft.ts";
import { marks } from "./errors.ts";
import { highlight } from "./highlight.ts";
import { complete, hover } from "./words.ts";

/** Columns of a tab stop: sources are written with spaces. */
const TAB = 8;

const KEYS = keymap.of([
  {
    key: "Mod-Enter",
    run: () => {
      void runDraft();
      return true;
    },
  },
  { key: "Tab", run: (view) => acceptCompletion(view) || toTabStop(view), shift: indentLess },
  { key: "Enter", run: insertNewlineKeepIndent },
]);

function toTabStop(view: EditorView): boolean {
  const { state } = view;
  if (!state.selection.main.empty) return false;
  const column = state.selection.main.head - state.doc.lineAt(state.selection.main.head).from;
  view.dispatch(state.replaceSelection(" ".repeat(TAB - (column % TAB))), { scrollIntoView: true });
  return true;
}

const EXTENSIONS = [
  lineNumbers(),
  history(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  highlight,
  autocompletion({ override: [complete], icons: false }),
  hover,
  marks,
  search({ top: true }),
  keymap.of(completionKeymap),
  KEYS,
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
  EditorState.tabSize.of(TAB),
  EditorView.contentAttributes.of({
    "aria-label": "Source of the program",
    "aria-describedby": "editor-hint",
    tabindex: "0",
    spellcheck: "false",
    autocorrect: "off",
    autocapitalize: "off",
  }),
  EditorView.updateListener.of(({ docChanged, state }) => {
    if (docChanged) change(state.doc.toString());
  }),
];

export function createEditor(parent: HTMLElement, text: string): EditorView {
  return new EditorView({ parent, state: EditorState.create({ doc: text, extensions: EXTENSIONS }) });
}

/** Another text; with a history of its own if it is another program's. */
export function show(view: EditorView, text: string, isOther: boolean): void {
  if (isOther) return view.setState(EditorState.create({ doc: text, extensions: EXTENSIONS }));
  if (view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

/** Puts the cursor at a place of the text, and the focus on the text. Line and column from 1. */
export function goTo(view: EditorView, line: number, column: number): void {
  reveal(view, line, column);
  view.focus();
}

/** Puts the cursor at a place of the text, and leaves the focus where it is. */
export function reveal(view: EditorView, line: number, column: number): void {
  const { from, to } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
  const at = Math.min(to, from + Math.max(0, column - 1));
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
}
