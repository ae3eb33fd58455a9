// A line of assembly, its parts in their colours.

import "./source.css";
import { tokensOf } from "./tokens.ts";

export function Line({ text }: { readonly text: string }) {
  let done = 0;
  const parts = tokensOf(text).flatMap(({ from, to, kind }) => {
    const space = text.slice(done, from);
    done = to;
    const word = text.slice(from, to);
    if (kind === "other" || kind === "name") return [space, word];
    return [
      space,
      <span key={from} class={`source-${kind}`}>
        {word}
      </span>,
    ];
  });
  return <>{parts}</>;
}
