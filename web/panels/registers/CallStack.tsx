// The calls that the process is in, the innermost first.

import type { StackPicture } from "../../../host/picture/stack.ts";
import { hexText } from "../../page/text.ts";

export function CallStack({ stack }: { stack: StackPicture }) {
  return (
    <section class="calls" aria-label="Call stack">
      <h2>Call stack</h2>
      <ol>
        {stack.frames.map(({ pc, symbol, line, frameAddress }, level) => (
          <li
            key={level}
            title={frameAddress === undefined ? undefined : `sp at its entry: ${hexText(frameAddress)}`}
          >
            <span class="calls-symbol">{symbol || "?"}</span>
            <span class="calls-line">{line}</span>
            <span class="calls-pc">{hexText(pc)}</span>
          </li>
        ))}
      </ol>
      {stack.isCut && <p class="quiet">and more</p>}
    </section>
  );
}
