// Programs of one's own, and recorded runs: an ELF file, a source or a recording, chosen or dropped on the page.

import { isRecording } from "../../host/history/recording-magic.ts";
import { open, tell } from "./actions.ts";
import { toLetters } from "./share/program.ts";

/** ELF files of more than this do not fit into a link, but run all the same. Bytes. */
const LARGEST = 64 * 1024 * 1024;

/** Runs a file: as a program if it is an ELF file, else as assembly; or opens the run if it is a recording. */
export async function openFile(file: File): Promise<void> {
  if (file.size > LARGEST)
    return tell(`${file.name} is larger than a program for this machine can be (64 MiB).`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const name =
    file.name
      .replace(/\.(s|S|elf|recording)$/, "")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[^\w.-]/g, "_")
      .slice(0, 64) || "program";
  if (isRecording(bytes)) return open({ name, recording: bytes, of: "" });
  const isElf = bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
  if (isElf) return open({ name, executable: toLetters(bytes) });
  try {
    return open({ name, source: new TextDecoder("utf-8", { fatal: true }).decode(bytes) });
  } catch {
    tell(`${file.name} is neither an ELF file, nor a recording, nor a text.`);
  }
}

/** Takes files that are dropped anywhere on the page. */
export function startDrop(): void {
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    void openFile(file);
  });
}
