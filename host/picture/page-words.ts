// What the bits of a page-table entry and the kinds of a page fault say, for screens.

import {
  FAULT_COPY,
  FAULT_FILE,
  FAULT_REUSE,
  FAULT_ZERO,
  PROTECT_EXECUTE,
  PROTECT_READ,
  PROTECT_WRITE,
  PTE_ACCESSED,
  PTE_COPY,
  PTE_DIRTY,
  PTE_SHARED,
  PTE_USER,
  PTE_VALID,
} from "../../assembly/layout.ts";
import { entryProtection } from "../memory/pages.ts";

/** PROTECT_* bits as "rwx", a dash for what is not allowed. */
export function protectionText(protection: number): string {
  const sign = (bit: number, letter: string) => (protection & bit ? letter : "-");
  return sign(PROTECT_READ, "r") + sign(PROTECT_WRITE, "w") + sign(PROTECT_EXECUTE, "x");
}

export interface EntryWords {
  /** What a program may do with the page now: "r-x". A page that is copied at its first write has no w. */
  readonly access: string;
  readonly isAccessed: boolean;
  readonly isDirty: boolean;
  readonly isUser: boolean;
  /** Writable once it is copied, or kept by its last user. */
  readonly isCopy: boolean;
  /** Never copied: all who map it see each other's writes. */
  readonly isShared: boolean;
}

export function entryWords(entry: number): EntryWords {
  return {
    access: protectionText(entry & PTE_VALID ? entryProtection(entry) : 0),
    isAccessed: (entry & PTE_ACCESSED) !== 0,
    isDirty: (entry & PTE_DIRTY) !== 0,
    isUser: (entry & PTE_USER) !== 0,
    isCopy: (entry & PTE_COPY) !== 0,
    isShared: (entry & PTE_SHARED) !== 0,
  };
}

/** By FAULT_*: how a page came to its frame. */
export const FAULT_NAMES: Readonly<Record<number, string>> = {
  [FAULT_ZERO]: "zeros",
  [FAULT_FILE]: "file",
  [FAULT_COPY]: "copy on write",
  [FAULT_REUSE]: "last user",
};
