// The page: web/ to build/web, for any static host. Every address in it is relative to the page's own.

import { defineConfig } from "vite";

/** One file of an entry and of all that it imports in order to begin: its first view takes one request. */
const whole = (entry: string) => ({
  output: { codeSplitting: { groups: [{ name: entry, test: new RegExp(`/web/\\w+/${entry}\\.tsx?$`) }] } },
});

export default defineConfig({
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
    modulePreload: { polyfill: false },
    rolldownOptions: whole("main"),
  },
});
