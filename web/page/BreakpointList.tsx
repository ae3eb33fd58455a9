// The list of all breakpoints: on, off, and away.

import "./breakpoint-list.css";
import type { Breakpoint } from "../../host/debug/breakpoint.ts";
import {
  breakpoints,
  conditionsOf,
  enableBreakpoint,
  onlyFocus,
  removeBreakpoint,
  titleOf,
} from "./breakpoints.ts";

interface Props {
  /** Shows one in the form; absent: there is no form. */
  readonly edit?: (breakpoint: Breakpoint) => void;
}

export function BreakpointList({ edit }: Props) {
  return (
    <section class="breakpoints" aria-label="List of breakpoints">
      <label title="New breakpoints stop only the process in focus, not every process that comes by">
        <input
          type="checkbox"
          checked={onlyFocus.value}
          onChange={(event) => {
            onlyFocus.value = event.currentTarget.checked;
          }}
        />
        New ones in the code for the process in focus only
      </label>
      {breakpoints.value.length === 0 && (
        <p class="quiet">None yet: click left of a line, or press b in the list.</p>
      )}
      <ul>
        {breakpoints.value.map((one) => (
          <li key={one.number}>
            <label>
              <input
                type="checkbox"
                checked={one.enabled}
                onChange={(event) => void enableBreakpoint(one.number, event.currentTarget.checked)}
              />
              <span class="code">{titleOf(one)}</span>
            </label>
            <span class="quiet" title={conditionsOf(one)}>
              {conditionsOf(one)}
            </span>
            {edit && (
              <button
                type="button"
                class="button button-small"
                aria-label={`Edit ${titleOf(one)}`}
                title="Shows it in the form; saving makes it anew"
                onClick={() => edit(one)}
              >
                Edit
              </button>
            )}
            <button
              type="button"
              class="button button-small"
              aria-label={`Remove ${titleOf(one)}`}
              title="Removes it"
              onClick={() => void removeBreakpoint(one.number)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
