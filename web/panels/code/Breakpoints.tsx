// The list of all breakpoints.

import {
  breakpoints,
  conditionsOf,
  enableBreakpoint,
  onlyFocus,
  removeBreakpoint,
  titleOf,
} from "../../page/breakpoints.ts";

export function Breakpoints() {
  return (
    <section class="breakpoints" aria-label="Breakpoints">
      <label title="New breakpoints stop only the process in focus, not every process that comes by">
        <input
          type="checkbox"
          checked={onlyFocus.value}
          onChange={(event) => {
            onlyFocus.value = event.currentTarget.checked;
          }}
        />
        New ones for the process in focus only
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
            <span class="quiet">{conditionsOf(one)}</span>
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
