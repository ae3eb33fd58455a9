// The line between two branches of a split, which can be moved by pointer and keys. Double click or Enter puts
// it back.

import { LEAST_SHARE, setSizes } from "./state.ts";
import { type Branch, nameOf, type Split } from "./tree.ts";
import { weightOf } from "./weight.ts";

interface Props {
  readonly split: Split;
  readonly before: Branch;
  readonly after: Branch;
}

const KEY_STEP = 0.02;

export function Divider({ split, before, after }: Props) {
  const total = weightOf(before) + weightOf(after);
  const share = weightOf(before) / total;
  const set = (next: number) => {
    const kept = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, next));
    setSizes({ [nameOf(before.node)]: kept * total, [nameOf(after.node)]: (1 - kept) * total });
  };
  const reset = () => set(before.weight / (before.weight + after.weight));
  return (
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-orientation={split.direction === "row" ? "vertical" : "horizontal"}
      aria-label={`Size of ${nameOf(before.node)}`}
      aria-controls={`branch-${nameOf(before.node)}`}
      aria-valuemin={Math.round(LEAST_SHARE * 100)}
      aria-valuemax={Math.round((1 - LEAST_SHARE) * 100)}
      aria-valuenow={Math.round(share * 100)}
      onPointerDown={(event) => drag(event, split.direction, set)}
      onDblClick={reset}
      onKeyDown={(event) => {
        const next = event.key === "Enter" ? reset : keyMove(event.key, share, set);
        if (next === null) return;
        event.preventDefault();
        next();
      }}
    />
  );
}

function keyMove(key: string, share: number, set: (share: number) => void): (() => void) | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: share - KEY_STEP,
    ArrowUp: share - KEY_STEP,
    ArrowRight: share + KEY_STEP,
    ArrowDown: share + KEY_STEP,
    Home: 0,
    End: 1,
  };
  return key in targets ? () => set(targets[key]) : null;
}

/** Follows the pointer until it is let go. */
function drag(event: PointerEvent, direction: Split["direction"], set: (share: number) => void): void {
  const line = event.currentTarget as HTMLElement;
  const first = line.previousElementSibling?.getBoundingClientRect();
  const second = line.nextElementSibling?.getBoundingClientRect();
  if (!first || !second || event.button !== 0) return;
  event.preventDefault();
  line.focus();
  line.setPointerCapture(event.pointerId);
  const isRow = direction === "row";
  const start = isRow ? first.left : first.top;
  const length = isRow ? second.right - first.left : second.bottom - first.top;
  const move = (at: PointerEvent) => set(((isRow ? at.clientX : at.clientY) - start) / length);
  line.addEventListener("pointermove", move);
  line.addEventListener("lostpointercapture", () => line.removeEventListener("pointermove", move), {
    once: true,
  });
}
