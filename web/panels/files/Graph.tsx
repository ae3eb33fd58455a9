// The graph of who holds what: processes and their descriptors, open files, inodes. Boxes are elements, so that their
// text is text; the lines between them are one drawing.

import type { FilesPicture, HolderPicture, InodePicture } from "../../../host/picture/files.ts";
import { STATE_BLOCKED } from "../../../host/picture/states.ts";
import { Arrowhead } from "../../page/Arrowhead.tsx";
import { StateMark } from "../../page/StateMark.tsx";
import { chosen } from "../../page/store.ts";
import { countText } from "../../page/text.ts";
import { useWidth } from "../../page/useWidth.ts";
import { gatherTerminal, type OpenFileNode } from "./gather.ts";
import { type Box, type Edge, layoutOf, linesOf } from "./layout.ts";
import { accessWords, descriptorText, fillText } from "./words.ts";

export function Graph({ files: all, focus }: { files: FilesPicture; focus: number }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const files = gatherTerminal(all);
  const layout = layoutOf(files, width);
  const size = { width: `${layout.width}px`, height: `${layout.height}px` };
  const held = new Set(files.processes.find(({ pid }) => pid === focus)?.descriptors.map(({ file }) => file));
  return (
    <div ref={ref} class="files-graph" role="group" aria-label="Who holds which file" tabIndex={0}>
      <div class="files-plane" style={size}>
        <svg class="files-lines" width={layout.width} height={layout.height} aria-hidden="true">
          <defs>
            <Arrowhead id="files-arrow" />
            <Arrowhead id="files-arrow-own" />
          </defs>
          {layout.edges.map((edge) => (
            <Line key={edge.key} edge={edge} isOwn={isOwn(edge, focus, held)} />
          ))}
        </svg>
        {files.processes.map((process) => (
          <Process
            key={process.pid}
            process={process}
            box={layout.processes.get(process.pid)!}
            isFocus={process.pid === focus}
          />
        ))}
        {files.files.map((file) => (
          <OpenFile
            key={file.id}
            file={file}
            box={layout.files.get(file.id)!}
            inode={files.inodes.find(({ id }) => id === file.inode)!}
          />
        ))}
        {files.inodes.map((inode) => (
          <Inode key={inode.id} inode={inode} box={layout.inodes.get(inode.id)!} />
        ))}
      </div>
    </div>
  );
}

function isOwn({ pid, key }: Edge, focus: number, held: ReadonlySet<number>): boolean {
  return pid === focus || (pid === 0 && held.has(Number(key.replace("file ", ""))));
}

/** Arrows show where bytes go: written ones into the inode, read ones out of it. */
function Line({ edge, isOwn }: { edge: Edge; isOwn: boolean }) {
  const { fromX, fromY, toX, toY, writes, reads } = edge;
  const bend = (toX - fromX) / 2;
  const head = `url(#${isOwn ? "files-arrow-own" : "files-arrow"})`;
  return (
    <path
      class={isOwn ? "files-line files-own" : "files-line"}
      d={`M${fromX} ${fromY}C${fromX + bend} ${fromY} ${toX - bend} ${toY} ${toX} ${toY}`}
      marker-start={reads ? head : undefined}
      marker-end={writes ? head : undefined}
    />
  );
}

function place({ x, y, width, height }: Box) {
  return { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
}

function Process({ process, box, isFocus }: { process: HolderPicture; box: Box; isFocus: boolean }) {
  return (
    <div class={isFocus ? "files-box files-focus" : "files-box"} style={place(box)}>
      <button
        type="button"
        class="files-title"
        aria-pressed={isFocus}
        title="Make all panels about it"
        onClick={() => {
          chosen.value = process.pid;
        }}
      >
        <StateMark state={process.state} />
        <span class="figure">{process.pid}</span>
        <span class="files-name">{process.name}</span>
      </button>
      {linesOf(process).map(([file, numbers]) => (
        <div key={file} class="files-row files-descriptors">
          {numbers.length === 1 ? descriptorText(numbers[0]) : numbers.join(" ")}
        </div>
      ))}
    </div>
  );
}

function OpenFile({ file, box, inode }: { file: OpenFileNode; box: Box; inode: InodePicture }) {
  const { references, count } = file;
  return (
    <div class="files-box" style={place(box)}>
      <div class="files-title">
        <span class="files-name">{count > 1 ? `${count} open files` : accessWords(file)}</span>
      </div>
      <div class="files-row quiet" title="Descriptors that name it, in all processes">
        {inode.kind === "file" && `at ${countText(file.offset)}, `}
        {references === 1 ? "1 fd" : `${references} fds`}
      </div>
    </div>
  );
}

function Inode({ inode, box }: { inode: InodePicture; box: Box }) {
  const { kind, name, bytes, capacity, sleepers } = inode;
  return (
    <div class="files-box" style={place(box)} title={name}>
      <div class="files-title">
        <span class="files-name">{name}</span>
      </div>
      {kind === "pipe" && (
        <div class="files-row">
          <meter class="files-fill" min={0} max={capacity} value={bytes} aria-label={`Bytes in ${name}`} />
        </div>
      )}
      {(kind === "pipe" || kind === "file") && <div class="files-row quiet">{fillText(inode)}</div>}
      {sleepers.map(({ pid, for: what }) => (
        <div key={`${pid} ${what}`} class="files-row files-sleeper">
          <StateMark state={STATE_BLOCKED} />
          <span class="files-name" title={`Process ${pid} waits for ${what}`}>
            {pid} for {what}
          </span>
        </div>
      ))}
    </div>
  );
}
