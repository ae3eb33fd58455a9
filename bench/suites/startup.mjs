// What comes before the first instruction: the command line's start-up against an empty Node
// process, the creation of a machine, and the size of the core that a browser must load.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { runPeer } from "../harness/peers.mjs";
import { interleave } from "../harness/statistics.mjs";
import { formatTime } from "../harness/table.mjs";

const SAMPLES = 11;
const COMMAND = fileURLToPath(new URL("../../build/timeslice.cjs", import.meta.url));
const CORE = fileURLToPath(new URL("../../build/core.wasm", import.meta.url));

const HELLO_TARGET_SECONDS = 0.06;
const CORE_TARGET_BYTES = 65536;

export const STARTUP_NAMES = ["startup"];

/** Measures start-up if `selected` accepts it; a section for the report, or null. */
export async function measureStartup(context) {
  if (!context.selected("startup")) return null;
  context.progress("startup");
  const { guest, programs } = context;
  const times = await interleave(SAMPLES, {
    node: () => runPeer(process.execPath, ["-e", "0"]).seconds,
    hello: () => runPeer(process.execPath, [COMMAND, "run", programs.hello.guest]).seconds,
    create: () => guest.timeCreate(),
  });
  const coreBytes = gzipSync(readFileSync(CORE), { level: 9 }).length;
  const added = times.hello - times.node;
  return {
    title: "Start-up",
    header: ["what", "time"],
    rows: [
      ["node -e 0", formatTime(times.node)],
      ["timeslice run hello", formatTime(times.hello)],
      ["Machine.create (warm)", formatTime(times.create)],
    ],
    targets: [
      {
        name: "hello beyond node -e 0",
        comparison: "≤",
        target: HELLO_TARGET_SECONDS,
        value: added,
        unit: "s",
      },
      {
        name: "core.wasm, gzip -9",
        comparison: "≤",
        target: CORE_TARGET_BYTES,
        value: coreBytes,
        unit: "bytes",
      },
    ],
    results: [{ name: "startup", ...times, added, coreBytes }],
  };
}
