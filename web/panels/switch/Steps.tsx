// What happened on the way through the trap, in order: what is done, what just happened, what is still to come.

import { useEffect, useRef } from "preact/hooks";
import type { CandidatesPicture } from "../../../host/picture/candidates.ts";
import type { PassageStep, Phase, SwitchPicture } from "../../../host/picture/switch.ts";
import { picture } from "../../page/store.ts";
import { countText, timeText } from "../../page/text.ts";

/** As --bar in tokens.css. Pixels. */
const BAR = 32;

interface PhaseWords {
  readonly phase: Phase;
  /** Which of the five moments it is; what is done for the process between them is none. */
  readonly number?: number;
  readonly title: string;
  /** What stands there where nothing of the kind happened on this way. */
  readonly without: string;
}

const PHASES: readonly PhaseWords[] = [
  { phase: "raised", number: 1, title: "Raised", without: "no trap: the hart was idle" },
  { phase: "saved", number: 2, title: "Registers saved", without: "nobody's registers were there to save" },
  { phase: "served", title: "Served", without: "nothing more to be done" },
  { phase: "decided", number: 3, title: "Decided", without: "nothing to decide: it goes on" },
  { phase: "loaded", number: 4, title: "Registers loaded", without: "" },
  { phase: "resumed", number: 5, title: "Resumed", without: "" },
];

export function Steps({ now }: { now: SwitchPicture }) {
  const current = PHASES.findIndex(({ phase }) => phase === now.phase);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => reveal(list.current!), [now.phase, now.steps.length]);
  const isComplete = now.steps.some(({ phase }) => phase === "loaded");
  return (
    <section class="switch-steps" aria-label="What happens" tabIndex={0}>
      {now.call && (
        <p class="switch-call">
          <span class="code">{now.call.text}</span>
          {now.call.outcome !== "" && <span> {now.call.outcome}</span>}
        </p>
      )}
      {!now.call && now.cause !== "" && <p class="switch-call">{now.cause}</p>}
      <ol ref={list}>
        {PHASES.map(({ phase, number, title, without }, index) => {
          const steps = now.steps.filter((step) => step.phase === phase);
          const isPast = index <= current;
          const when = index === current ? "now" : isPast ? "done" : "coming";
          return (
            <li
              key={phase}
              class={`switch-${when}${number === undefined ? " switch-between" : ""}`}
              value={number}
              aria-current={index === current ? "step" : undefined}
            >
              <h2>{title}</h2>
              {steps.map((step) => (
                <Step key={step.number} step={step} />
              ))}
              {phase === "decided" && now.candidates && <Candidates {...now.candidates} />}
              {steps.length === 0 && (isComplete || isPast) && without !== "" && (
                <p class="quiet">{without}</p>
              )}
            </li>
          );
        })}
      </ol>
      <p class="unseen" role="status">
        {said(now)}
      </p>
    </section>
  );
}

/** Who could have been picked, and who was. */
function Candidates({ picked, others, unlisted, scheduler }: CandidatesPicture) {
  const clockHz = picture.value?.clockHz ?? 1;
  return (
    <dl class="switch-candidates" aria-label="Candidates">
      <dt>picked</dt>
      <dd>
        {picked === null ? (
          "nobody: none is ready"
        ) : (
          <>
            <b class="figure">{picked.pid}</b> {picked.name}, by {scheduler.replace("-", " ")}
          </>
        )}
      </dd>
      <dt>waiting</dt>
      <dd>
        {others.map(({ pid, name, waits }) => (
          <span key={pid} title={`ready for ${timeText(waits, clockHz)}`}>
            <b class="figure">{pid}</b> {name}
          </span>
        ))}
        {unlisted > 0 && <span>and {countText(unlisted)} more</span>}
        {others.length === 0 && "no other is ready"}
      </dd>
    </dl>
  );
}

function Step({ step: { pid, what, why, isDone, number } }: { step: PassageStep }) {
  const isLast = number === (picture.value?.moment.events ?? 0) - 1;
  return (
    <p class={isDone ? (isLast ? "switch-last" : "") : "switch-future"}>
      {pid !== 0 && <b class="figure">{pid}</b>} {what}
      {why !== "" && <span class="switch-why">: {why}</span>}
    </p>
  );
}

/** Scrolls the list, or where it is not scrolled by itself the panel, and nothing around them, until the present step is in sight. */
function reveal(list: HTMLElement): void {
  const own = list.closest(".switch-steps");
  const panel = own !== null && own.scrollHeight > own.clientHeight ? own : list.closest(".panel");
  const step = list.querySelector('[aria-current="step"]');
  if (panel === null || step === null) return;
  const [frame, here] = [panel.getBoundingClientRect(), step.getBoundingClientRect()];
  if (here.bottom > frame.bottom) panel.scrollTop += here.bottom - frame.bottom;
  const top = panel === own ? frame.top : frame.top + BAR;
  if (here.top < top) panel.scrollTop -= top - here.top;
}

/** The latest step, for those who hear the page. */
function said({ steps, phase }: SwitchPicture): string {
  const last = steps.filter(({ isDone }) => isDone).pop();
  if (last === undefined) return "";
  return `${phase}: process ${last.pid} ${last.what}${last.why && `, ${last.why}`}`;
}
