// The diagram of states: boxes are elements, arrows one drawing. The table below it says the same in words.

import type { StatesPicture } from "../../../host/picture/state-changes.ts";
import { STATE_NAMES } from "../../../host/trace/events.ts";
import { Arrowhead } from "../../page/Arrowhead.tsx";
import { StateMark } from "../../page/StateMark.tsx";
import { picture } from "../../page/store.ts";
import { countText, timeText } from "../../page/text.ts";
import { useWidth } from "../../page/useWidth.ts";
import {
  arrowOf,
  diagramOf,
  type Diagram as Form,
  GONE,
  HEIGHT,
  NODES,
  type Node,
  ROUTES,
  type Route,
} from "./layout.ts";

/** States of a process in the table: the counts' rows and columns. */
const STATES = STATE_NAMES.length;

export function Diagram({ states }: { states: StatesPicture }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const diagram = diagramOf(width);
  // Where there is less room than it needs, all of it is smaller.
  const scale = width === 0 ? 1 : Math.min(1, width / diagram.width);
  const [last] = states.recent;
  const isLast = ({ from, to }: Route) => last?.from === from && last.to === to;
  const shown = ROUTES.filter((route) => !route.isRare || countOf(states, route) > 0);
  // The one just taken lies over the others.
  const routes = [...shown.filter((route) => !isLast(route)), ...shown.filter(isLast)];
  return (
    <div
      ref={ref}
      class="states-box"
      role="img"
      aria-label={describe(states, shown)}
      style={{ height: `${Math.ceil(HEIGHT * scale)}px` }}
    >
      <div
        class="states-plane"
        style={{ width: `${diagram.width}px`, height: `${HEIGHT}px`, transform: `scale(${scale})` }}
      >
        <svg class="states-arrows" aria-hidden="true" width={diagram.width} height={HEIGHT}>
          <defs>
            <Arrowhead id="states-head" />
            <Arrowhead id="states-head-last" />
          </defs>
          {routes.map((route) => (
            <Arrow
              key={`${route.from} ${route.to}`}
              route={route}
              diagram={diagram}
              count={countOf(states, route)}
              isLast={isLast(route)}
            />
          ))}
        </svg>
        {NODES.map((node) => (
          <StateBox key={node.state} node={node} diagram={diagram} states={states} />
        ))}
      </div>
    </div>
  );
}

function countOf({ counts }: StatesPicture, { from, to }: Route): number {
  return to === GONE ? 0 : counts[from * STATES + to];
}

function describe(states: StatesPicture, routes: readonly Route[]): string {
  const taken = routes.filter((route) => countOf(states, route) > 0);
  const words = taken.map(
    (route) => `${STATE_NAMES[route.from]} to ${STATE_NAMES[route.to]} ${countOf(states, route)} times`,
  );
  return `State: ${STATE_NAMES[states.state]}. Changes so far: ${words.join(", ") || "none"}.`;
}

interface ArrowProps {
  readonly route: Route;
  readonly diagram: Form;
  readonly count: number;
  readonly isLast: boolean;
}

function Arrow({ route, diagram, count, isLast }: ArrowProps) {
  const { path, label } = arrowOf(route, diagram);
  const kind = isLast
    ? "states-arrow states-taken"
    : count > 0
      ? "states-arrow"
      : "states-arrow states-never";
  return (
    <g class={kind}>
      <path d={path} marker-end={`url(#${isLast ? "states-head-last" : "states-head"})`} />
      {count > 0 && (
        <text x={label.x} y={label.y} class="figure">
          {countText(count)}
        </text>
      )}
    </g>
  );
}

interface BoxProps {
  readonly node: Node;
  readonly diagram: Form;
  readonly states: StatesPicture;
}

function StateBox({ node, diagram, states }: BoxProps) {
  const { x, y } = diagram.placeOf(node);
  const isNow = node.state === states.state;
  const place = { left: `${x}px`, top: `${y}px`, width: `${diagram.boxWidth}px` };
  return (
    <div class={isNow ? "states-state states-now" : "states-state"} style={place}>
      {node.state === GONE ? <span class="quiet">gone</span> : <StateMark state={node.state} label />}
      <span class="figure quiet">{timeOf(states, node.state)}</span>
    </div>
  );
}

/** From a second on in seconds, as there is no room for more digits. */
function timeOf({ times }: StatesPicture, state: number): string {
  const ticks = times[state] ?? 0;
  const { clockHz } = picture.value!;
  if (ticks >= clockHz) return `${(ticks / clockHz).toFixed(3)} s`;
  return ticks === 0 ? "" : timeText(ticks, clockHz);
}
