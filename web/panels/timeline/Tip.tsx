// What is at the pointer, or at the mark that keys point at, in words.

import { STATE_FREE, STATE_RUNNING } from "../../../host/picture/states.ts";
import type { TimelinePicture } from "../../../host/picture/timeline.ts";
import type { PointPicture } from "../../../host/picture/timeline-point.ts";
import { StateMark } from "../../page/StateMark.tsx";
import { picture } from "../../page/store.ts";
import { timeText } from "../../page/text.ts";
import { headHeight } from "./draw.ts";
import { ROW } from "./shapes.ts";
import { lengthText } from "./window.ts";

interface Props {
  readonly point: PointPicture;
  readonly timeline: TimelinePicture;
  /** Where the drawing begins. Pixels. */
  readonly left: number;
  /** Of the drawing. Pixels. */
  readonly height: number;
  readonly pointer: { readonly x: number; readonly y: number } | null;
}

/** It opens to the left where there is less room than this. Pixels. */
const ROOM = 300;

export function Tip({ point, timeline, left, height, pointer }: Props) {
  const clockHz = picture.value?.clockHz ?? 1;
  const at = pointer ?? placeOf(point, timeline);
  const opensLeft = at.x > timeline.width - ROOM;
  const side = opensLeft ? { right: `${timeline.width - at.x + 16}px` } : { left: `${left + at.x + 12}px` };
  const above = at.y > height / 2 ? { bottom: `${height - at.y + 12}px` } : { top: `${at.y + 12}px` };
  const { state, from, to, why, hart, event, pid, name } = point;
  return (
    <div class="timeline-tip" role="status" style={{ ...side, ...above }}>
      <p>
        {pid === 0 ? "nobody" : <b>{pid}</b>} {name}{" "}
        {state !== STATE_FREE && <StateMark state={state} label />}
        {state === STATE_RUNNING && hart >= 0 && ` on hart ${hart}`}
      </p>
      <p class="figure quiet">
        {timeText(from, clockHz)} – {timeText(to, clockHz)}, {lengthText(to - from, clockHz)}
      </p>
      {why !== "" && <p>{why}</p>}
      {event && (
        <p class="timeline-event">
          {event.what}
          {event.why && `: ${event.why}`}
          <span class="figure quiet"> at {timeText(event.time, clockHz)}</span>
        </p>
      )}
    </div>
  );
}

/** Where the row and the time are. */
function placeOf({ asked }: PointPicture, timeline: TimelinePicture): { x: number; y: number } {
  const { lives, harts, from, to, width } = timeline;
  const row = lives.findIndex(({ serial }) => serial === asked.life);
  return {
    x: ((asked.time - from) / (to - from)) * width,
    y: headHeight(harts.spansEnd.length) + (row + 0.5) * ROW,
  };
}
