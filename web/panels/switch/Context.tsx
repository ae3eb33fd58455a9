// The registers in one place: in a hart or in a PCB. What the last movement changed is marked, and what moved there
// or from there is said.

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
  /** The same at the moment before. */
  readonly old: Uint32Array | null;
  /** Where all of them just came from or went to; "" if nothing moved. */
  readonly moved: string;
  /** All registers, or those that calls use. */
  readonly isWhole: boolean;
}

/** pc, ra, sp and a0 to a7: index in a context. */
const SHORT = [0, 1, 2, 10, 11, 12, 13, 14, 15, 16, 17];
const ALL = Array.from({ length: 32 }, (_, index) => index);

export function Context({ title, note, state, registers, old, moved, isWhole }: Props) {
  return (
    <div class={moved === "" ? "switch-context" : "switch-context switch-moved"}>
      <h2>
        {title} {state !== undefined && <StateMark state={state} label />}
      </h2>
      <p class="switch-note">
        {note}
        {moved !== "" && <b>{moved}</b>}
      </p>
      {registers && (
        <dl class="switch-registers">
          {(isWhole ? ALL : SHORT).map((index) => (
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
