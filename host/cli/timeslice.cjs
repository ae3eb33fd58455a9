#!/usr/bin/env node
// The command as the shell starts it: runs the bundle beside it, with what V8 has kept of compiling it. Without
// that, parsing and compiling would take longer than most programs run. CommonJS, because Node's loader of ES
// modules costs more than this whole file; copied to build/ by scripts/bundle.mjs.

"use strict";

const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const BUNDLE = join(__dirname, "timeslice.bundle.cjs");
/** Made by scripts/compile-cache.mjs, for each version of Node. V8 refuses what it cannot use. */
const CACHE = join(__dirname, `timeslice-${process.version}-${process.arch}.cache`);

/** The compiled bundle and what it exports. */
function loadBundle() {
  const code = `(function (exports, require, __filename) {${readFileSync(BUNDLE, "utf8")}\n})`;
  const cachedData = existsSync(CACHE) ? readFileSync(CACHE) : undefined;
  const script = new Script(code, { filename: BUNDLE, cachedData });
  const bundle = {};
  script.runInThisContext()(bundle, require, BUNDLE);
  return { script, bundle };
}

if (require.main === module) {
  // The exit status is set, not forced, so that output still under way arrives.
  loadBundle()
    .bundle.main(process.argv.slice(2))
    .then((status) => {
      process.exitCode = status;
    });
}

module.exports = { loadBundle, cachePath: CACHE };
