// Colours the lines on the screen.

import { RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { type TokenKind, tokensOf } from "../../source/tokens.ts";

const KINDS: readonly TokenKind[] = [
  "comment",
  "string",
  "number",
  "label",
  "directive",
  "mnemonic",
  "register",
];
const MARKS = new Map(KINDS.map((kind) => [kind, Decoration.mark({ class: `source-${kind}` })]));

export const highlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = decorate(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate({ visibleRanges, state: { doc } }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = doc.lineAt(at);
      for (const token of tokensOf(line.text)) {
        const mark = MARKS.get(token.kind);
        if (mark) builder.add(line.from + token.from, line.from + token.to, mark);
      }
      at = line.to + 1;
    }
  }
  return builder.finish();
}
