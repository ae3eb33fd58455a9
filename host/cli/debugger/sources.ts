// Source texts for listings: host files, found as the line table names them or by the last parts of their path.

import { HostFileError, type HostFiles } from "../../platform/platform.ts";

export class Sources {
  readonly #files: HostFiles;
  readonly #known = new Map<string, readonly string[] | null>();
  /** Folders that are searched, the last one given first. */
  readonly folders: string[] = ["."];

  constructor(files: HostFiles) {
    this.#files = files;
  }

  addFolder(folder: string): void {
    this.folders.unshift(folder);
    this.#known.clear();
  }

  /** The lines of a source, or null where there is no such file. */
  lines(path: string): readonly string[] | null {
    let lines = this.#known.get(path);
    if (lines === undefined) {
      lines = this.#read(path);
      this.#known.set(path, lines);
    }
    return lines;
  }

  #read(path: string): readonly string[] | null {
    const parts = path.split("/").filter((part) => part !== "");
    const tails = parts.map((_, index) => parts.slice(index).join("/"));
    const places = [
      path,
      ...this.folders.flatMap((folder) => tails.map((tail) => this.#files.join(folder, tail))),
    ];
    for (const place of places) {
      try {
        if (this.#files.entry(place)?.kind !== "file") continue;
        return new TextDecoder().decode(this.#files.read(place)).split("\n");
      } catch (error) {
        if (!(error instanceof HostFileError)) throw error;
      }
    }
    return null;
  }
}
