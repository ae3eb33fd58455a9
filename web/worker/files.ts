// Files beside the page, fetched once: a machine that is made anew asks for the same ones.

const files = new Map<string, Promise<Uint8Array>>();

/** Rejects with a message for people. */
export function fetchFile(base: string, path: string): Promise<Uint8Array> {
  const url = new URL(path, base).href;
  const known = files.get(url);
  if (known) return known;
  const fetched = fetchBytes(url);
  files.set(url, fetched);
  fetched.catch(() => files.delete(url));
  return fetched;
}

export async function fetchJson<T>(base: string, path: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await fetchFile(base, path)));
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} cannot be loaded (${response.status} ${response.statusText}).`);
  return new Uint8Array(await response.arrayBuffer());
}
