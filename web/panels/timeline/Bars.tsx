// The drawing with what is around it: the names of the rows, the tip at the pointer, and what wheel, drag and keys
// do. Rows of processes are scrolled by the browser; the canvas stands still and is drawn as far as they are.

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LifePicture, TimelinePicture } from "../../../host/picture/timeline.ts";
import { chosen, isFollowed, picture } from "../../page/store.ts";
import { scheme } from "../../page/view.ts";
import { draw, headHeight } from "./draw.ts";
import { type Ask, click, drag, isOn, type Place, placeOf, type Size, turnWheel } from "./gestures.ts";
import { keyPressed } from "./keys.ts";
import { pointAt } from "./pointing.ts";
import { ROW } from "./shapes.ts";
import type { Asked } from "./Timeline.tsx";
import { Tip } from "./Tip.tsx";

interface Props {
  readonly timeline: TimelinePicture;
  readonly asked: Asked;
  readonly ask: Ask;
}

/** Rows asked for above and below those on the screen. */
const MARGIN = 4;
export function Bars({ timeline, asked, ask }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const [pointer, setPointer] = useState<Place | null>(null);
  const size = useSize(box, list, ask);
  const canvas = useDrawing(timeline, size, scrolled, pointer?.x ?? -1);
  const harts = timeline.harts.spansEnd.length;
  const head = headHeight(harts);
  useEffect(() => {
    const rows = Math.ceil(Math.max(0, size.height - head) / ROW) + 2 * MARGIN;
    ask({ first: Math.max(0, Math.floor(scrolled / ROW) - MARGIN), rows });
  }, [scrolled, size.height, head]);
  useEffect(() => {
    if (isFollowed.value) reveal(list.current!, timeline.focus);
  }, [timeline.focus, isFollowed.value]);
  const point = (at: Place | null) => {
    setPointer(at);
    ask({ point: (at && pointAt(timeline, at.x, at.y, scrolled)) ?? undefined });
  };
  return (
    <div
      ref={box}
      class="timeline-bars"
      role="application"
      aria-roledescription="timeline"
      aria-label={KEYS_TOLD}
      tabIndex={0}
      onWheel={(event) => turnWheel(event, placeOf(event, box.current!, size), timeline, size, ask)}
      onPointerDown={(event) => {
        const at = placeOf(event, box.current!, size);
        if (event.button !== 0 || !isOn(at, size)) return;
        drag(event, timeline, size.width, list.current!, ask, () => click(timeline, at, scrolled));
      }}
      onPointerMove={(event) => {
        const at = placeOf(event, box.current!, size);
        if (event.buttons === 0) point(isOn(at, size) ? at : null);
      }}
      onPointerLeave={() => point(null)}
      onKeyDown={(event) => keyPressed(event, timeline, asked, ask)}
    >
      <canvas ref={canvas} class="timeline-canvas" style={canvasStyle(size)} />
      <Names timeline={timeline} list={list} scroll={setScrolled} />
      {timeline.point && asked.point && (
        <Tip
          point={timeline.point}
          timeline={timeline}
          left={size.gutter}
          height={size.height}
          pointer={pointer}
        />
      )}
    </div>
  );
}

const KEYS_TOLD =
  "Timeline: plus and minus zoom, arrows pan and choose a process, comma and full stop point at its events, Enter goes there. The same is in the table.";

function canvasStyle({ width, height, gutter }: Size) {
  return { left: `${gutter}px`, width: `${width}px`, height: `${height}px` };
}

/** Measures the drawing, and asks for as many columns as it has pixels. */
function useSize(
  box: RefObject<HTMLDivElement | null>,
  list: RefObject<HTMLDivElement | null>,
  ask: Ask,
): Size {
  const [size, setSize] = useState<Size>({ width: 600, height: 200, gutter: 120 });
  useEffect(() => {
    const [frame, names] = [box.current!, list.current!];
    const measure = () => {
      const gutter = frame.querySelector<HTMLElement>(".timeline-names")!.offsetWidth;
      const width = Math.max(1, names.clientWidth - gutter);
      setSize({ width, height: frame.clientHeight, gutter });
      ask({ width });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    observer.observe(names);
    return () => observer.disconnect();
  }, []);
  return size;
}

/** Draws whenever what is to be seen has become another; the canvas. */
function useDrawing(timeline: TimelinePicture, size: Size, scrolled: number, pointer: number) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = picture.value;
  const theme = scheme.value;
  useEffect(() => {
    const element = canvas.current!;
    const scale = globalThis.devicePixelRatio;
    element.width = Math.round(size.width * scale);
    element.height = Math.round(size.height * scale);
    const context = element.getContext("2d")!;
    context.scale(scale, scale);
    const scene = { timeline, now: shown?.time ?? 0, clockHz: shown?.clockHz ?? 1, scrolled, pointer };
    draw(context, scene, size.width, size.height);
  }, [timeline, shown, size, scrolled, theme, pointer]);
  return canvas;
}

interface NamesProps {
  readonly timeline: TimelinePicture;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly scroll: (top: number) => void;
}

/** The names of the rows. Those of processes are scrolled, and the drawing with them. */
function Names({ timeline, list, scroll }: NamesProps) {
  const harts = timeline.harts.spansEnd.length;
  const head = `${headHeight(harts)}px`;
  const room = { height: `${timeline.count * ROW}px`, paddingTop: `${timeline.first * ROW}px` };
  return (
    <>
      <div class="timeline-names timeline-head" style={{ height: head }}>
        <span class="timeline-name quiet">time</span>
        {Array.from({ length: harts }, (_, hart) => (
          <span key={hart} class="timeline-name">
            hart {hart}
          </span>
        ))}
      </div>
      <div
        ref={list}
        class="timeline-list"
        style={{ top: head }}
        onScroll={(event) => scroll(event.currentTarget.scrollTop)}
      >
        <div style={room}>
          {timeline.lives.map((life, row) => (
            <Name key={life.serial} life={life} isChosen={timeline.first + row === timeline.focus} />
          ))}
        </div>
      </div>
    </>
  );
}

function Name({ life, isChosen }: { life: LifePicture; isChosen: boolean }) {
  const { pid, name, reaped } = life;
  return (
    <button
      type="button"
      class={`timeline-name timeline-process ${reaped >= 0 ? "timeline-gone" : ""}`}
      title={reaped >= 0 ? `${name}: no longer in the table` : `${name}: all panels are about process ${pid}`}
      aria-pressed={isChosen}
      tabIndex={-1}
      onClick={() => {
        chosen.value = chosen.value === pid ? 0 : pid;
      }}
    >
      <span class="timeline-pid figure">{pid}</span>
      <span class="timeline-label">{name}</span>
    </button>
  );
}

function reveal(list: HTMLElement, row: number): void {
  if (row < 0) return;
  const above = row * ROW;
  list.scrollTop = Math.max(above + ROW - list.clientHeight, Math.min(above, list.scrollTop));
}
