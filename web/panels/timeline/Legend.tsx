// What the forms of the timeline mean: drawn by what draws the timeline itself.

import { useEffect, useRef } from "preact/hooks";
import * as L from "../../../host/picture/states.ts";
import { STATE_NAMES } from "../../../host/trace/events.ts";
import { scheme } from "../../page/view.ts";
import { BAR_HEIGHT, drawState } from "./shapes.ts";

const SHOWN = [L.STATE_RUNNING, L.STATE_READY, L.STATE_BLOCKED, L.STATE_STOPPED, L.STATE_ZOMBIE];
const WIDTH = 16;

export function Legend() {
  return (
    <ul class="timeline-legend" aria-label="States">
      {SHOWN.map((state) => (
        <li key={state}>
          <Sample state={state} />
          {STATE_NAMES[state]}
        </li>
      ))}
    </ul>
  );
}

function Sample({ state }: { state: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = scheme.value;
  useEffect(() => {
    const element = canvas.current!;
    const scale = globalThis.devicePixelRatio;
    element.width = Math.round(WIDTH * scale);
    element.height = Math.round(BAR_HEIGHT * scale);
    const context = element.getContext("2d")!;
    context.scale(scale, scale);
    drawState(context, state, 0, 0, WIDTH);
  }, [state, theme]);
  return <canvas ref={canvas} class="timeline-sample" />;
}
