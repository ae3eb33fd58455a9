// The registers in one place: in a hart or in a PCB. What the last movement changed is marked, and whether all of
// them just came there or went from there.

import { REGISTER_NAMES } from "../../../host/isa/registers.ts";
import { StateMark } from "../../page/StateMark.tsx";
import { hexText } from "../../page/text.ts";

interface Props {
  readonly title: string;
  readonly note: string;
  /** STATE_* of the process whose PCB it is. */
  readonly state?: number;
  /** pc, then x1 to x31; null: none are held. */
  readonly registers: Uint32Array | null;
  /** What they are compared with: the same at the moment before, or what was saved of them before. */
  readonly old: Uint32Array | null;
  /** All of them just came from elsewhere, or went there. */
  readonly isMoved: boolean;
  /** All registers, or those that calls use and those that changed. */
  readonly isWhole: boolean;
}

/** pc, ra, sp and a0 to a7: index in a context. */
const SHORT = [0, 1, 2, 10, 11, 12, 13, 14, 15, 16, 17];
const ALL = Array.from({ length: 32 }, (_, index) => index);

/** Of those that are not shown always, the ones that have just changed. */
function isShown(index: number, registers: Uint32Array, old: Uint32Array | null): boolean {
  return SHORT.includes(index) || (old !== null && old[index] !== registers[index]);
}

export function Context({ title, note, state, registers, old, isMoved, isWhole }: Props) {
  return (
    <div class={isMoved ? "switch-context switch-moved" : "switch-context"}>
      <h2>
        {title} {state !== undefined && <StateMark state={state} label />}
      </h2>
      <p class="switch-note">{note}</p>
      {registers && (
        <dl class="switch-registers">
          {ALL.filter((index) => isWhole || isShown(index, registers, old)).map((index) => (
            <Register
              key={index}
              name={index === 0 ? "pc" : REGISTER_NAMES[index]}
              value={registers[index]}
              old={old?.[index]}
            />
          ))}
        </dl>
      )}
    </div>
  );
}

function Register({ name, value, old }: { name: string; value: number; old: number | undefined }) {
  const isChanged = old !== undefined && old !== value;
  return (
    <div class={isChanged ? "changed" : ""} title={isChanged ? `was ${hexText(old)}` : undefined}>
      <dt>{name}</dt>
      <dd>
        {hexText(value)}
        <span aria-hidden="true">{isChanged ? "◂" : ""}</span>
      </dd>
    </div>
  );
}
