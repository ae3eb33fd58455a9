// The registers of the process in focus: both names, the value, and what the last movement changed. Below them all
// that is known of one, and the calls that the process is in.

import "./registers.css";
import { useState } from "preact/hooks";
import { REGISTER_NAMES } from "../../../host/isa/registers.ts";
import { Nothing } from "../../page/Nothing.tsx";
import { picture, previous } from "../../page/store.ts";
import { hexText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { CallStack } from "./CallStack.tsx";
import { Detail } from "./Detail.tsx";
import { BASES, type Base, inBase } from "./readings.ts";

/** The pc, before x1..x31: as the machine numbers what can be set. */
const PC = 0;
const ROWS = ["pc", ...REGISTER_NAMES.slice(1)];

export default function Registers() {
  const registers = usePart("registers", true);
  const stack = usePart("stack", true);
  const [base, setBase] = useState<Base>("hex");
  const [chosen, choose] = useState(2);
  const [pointed, point] = useState(-1);
  const [isSetting, setSetting] = useState(false);
  const focus = picture.value?.focus;
  if (!registers || !focus) return <Nothing part={registers} />;
  const before = previous.value?.focus?.pid === focus.pid ? previous.value.registers : null;
  const now = (index: number) => (index === PC ? registers.pc : registers.values[index]);
  const then = (index: number) => (index === PC ? before?.pc : before?.values[index]);
  const shown = pointed >= 0 && !isSetting ? pointed : chosen;
  return (
    <div class="registers">
      <Bases base={base} setBase={setBase} />
      <div class="registers-scroll">
        <div class={`registers-grid registers-${base}`} onPointerLeave={() => point(-1)}>
          {ROWS.map((name, index) => (
            <Register
              key={name}
              name={name}
              alias={index === PC ? "" : `x${index}`}
              value={now(index)}
              old={then(index)}
              base={base}
              isShown={index === shown}
              choose={() => choose(index)}
              point={() => point(index)}
              next={() => setBase(BASES[(BASES.indexOf(base) + 1) % BASES.length])}
            />
          ))}
        </div>
        {stack && <CallStack stack={stack} />}
      </div>
      <Detail
        key={shown}
        index={shown}
        name={ROWS[shown]}
        value={now(shown)}
        old={then(shown)}
        base={base}
        pointee={stack?.pointees[shown === PC ? 32 : shown] ?? ""}
        pid={focus.pid}
        isSetting={isSetting}
        setSetting={setSetting}
      />
    </div>
  );
}

function Bases({ base, setBase }: { base: Base; setBase: (base: Base) => void }) {
  return (
    <div class="panel-bar" role="group" aria-label="Base">
      {BASES.map((one) => (
        <button
          key={one}
          type="button"
          class="button button-small"
          aria-pressed={base === one}
          onClick={() => setBase(one)}
        >
          {one}
        </button>
      ))}
    </div>
  );
}

interface RegisterProps {
  readonly name: string;
  readonly alias: string;
  readonly value: number;
  readonly old: number | undefined;
  readonly base: Base;
  readonly isShown: boolean;
  readonly choose: () => void;
  readonly point: () => void;
  /** On to the next base. */
  readonly next: () => void;
}

function Register({ name, alias, value, old, base, isShown, choose, point, next }: RegisterProps) {
  const changed = old !== undefined && old !== value;
  return (
    <button
      type="button"
      class={`register${changed ? " changed" : ""}${isShown ? " register-shown" : ""}`}
      title={`${name} ${alias}${changed ? `, was ${hexText(old)}` : ""}: a click shows the next base`}
      onClick={next}
      onFocus={choose}
      onPointerEnter={point}
    >
      <span class="register-name">{name}</span>
      <span class="register-alias">{alias}</span>
      <span class="register-value">{inBase(value, base)}</span>
      <span class="register-sign">{changed ? "◂" : ""}</span>
    </button>
  );
}
