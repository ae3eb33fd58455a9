// Before any test: the core and the host's commands are built from the sources as they are now. If that
// fails, the error is printed and the suites that need the build fail by themselves.

import {
  ensureCompileCache,
  ensureCore,
  ensureHost,
  ensurePrograms,
  ensureWeb,
} from "../../scripts/setup.mjs";

export default async function build(): Promise<void> {
  for (const ensure of [ensureCore, ensureHost, ensurePrograms, ensureCompileCache, ensureWeb]) {
    await ensure().catch((error: Error) => process.stderr.write(`${error.message}\n`));
  }
}
