// What descriptors and files are, in words.

import type { FilesPicture, InodePicture, OpenFilePicture } from "../../../host/picture/files.ts";
import { countText } from "../../page/text.ts";

const STANDARD = ["0 in", "1 out", "2 err"];

/** A descriptor's number; the first three have names. */
export function descriptorText(number: number): string {
  return STANDARD[number] ?? String(number);
}

export function accessWords(file: OpenFilePicture): string {
  const { canRead, canWrite, isAppending, isNonBlocking } = file;
  const words = [
    canRead && "read",
    canWrite && (isAppending ? "append" : "write"),
    isNonBlocking && "no waiting",
  ];
  return words.filter(Boolean).join(", ") || "path only";
}

export function fillText({ kind, bytes, capacity }: InodePicture): string {
  return kind === "pipe" ? `${countText(bytes)} of ${countText(capacity)}` : `${countText(bytes)} bytes`;
}

export function sleepersText({ sleepers }: InodePicture): string {
  return sleepers.map(({ pid, for: what }) => `${pid} for ${what}`).join(", ");
}

/** Pids of the other pictured processes that have a descriptor of the open file. */
export function sharersOf({ processes }: FilesPicture, file: number, pid: number): number[] {
  return processes
    .filter((one) => one.pid !== pid && one.descriptors.some((descriptor) => descriptor.file === file))
    .map((one) => one.pid);
}
