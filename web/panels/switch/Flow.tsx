// An arrow between a hart and a PCB, in the colour of the values that just moved along it. Its place stays where nothing
// did, so that the registers beside it never jump.

import { Arrowhead } from "../../page/Arrowhead.tsx";

interface Props {
  /** "save": from the hart into the PCB; "load": back; "": nothing moved. */
  readonly kind: "save" | "load" | "";
  readonly hart: number;
  readonly pid: number;
}

export function Flow({ kind, hart, pid }: Props) {
  if (kind === "") return <div class="switch-flow" />;
  const ends =
    kind === "save" ? `from hart ${hart} to the PCB of ${pid}` : `from the PCB of ${pid} to hart ${hart}`;
  return (
    <div class={`switch-flow switch-${kind}`}>
      <svg viewBox="0 0 48 16" role="img" aria-label={`pc and x1 to x31 moved ${ends}`}>
        <defs>
          <Arrowhead id="switch-arrow" />
        </defs>
        {kind === "save" ? (
          <line x1="2" y1="8" x2="46" y2="8" marker-end="url(#switch-arrow)" />
        ) : (
          <line x1="46" y1="8" x2="2" y2="8" marker-end="url(#switch-arrow)" />
        )}
      </svg>
      <span aria-hidden="true">32 words</span>
    </div>
  );
}
