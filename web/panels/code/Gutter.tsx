// The sign of a breakpoint beside a line, and the way to make one.

import {
  breakpointsAt,
  conditionsOf,
  type Place,
  switchBreakpoint,
  titleOf,
  toggleBreakpoint,
} from "../../page/breakpoints.ts";

export function Gutter({ place }: { place: Place }) {
  const there = breakpointsAt(place.program, place.address);
  const isOn = there.some(({ enabled }) => enabled);
  const isConditional = there.some(({ specification: { condition, log } }) => condition ?? log);
  const sign = there.length === 0 ? "" : !isOn ? "○" : isConditional ? "◆" : "●";
  const said = there.map((one) => `${one.number}: ${titleOf(one)}, ${conditionsOf(one)}`).join("\n");
  return (
    <button
      type="button"
      tabIndex={-1}
      class={`code-breakpoint${isOn ? "" : " code-breakpoint-off"}`}
      aria-label={`Breakpoint at ${place.location}`}
      aria-pressed={there.length > 0}
      title={
        there.length === 0
          ? `Stops at ${place.location} (b)`
          : `${said}\nA click removes it (b), with Shift it is switched off and on (Shift+B)`
      }
      onClick={(event) => {
        event.stopPropagation();
        void (event.shiftKey ? switchBreakpoint(place) : toggleBreakpoint(place));
      }}
    >
      {sign}
    </button>
  );
}
