// Assembly sources to programs, with files of the host for what they include.

import type { Platform } from "../platform/platform.ts";
import { assemble, type Diagnostic, formatDiagnostics, link } from "../toolchain/index.ts";
import { CommandError, STATUS_BAD_INPUT } from "./status.ts";

/** The source or the objects have errors; the message is all of them, formatted. */
export class AssemblyError extends CommandError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const count = diagnostics.length === 1 ? "1 error" : `${diagnostics.length} errors`;
    super(`${count}\n${formatDiagnostics(diagnostics)}`, STATUS_BAD_INPUT);
    this.diagnostics = diagnostics;
  }
}

/**
 * Assembles a source to an object. `folders` are searched for what it includes, after its own folder; the machine's
 * library comes last.
 */
export function assembleFile(
  path: string,
  bytes: Uint8Array,
  folders: readonly string[],
  { files, includeFolder }: Platform,
): Uint8Array {
  const own = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
  const include = (name: string) => {
    const places = name.startsWith("/")
      ? [name]
      : [own, ...folders, ".", includeFolder()].map((folder) => files.join(folder, name));
    const found = places.find((place) => files.entry(place)?.kind === "file");
    return found === undefined ? undefined : files.read(found);
  };
  const { object, diagnostics } = assemble(decode(bytes), {
    file: path,
    include: (name) => {
      const content = include(name);
      return content && /\.(s|S|inc|h|i)$/.test(name) ? decode(content) : content;
    },
  });
  if (diagnostics.length > 0) throw new AssemblyError(diagnostics);
  return object;
}

/** Links objects and archives to a program. */
export function linkObjects(
  inputs: readonly { name: string; bytes: Uint8Array }[],
  entry?: string,
): Uint8Array {
  const { program, diagnostics } = link(inputs, entry === undefined ? {} : { entry });
  if (diagnostics.length > 0) throw new AssemblyError(diagnostics);
  return program;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
