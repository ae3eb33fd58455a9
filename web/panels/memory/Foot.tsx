// What is known of the byte at the cursor: what it belongs to, how it and the word there read, and who wrote it.

import { ABSENT, type MemoryPicture, PROMISED } from "../../../host/picture/memory.ts";
import { move } from "../../page/actions.ts";
import { stopWhenWritten } from "../../page/breakpoints.ts";
import { isPast } from "../../page/edits.ts";
import { isRunning } from "../../page/store.ts";
import { countText, hexText } from "../../page/text.ts";

interface Props {
  readonly memory: MemoryPicture;
  readonly address: number;
  readonly pid: number;
  readonly look: (place: string) => void;
}

export function Foot({ memory, address, pid, look }: Props) {
  const index = address - memory.start;
  const state = memory.states[index];
  const region = memory.regions.find(({ start, end }) => address >= start && address < end);
  const word = wordAt(memory, index);
  return (
    <div class="memory-foot">
      <span class="code">{hexText(address)}</span>
      <span title={region ? `${region.name} ${region.protection}` : ""}>
        {region ? `${region.name || "memory"} ${region.protection}` : "no memory here"}
        {state === PROMISED && ", not present yet"}
        {region !== undefined && state === ABSENT && ", cannot be read"}
      </span>
      {word !== null && (
        <>
          <span class="memory-value" title="The word here, signed">
            = <span class="code">{word < 0 ? `−${countText(-word)}` : countText(word)}</span>
          </span>
          <button
            type="button"
            class="button button-small code"
            title="Looks at the address that the word here is"
            onClick={() => look(`0x${hexText(word)}`)}
          >
            → {hexText(word)}
          </button>
        </>
      )}
      <span class="memory-space" />
      {state !== undefined && state !== ABSENT && (
        <>
          <span class="quiet memory-hint">
            {isPast.value ? "digits write, and begin another future" : "digits write"}
          </span>
          <button
            type="button"
            class="button button-small button-framed"
            title="From now on stops where this process writes this byte: see Breakpoints"
            onClick={() => void stopWhenWritten(pid, `0x${hexText(address)}`, 1)}
          >
            Stop when written
          </button>
          <button
            type="button"
            class="button button-small button-framed"
            title="Goes back to right before the last write to this byte"
            disabled={isRunning.value}
            onClick={() => void move({ kind: "lastWrite", target: { pid, address, length: 1 } })}
          >
            Who wrote this?
          </button>
        </>
      )}
    </div>
  );
}

/** The word that begins at a byte of the stretch, signed; null where it is not all there. */
function wordAt({ bytes, states }: MemoryPicture, index: number): number | null {
  let word = 0;
  for (let at = 0; at < 4; at++) {
    if (!states[index + at]) return null;
    word |= bytes[index + at] << (8 * at);
  }
  return word;
}
