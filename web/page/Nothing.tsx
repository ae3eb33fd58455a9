// Instead of a panel of a process: its part of the picture is not there yet, or there is no process.

export function Nothing({ part }: { readonly part: unknown }) {
  return <p class="empty">{part === undefined ? "Loading…" : "No process."}</p>;
}
