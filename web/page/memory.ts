// What the page remembers from visit to visit. Where the browser keeps nothing (private windows, embeds), or
// has kept something else, the page begins as new.

const PREFIX = "timeslice.";

/** What was remembered under the name, if it is of that form. */
export function recall<T>(name: string, isForm: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? "null");
    return isForm(value) ? value : null;
  } catch {
    return null;
  }
}

export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Nothing can be kept here: the page works without.
  }
}
