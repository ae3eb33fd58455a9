// The page: web/ to build/web, for any static host. Every address in it is relative to the page's own.

import { defineConfig } from "vite";

export default defineConfig({
  root: "web",
  base: "./",
  publicDir: false,
  // Preact without a plugin: JSX becomes calls of its runtime.
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    outDir: "../build/web",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    // Nothing becomes a data: address: the policy of the page allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
