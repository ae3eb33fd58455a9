// The line at the bottom: what the machine does, and when. It is also the voice for screen readers.

import type { Moment, Picture } from "../../host/picture/index.ts";
import { CommandButton } from "./CommandButton.tsx";
import { command } from "./commands.ts";
import { announcement, failure, picture, tryAgain, waiting } from "./store.ts";
import { countText, timeText } from "./text.ts";

export function StatusLine() {
  const shown = picture.value;
  return (
    <footer class="status">
      {tryAgain.value && (
        <button type="button" class="button button-framed try-again" onClick={tryAgain.value}>
          Try again
        </button>
      )}
      {failure.value !== "" && (
        <span class="failure" role="alert" title={failure.value}>
          {failure.value}
        </span>
      )}
      {waiting.value && (
        <>
          <span role="status">{waiting.value.text}</span>
          <button type="button" class="button button-framed" onClick={waiting.value.giveUp}>
            Cancel
          </button>
        </>
      )}
      {shown && (
        <>
          <span class={`status-kind status-${shown.status.kind}`}>{statusText(shown)}</span>
          <span class="figure" title="Virtual time">
            {timeText(shown.time, shown.clockHz)}
          </span>
          <span class="figure" title="Instructions retired">
            {countText(shown.moment.retired)} instructions
          </span>
          <span class="figure" title="Events: traps, decisions, changes of state">
            {countText(shown.moment.events)} events
          </span>
        </>
      )}
      <CommandButton command={command("hash")} />
      <span class="announcement" aria-live="polite">
        {announcement.value}
      </span>
    </footer>
  );
}

function statusText({ status, moment }: Picture): string {
  switch (status.kind) {
    case "running":
      return status.goal ? `Going to instruction ${goalText(moment, status.goal)}` : "Running";
    case "paused":
      return "Paused";
    case "input":
      return "Waits for input";
    case "ended":
      return `Ended, ${exitText(status.exitStatus)}`;
    default:
      return "Deadlock: nothing can ever run again";
  }
}

function goalText(now: Moment, goal: Moment): string {
  const share = goal.retired === 0 ? 1 : Math.min(1, now.retired / goal.retired);
  return `${countText(goal.retired)}: ${Math.floor(100 * share)} %`;
}

function exitText(status: number): string {
  const signal = status & 0x7f;
  return signal === 0 ? `exit status ${status >>> 8}` : `killed by signal ${signal}`;
}
