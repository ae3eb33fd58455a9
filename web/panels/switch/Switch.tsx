// A context switch, slowly: the machine stops between the passes of the trap path, and here is what each of them
// did. On the left what the hart holds, on the right the PCBs, in the middle what happened, in order.

import "./switch.css";
import { useState } from "preact/hooks";
import type { Command } from "../../../host/debug/command.ts";
import type { SwitchPicture } from "../../../host/picture/switch.ts";
import { move } from "../../page/actions.ts";
import { Nothing } from "../../page/Nothing.tsx";
import { isRunning, picture, previous, status } from "../../page/store.ts";
import { usePart } from "../../page/usePart.ts";
import { Context } from "./Context.tsx";
import { Steps } from "./Steps.tsx";

export default function Switch() {
  const now = usePart("switch", true);
  const [isWhole, setWhole] = useState(false);
  if (!now) return <Nothing part={now} />;
  const before = previous.value?.switch ?? null;
  return (
    <div class="switch">
      <Controls isWhole={isWhole} setWhole={setWhole} />
      <div class="switch-body">
        <section class="switch-side" aria-label={`Hart ${now.hart}`}>
          <Context
            title={`hart ${now.hart}`}
            note={hartNote(now)}
            registers={now.held}
            old={before?.held ?? null}
            moved={now.phase === "loaded" ? `← PCB of ${now.to?.pid ?? now.from?.pid ?? ""}` : ""}
            isWhole={isWhole}
          />
        </section>
        <Steps now={now} />
        <section class="switch-side" aria-label="PCBs">
          <Pcbs now={now} before={before} isWhole={isWhole} />
        </section>
      </div>
    </div>
  );
}

function hartNote({ mode, phase, from, to }: SwitchPicture): string {
  if (mode === "idle") return "nobody's: it is idle";
  if (mode === "trap") return "in the kernel: the registers are in the PCB";
  const pid = (phase === "raised" || phase === "saved" ? from : (to ?? from))?.pid;
  return pid === undefined ? "executes" : `executes process ${pid}`;
}

interface PcbsProps {
  readonly now: SwitchPicture;
  readonly before: SwitchPicture | null;
  readonly isWhole: boolean;
}

/** Who left the hart, and who is to have it; once if they are the same. */
function Pcbs({ now, before, isWhole }: PcbsProps) {
  const { from, to, phase, isDecided, hart } = now;
  const oldOf = (pid: number) =>
    [before?.from, before?.to].find((one) => one?.pid === pid)?.registers ?? null;
  const isSame = from !== null && from.pid === to?.pid;
  return (
    <>
      {from && (
        <Context
          title={`PCB of ${from.pid} ${from.name}`}
          state={from.state}
          note={isSame ? "left the hart and has it again" : "left the hart"}
          registers={from.registers}
          old={oldOf(from.pid)}
          moved={phase === "saved" ? `← hart ${hart}` : ""}
          isWhole={isWhole}
        />
      )}
      {to && !isSame && (
        <Context
          title={`PCB of ${to.pid} ${to.name}`}
          state={to.state}
          note="was picked"
          registers={to.registers}
          old={oldOf(to.pid)}
          moved={phase === "loaded" ? `→ hart ${hart}` : ""}
          isWhole={isWhole}
        />
      )}
      {!from && !to && (
        <p class="quiet">{isDecided ? "Nothing is ready: the hart idles." : "Nobody is in a trap."}</p>
      )}
    </>
  );
}

interface ControlsProps {
  readonly isWhole: boolean;
  readonly setWhole: (isWhole: boolean) => void;
}

function Controls({ isWhole, setWhole }: ControlsProps) {
  const isStill = status.value !== "loading" && !isRunning.value;
  const atEnd = status.value === "ended" || status.value === "deadlock";
  const isStart = picture.value !== null && picture.value.moment.events <= picture.value.start.events;
  const button = (title: string, hint: string, command: Command, isBack = false) => (
    <button
      type="button"
      class="button button-small button-framed"
      title={hint}
      disabled={!isStill || (isBack ? isStart : atEnd)}
      onClick={() => void move(command)}
    >
      {title}
    </button>
  );
  return (
    <div class="panel-bar" role="toolbar" aria-label="Context switch">
      {button("◂ Pass", "Back by one pass of the trap path", { kind: "nextPass", direction: "back" }, true)}
      {button("Pass ▸", "One pass of the trap path, or one instruction where nothing is due", {
        kind: "nextPass",
      })}
      {button("Trap ▸", "To the next trap of any process: its registers have just been saved", {
        kind: "nextTrap",
        pid: 0,
      })}
      {button(
        "◂ Switch",
        "Back to the last time that a hart was given to another process",
        {
          kind: "nextSwitch",
          direction: "back",
        },
        true,
      )}
      {button("Switch ▸", "To the next time that a hart is given to another process", { kind: "nextSwitch" })}
      <button
        type="button"
        class="button button-small switch-whole"
        title="All 31 registers, or those of calls"
        aria-pressed={isWhole}
        onClick={() => setWhole(!isWhole)}
      >
        All registers
      </button>
    </div>
  );
}
