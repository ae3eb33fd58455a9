// The page: web/ to build/web, for any static host. Every address in it is relative to the page's own.

import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/**
 * One file of an entry and of all that it imports in order to begin: its first view takes one request. Constants of
 * layout.ts are sums of others, region by region: each pass makes numbers of some more.
 */
const whole = (entry: string) => ({
  output: {
    codeSplitting: {
      groups: [
        // Its constants stand where they are used; the table of their names does not come with an entry.
        { name: "errno", test: /\/host\/syscalls\/errno\.ts$/, priority: 1 },
        { name: entry, test: new RegExp(`/web/\\w+/${entry}\\.tsx?$`) },
      ],
    },
  },
  optimization: { inlineConst: { mode: "all" as const, pass: 40 } },
});

/** See web/page/load-style.ts. */
const ownPreload: Plugin = {
  name: "own-preload",
  enforce: "pre",
  resolveId: (id) =>
    id === "\0vite/preload-helper.js"
      ? fileURLToPath(new URL("web/page/load-style.ts", import.meta.url))
      : null,
};

export default defineConfig({
  plugins: [ownPreload],
  root: "web",
  base: "./",
  publicDir: false,
  // Preact without a plugin: JSX becomes calls of its runtime.
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es", rolldownOptions: whole("worker") },
  build: {
    outDir: "../build/web",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    // Nothing becomes a data: address: the policy of the page allows none.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: whole("main"),
  },
});
