// The editor of the program's source: errors are marked while one types, Run puts the text into a new machine.

import "./editor.css";
import "../../source/source.css";
import type { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "preact/hooks";
import { diagnostics, program, rejected } from "../../page/store.ts";
import {
  draft,
  errors,
  follow,
  isOtherThanExample,
  isOtherThanRuns,
  reset,
  runDraft,
  running,
} from "./draft.ts";
import { createEditor, goTo, reveal, show } from "./view.ts";

export default function Editor() {
  const view = useRef<EditorView | null>(null);
  useEffect(follow, [program.value, running.value, rejected.value]);
  const current = draft.value;
  if (current === null) {
    if (running.value === undefined) return null;
    return <p class="empty">This program came as an ELF file: its source is not here.</p>;
  }
  return (
    <div class="editor">
      <Bar />
      <Text view={view} />
      <Foot goTo={(line, column) => view.current && goTo(view.current, line, column)} />
    </div>
  );
}

function Bar() {
  return (
    <div class="panel-bar">
      <span class="code editor-name">{draft.value?.name}.s</span>
      {isOtherThanRuns.value && (
        <span class="editor-modified" title="The text is not what the machine runs: Run puts it in">
          ● modified
        </span>
      )}
      <span class="editor-space" />
      <button
        type="button"
        class="button button-small"
        title="Back to the example's own text"
        disabled={!isOtherThanExample.value}
        onClick={reset}
      >
        Reset
      </button>
      <button
        type="button"
        class="button button-small button-framed"
        title="Assembles it and starts the machine anew with it (Ctrl+Enter)"
        onClick={() => void runDraft()}
      >
        Run it
      </button>
    </div>
  );
}

function Text({ view }: { view: { current: EditorView | null } }) {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef("");
  const { name, text } = draft.value!;
  useEffect(() => {
    view.current = createEditor(host.current!, text);
    shown.current = name;
    revealError(view.current);
    return () => {
      view.current?.destroy();
      view.current = null;
    };
  }, []);
  useEffect(() => {
    // By now more may have been typed than this rendering knows of.
    const latest = draft.peek();
    if (view.current === null || latest === null) return;
    const isOther = shown.current !== latest.name;
    show(view.current, latest.text, isOther);
    shown.current = latest.name;
    if (isOther) revealError(view.current);
  }, [name, text]);
  useEffect(() => {
    if (view.current) revealError(view.current);
  }, [diagnostics.value]);
  return <div ref={host} class="editor-text" />;
}

/** Goes to the first error of the source that was to be opened last, if it is the one that is edited. */
function revealError(view: EditorView): void {
  const [first] = diagnostics.peek();
  if (first && first.file === `${draft.peek()?.name}.s`) reveal(view, first.line, first.column);
}

/** The first error, and how one leaves. */
function Foot({ goTo: reach }: { goTo: (line: number, column: number) => void }) {
  const [first] = errors.value;
  return (
    <div class="editor-foot">
      {first ? (
        <button type="button" class="editor-error" onClick={() => reach(first.line, first.column)}>
          {errors.value.length === 1 ? "1 error" : `${errors.value.length} errors`}, line {first.line}:{" "}
          {first.message}
        </button>
      ) : (
        <span class="editor-hint" id="editor-hint">
          Escape, then Tab, leaves the text
        </span>
      )}
    </div>
  );
}
