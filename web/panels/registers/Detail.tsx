// All that is known of one register: what it is for, its value in every base, what it points into; and a way to
// set it while the machine stands still.

import { useEffect, useRef, useState } from "preact/hooks";
import { PC_ROLE, REGISTER_ROLES } from "../../../host/isa/register-roles.ts";
import { move } from "../../page/actions.ts";
import { stopWhenWritten } from "../../page/breakpoints.ts";
import { isPast, setRegister } from "../../page/edits.ts";
import { isRunning } from "../../page/store.ts";
import { hexText } from "../../page/text.ts";
import { BASES, type Base, inBase } from "./readings.ts";

interface Props {
  /** 1 to 31, or 0 for the pc. */
  readonly index: number;
  readonly name: string;
  readonly value: number;
  readonly old: number | undefined;
  /** The base that the grid shows. */
  readonly base: Base;
  /** The symbol or region that the value points into. */
  readonly pointee: string;
  readonly pid: number;
  /** It is being given another value. */
  readonly isSetting: boolean;
  readonly setSetting: (isSetting: boolean) => void;
}

export function Detail({ index, name, value, old, base: shown, pointee, pid, isSetting, setSetting }: Props) {
  const isNegative = (value | 0) < 0;
  const bases = BASES.filter((base) => base !== shown && (base !== "unsigned" || isNegative));
  return (
    <section class="register-detail" aria-label={`Register ${name}`}>
      <div class="register-head">
        <strong class="code">{name}</strong>
        <span class="quiet" title={roleOf(index)}>
          {roleOf(index)}
        </span>
        {!isRunning.value && (
          <Buttons {...{ index, name, pid, isSetting }} toggle={() => setSetting(!isSetting)} />
        )}
      </div>
      <dl>
        {pointee !== "" && <Reading title="in" text={pointee} />}
        {bases.map((base) => (
          <Reading key={base} title={base} text={inBase(value, base)} />
        ))}
        {old !== undefined && old !== value && <Reading title="was" text={hexText(old)} isChanged />}
      </dl>
      {isSetting && !isRunning.value && <Setter index={index} name={name} pid={pid} />}
    </section>
  );
}

function roleOf(index: number): string {
  return index === 0 ? PC_ROLE : REGISTER_ROLES[index];
}

function Reading({ title, text, isChanged = false }: { title: string; text: string; isChanged?: boolean }) {
  return (
    <div class={isChanged ? "changed" : ""}>
      <dt>{title}</dt>
      <dd class="code">{text}</dd>
    </div>
  );
}

interface ButtonsProps extends Pick<Props, "index" | "name" | "pid"> {
  readonly isSetting: boolean;
  readonly toggle: () => void;
}

function Buttons({ index, name, pid, isSetting, toggle }: ButtonsProps) {
  return (
    <>
      <button
        type="button"
        class="button button-small"
        title={`Gives ${name} another value`}
        aria-pressed={isSetting}
        onClick={toggle}
      >
        Set
      </button>
      {index !== 0 && (
        <button
          type="button"
          class="button button-small"
          title={`From now on stops where this process writes ${name}: see Breakpoints`}
          onClick={() => void stopWhenWritten(pid, name)}
        >
          Stop when written
        </button>
      )}
      {index !== 0 && (
        <button
          type="button"
          class="button button-small"
          title={`Goes back to right before the last write to ${name}`}
          onClick={() => void move({ kind: "lastWrite", target: { pid, register: index } })}
        >
          Who wrote this?
        </button>
      )}
    </>
  );
}

function Setter({ index, name, pid }: Pick<Props, "index" | "name" | "pid">) {
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      class="register-set"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() === "") return;
        void setRegister(pid, index, typed);
        setTyped("");
      }}
    >
      <input
        class="code"
        aria-label={`New value of ${name}: a number, a symbol, or an expression`}
        placeholder="new value"
        ref={input}
        spellcheck={false}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button
        type="submit"
        class="button button-small button-framed"
        title={
          isPast.value ? "Begins another future: what came after this moment is forgotten" : `Sets ${name}`
        }
        disabled={typed.trim() === ""}
      >
        Set it
      </button>
      {isPast.value && typed !== "" && <span class="register-warning">forgets what came after now</span>}
    </form>
  );
}
