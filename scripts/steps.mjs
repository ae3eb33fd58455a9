// Steps of set-up: each has inputs, outputs and a command, and is skipped without a word while the
// contents of its inputs are those of the last success. Stamps lie in build/stamps. A lock keeps two
// commands that are started together from building the same thing twice.
// Only node: imports: this runs before any dependency is installed.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, "build/stamps");
const LOCK = join(ROOT, "build/lock");
const LOCK_POLL_MS = 200;

/** A command of a step ended with an error; its output is the message. */
export class StepError extends Error {}

/** All files under `path` (itself if it is a file), sorted, as paths from the root. */
export function filesUnder(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** Hash of the names and contents of everything under the given paths. */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesUnder)) {
    const bytes = readFileSync(join(ROOT, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

/**
 * Makes a step's outputs if they are missing or its inputs have changed since they were made.
 * @param {{ name: string, title: string, inputs: string[], outputs: string[], make: () => Promise<void> }} step
 */
export async function ensure(step) {
  if (isFresh(step)) return;
  await withLock(async () => {
    const before = fingerprint(step.inputs);
    if (isFresh(step, before)) return;
    await step.make();
    mkdirSync(STAMPS, { recursive: true });
    writeFileSync(join(STAMPS, step.name), before);
  });
}

function isFresh(step, current = undefined) {
  const stamp = join(STAMPS, step.name);
  if (!existsSync(stamp) || !step.outputs.every((path) => existsSync(join(ROOT, path)))) return false;
  return readFileSync(stamp, "utf8") === (current ?? fingerprint(step.inputs));
}

/** Runs `task` while no other process of this checkout does. */
export async function withLock(task) {
  mkdirSync(dirname(LOCK), { recursive: true });
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  const release = () => rmSync(LOCK, { force: true });
  process.once("exit", release);
  try {
    return await task();
  } finally {
    process.off("exit", release);
    release();
  }
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!holderLives()) rmSync(LOCK, { force: true });
    return false;
  }
}

function holderLives() {
  try {
    const holder = Number(readFileSync(LOCK, "utf8"));
    // Between its creation and the write of the pid the file is empty: then it has just been taken.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Runs a command to its end and shows `title` with the elapsed time on stderr meanwhile. What the
 * command prints is kept back and becomes the error's message if it fails.
 */
export async function command(title, program, args, options = {}) {
  const progress = startProgress(title);
  let output = "";
  try {
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], ...options });
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    const status = await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    if (status !== 0) throw new StepError(`${title} failed (exit status ${status}):\n${output.trimEnd()}`);
  } catch (error) {
    throw error instanceof StepError ? error : new StepError(`${title} failed: ${error.message}`);
  } finally {
    progress.end();
  }
}

/** On a terminal one line that counts seconds and goes away; elsewhere one line at the start. */
function startProgress(title) {
  if (!process.stderr.isTTY) {
    process.stderr.write(`${title}\n`);
    return { end() {} };
  }
  const start = Date.now();
  const draw = () => process.stderr.write(`\r\x1b[K${title} … ${Math.round((Date.now() - start) / 1000)} s`);
  draw();
  const timer = setInterval(draw, 1000);
  return {
    end() {
      clearInterval(timer);
      process.stderr.write("\r\x1b[K");
    },
  };
}

/** Runs a command on our own stdin, stdout and stderr; resolves to its exit status (128 + n for a signal). */
export function passThrough(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: "inherit", ...options });
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(status ?? 128 + (signal === "SIGINT" ? 2 : 15)));
  });
}

/** Runs a script's main function; an error of a step becomes its message and exit status 1. */
export async function main(run) {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
