// A context switch, slowly: the machine stands at the moments of a trap, and here is what each of them did. On the left
// what happened, in order; beside it what the hart holds and the PCBs, with an arrow for the registers that moved.

import "./switch.css";
import { useState } from "preact/hooks";
import type { Command } from "../../../host/debug/command.ts";
import type { ContextPicture, Phase, SwitchPicture } from "../../../host/picture/switch.ts";
import { move } from "../../page/actions.ts";
import { Nothing } from "../../page/Nothing.tsx";
import { isRunning, picture, previous, status } from "../../page/store.ts";
import { usePart } from "../../page/usePart.ts";
import { Context } from "./Context.tsx";
import { Flow } from "./Flow.tsx";
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
        <Steps now={now} />
        <section class="switch-places" aria-label="Where the registers are" tabIndex={0}>
          <section aria-label={`Hart ${now.hart}`}>
            <Context
              title={`hart ${now.hart}`}
              note={hartNote(now)}
              registers={now.held}
              old={now.mode === "raised" ? (now.from?.registers ?? null) : (before?.held ?? null)}
              isMoved={now.phase === "loaded"}
              isWhole={isWhole}
            />
          </section>
          <section class="switch-pcbs" aria-label="PCBs">
            <Pcbs now={now} before={before} isWhole={isWhole} />
          </section>
        </section>
      </div>
    </div>
  );
}

function hartNote({ mode, phase, from, to }: SwitchPicture): string {
  if (mode === "idle") return "nobody's: it is idle";
  if (mode === "trap") return "in the kernel: the registers are in the PCB";
  if (mode === "raised") return `in the kernel, and still holds those of process ${from?.pid ?? ""}`;
  const pid = (phase === "saved" ? from : (to ?? from))?.pid;
  return pid === undefined ? "executes" : `executes process ${pid}`;
}

interface PcbsProps {
  readonly now: SwitchPicture;
  readonly before: SwitchPicture | null;
  readonly isWhole: boolean;
}

/** Who is to have the hart, and who left it; once if they are the same. */
function Pcbs({ now, before, isWhole }: PcbsProps) {
  const { from, to, phase, isDecided } = now;
  const isSame = from !== null && from.pid === to?.pid;
  const row = (one: ContextPicture, note: string, kind: "save" | "load" | "") => (
    <PcbRow key={one.pid} now={now} before={before} isWhole={isWhole} one={one} note={note} kind={kind} />
  );
  return (
    <>
      {to &&
        !isSame &&
        row(to, phase === "decided" ? "was picked" : "has the hart", flowOf(phase, false, true))}
      {from && row(from, fromNote(now, isSame), flowOf(phase, true, isSame))}
      {!from && !to && (
        <p class="quiet">{isDecided ? "Nothing is ready: the hart idles." : "Nobody is in a trap."}</p>
      )}
    </>
  );
}

interface RowProps extends PcbsProps {
  readonly one: ContextPicture;
  readonly note: string;
  readonly kind: "save" | "load" | "";
}

function PcbRow({ now, before, isWhole, one, note, kind }: RowProps) {
  const old = [before?.from, before?.to].find((other) => other?.pid === one.pid);
  return (
    <>
      <Flow kind={kind} hart={now.hart} pid={one.pid} />
      <Context
        title={`PCB of ${one.pid} ${one.name}`}
        state={one.state}
        note={note}
        registers={one.registers}
        old={old?.registers ?? null}
        isMoved={kind !== ""}
        isWhole={isWhole}
      />
    </>
  );
}

/** What moves at a moment between the hart and the PCB of who left it (`leaves`), of who has it next (`enters`). */
function flowOf(phase: Phase, leaves: boolean, enters: boolean): "save" | "load" | "" {
  if (phase === "saved" && leaves) return "save";
  return phase === "loaded" && enters ? "load" : "";
}

function fromNote({ phase, isDecided }: SwitchPicture, isSame: boolean): string {
  if (phase === "raised") return "holds what was saved at its trap before";
  if (isSame) return phase === "decided" ? "was picked again" : "has the hart again";
  return isDecided ? "left the hart" : "its registers are safe here";
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
      {button(
        "◂ Moment",
        "Back to the last of the five moments of a trap",
        { kind: "nextPhase", direction: "back" },
        true,
      )}
      {button("Moment ▸", "To the next of the five moments: raised, saved, decided, loaded, resumed", {
        kind: "nextPhase",
      })}
      {button("Trap ▸", "To the next trap of any process: its registers are still in the hart", {
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
