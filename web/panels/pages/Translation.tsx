// The way from a virtual address to its frame, through the two levels of Sv32 (privileged specification, 4.3).

import { entryWords } from "../../../host/picture/page-words.ts";
import type { PageRow } from "../../../host/picture/pages.ts";
import { hexText } from "../../page/text.ts";

export function Translation({ root, page }: { root: number; page: PageRow | null }) {
  if (page === null) {
    return (
      <p class="translation-none quiet">
        The root of the page table is frame <span class="figure">{root}</span>. Choose a page for its way
        through the table.
      </p>
    );
  }
  const { access, isAccessed, isDirty, isUser, isCopy, isShared } = entryWords(page.entry);
  const bits = [
    access,
    isUser && "user",
    isAccessed && "accessed",
    isDirty && "dirty",
    isCopy && "copy on write",
    isShared && "shared",
  ];
  return (
    <p class="translation">
      <span class="figure">{hexText(page.address)}</span>
      <Arrow />
      <Step name="root" frame={root} entry={page.address >>> 22} />
      <Arrow />
      <Step name="table" frame={page.table} entry={(page.address >>> 12) & 1023} />
      <Arrow />
      <span class="translation-step">
        frame <span class="figure">{page.frame}</span>
      </span>
      <span class="quiet">
        entry <span class="figure">{hexText(page.entry)}</span>: {bits.filter(Boolean).join(", ")}
      </span>
    </p>
  );
}

function Arrow() {
  return <span class="quiet">→</span>;
}

function Step({ name, frame, entry }: { name: string; frame: number; entry: number }) {
  return (
    <span class="translation-step">
      {name} <span class="figure">{frame}</span>, entry <span class="figure">{entry}</span>
    </span>
  );
}
