// Prints `N passed, N failed, N skipped` from the file of vitest's JSON reporter. A test file that
// could not be loaded counts as one failure, and so does whatever else made the run fail.
// Usage: counts.mjs RESULTS.json STATUS

import { existsSync, readFileSync } from "node:fs";

const [path, status] = process.argv.slice(2);
let counts = { passed: 0, failed: 0, skipped: 0 };
if (existsSync(path)) {
  const results = JSON.parse(readFileSync(path, "utf8"));
  const unloaded = results.testResults.filter(
    (f) => f.status === "failed" && f.assertionResults.length === 0,
  );
  counts = {
    passed: results.numPassedTests,
    failed: results.numFailedTests + unloaded.length,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}
if (status !== "0" && counts.failed === 0) counts.failed = 1;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
