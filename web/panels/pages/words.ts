// What a row of the page table says, in words.

import { entryWords, FAULT_NAMES } from "../../../host/picture/page-words.ts";
import type { AbsentRow, PageRow } from "../../../host/picture/pages.ts";
import { countText } from "../../page/text.ts";

export function absentText({ pages }: AbsentRow): string {
  return `${plural(pages)} not touched yet`;
}

export function plural(pages: number): string {
  return pages === 1 ? "1 page" : `${countText(pages)} pages`;
}

/** "a" accessed, "d" dirty, as the page table says; "c" copied at the next write. */
export function usedText({ entry }: PageRow): string {
  const { isAccessed, isDirty } = entryWords(entry);
  return (isAccessed ? "a" : "-") + (isDirty ? "d" : "-");
}

/** Who else has the page's frame, and what a write to it does. */
export function sharingText(page: PageRow): string {
  const { isCopy, isShared } = entryWords(page.entry);
  const others = page.references - (page.isCached ? 1 : 0) - page.own;
  const words: string[] = [];
  if (isShared) words.push("shared");
  else if (isCopy) words.push(page.references > 1 ? "copied on write" : "kept on write");
  else if (others === 0) words.push("private");
  if (others > 0) words.push(`with ${usersText(page.sharers, others)}`);
  if (page.own > 1) words.push(`${page.own}× here`);
  if (page.isCached) words.push("cache");
  return words.join(" · ");
}

function usersText(sharers: readonly number[], others: number): string {
  if (sharers.length === 0) return `${others} more`;
  return sharers.join(", ") + (others > sharers.length ? ", …" : "");
}

/** How the page came to its frame: "" if that is no longer known, or it was inherited. */
export function cameText({ fault }: PageRow): string {
  return fault === null ? "" : (FAULT_NAMES[fault.kind] ?? "");
}
