// Descriptors of the process in focus and of those that share a file or a pipe with it: as a graph, and as a table.

import "./files.css";
import { useState } from "preact/hooks";
import type { FilesPicture } from "../../../host/picture/files.ts";
import { Nothing } from "../../page/Nothing.tsx";
import { picture } from "../../page/store.ts";
import { countText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { type Column, VirtualTable } from "../../page/VirtualTable.tsx";
import { Graph } from "./Graph.tsx";
import { accessWords, descriptorText, fillText, sharersOf, sleepersText } from "./words.ts";

const COLUMNS: readonly Column[] = [
  { title: "fd", width: "6ch", hint: "Descriptor" },
  { title: "of", width: "minmax(18ch, 1fr)" },
  { title: "access", width: "14ch" },
  { title: "offset", width: "8ch", align: "end" },
  { title: "shared with", width: "14ch", hint: "Processes with the same open file: they share its offset" },
  { title: "holds", width: "17ch", align: "end", hint: "Bytes in the file, or waiting in the pipe" },
  { title: "sleeps", width: "16ch", hint: "Who sleeps on it, and for what" },
  { title: "on exec", width: "7ch" },
];

export default function Files() {
  const files = usePart("files", true);
  const [isTable, setTable] = useState(false);
  const focus = picture.value?.focus;
  if (!files || !focus) return <Nothing part={files} />;
  return (
    <div class="files">
      <div class="panel-bar">
        <span>
          pid <span class="figure">{focus.pid}</span>
          {files.processes.length > 1 && ` and who shares with it`}
          {files.omitted > 0 && `; ${countText(files.omitted)} more`}
        </span>
        <button
          type="button"
          class="button button-small files-switch"
          aria-pressed={isTable}
          title="The same as a table"
          onClick={() => setTable(!isTable)}
        >
          Table
        </button>
      </div>
      {isTable ? <Table files={files} pid={focus.pid} /> : <Graph files={files} focus={focus.pid} />}
    </div>
  );
}

function Table({ files, pid }: { files: FilesPicture; pid: number }) {
  const [chosenRow, choose] = useState(-1);
  const descriptors = files.processes.find((process) => process.pid === pid)?.descriptors ?? [];
  return (
    <VirtualTable
      label={`Descriptors of process ${pid}`}
      columns={COLUMNS}
      rows={descriptors.length}
      rowKey={(row) => descriptors[row].number}
      cells={(row) => cellsOf(files, pid, descriptors[row])}
      isChosen={(row) => row === chosenRow}
      choose={choose}
    />
  );
}

type Descriptor = FilesPicture["processes"][number]["descriptors"][number];

function cellsOf(files: FilesPicture, pid: number, { number, file: id, closeOnExec }: Descriptor) {
  const file = files.files.find((one) => one.id === id)!;
  const inode = files.inodes.find((one) => one.id === file.inode)!;
  const hasBytes = inode.kind === "file" || inode.kind === "pipe";
  return [
    descriptorText(number),
    inode.name,
    accessWords(file),
    inode.kind === "file" ? countText(file.offset) : "",
    sharersOf(files, id, pid).join(", "),
    hasBytes ? fillText(inode) : "",
    sleepersText(inode),
    closeOnExec ? "closed" : "",
  ];
}
