// docs/pcb.md: the fields of a process control block as a page for people, from the table of the fields.

import { PCB_SIZE } from "../../assembly/layout.ts";
import { PCB_GROUPS, type PcbField, type PcbGroup } from "./pcb-fields.ts";

const HEAD = `# The process control block

<!-- Generated from host/picture/pcb-fields.ts by scripts/generate.mjs: do not edit. -->

What the machine knows of a process is one record of ${PCB_SIZE} bytes in linear memory; the process table is an array of
them, and the place in it is the process's *slot* (slot 0 is never used: 0 means "none"). The offsets are those of
\`assembly/layout.ts\`. All words are little-endian. Times are ticks of virtual time, 64 bits wide.
`;

/** The page as Markdown. */
export function writePcbPage(): string {
  return [HEAD, ...PCB_GROUPS.map(section)].join("\n");
}

function section({ title, writer, fields }: PcbGroup): string {
  const lines = fields.map(line).join("\n");
  return `## ${title}\n\nWritten by ${writer}.\n\n| Offset | Bytes | Field | Meaning |\n|---:|---:|---|---|\n${lines}\n`;
}

function line({ constant, offset, size, meaning, elements }: PcbField): string {
  const bytes = elements === undefined ? `${size}` : `${elements.length} × ${size}`;
  return `| ${offset} | ${bytes} | \`${constant}\` | ${meaning.replaceAll("|", "\\|")} |`;
}
