// What vite puts around an import that is made later: the style sheets of a panel come before its code is used. In place
// of vite's own, which is several times as long, for browsers and policies that this page does not run under.

const loading = new Map<string, Promise<unknown>>();

/** `addresses`: of what `load` needs, relative to the module at `importer`. Rejects where any of it cannot be loaded. */
export async function __vitePreload<Module>(
  load: () => Promise<Module>,
  addresses: readonly string[] = [],
  importer = document.baseURI,
): Promise<Module> {
  const styles = addresses.filter((address) => address.endsWith(".css"));
  await Promise.all(styles.map((address) => loadStyle(new URL(address, importer).href)));
  return load();
}

function loadStyle(href: string): Promise<unknown> {
  const known = loading.get(href);
  if (known) return known;
  const link = document.createElement("link");
  const loaded = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      loading.delete(href);
      link.remove();
      reject(new Error(`${href} cannot be loaded.`));
    };
  });
  loading.set(href, loaded);
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return loaded;
}
