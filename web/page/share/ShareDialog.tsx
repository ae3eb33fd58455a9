// The dialog with the links to what the page shows: the whole page, or some panels in another page.

import { useEffect, useRef, useState } from "preact/hooks";
import { PANELS } from "../../panels/registry.ts";
import { attempt, tell } from "../actions.ts";
import { Dialog } from "../Dialog.tsx";
import { example } from "../store.ts";
import { type Links, linksTo, sharedState } from "./state.ts";

export default function ShareDialog() {
  const [state] = useState(() => sharedState());
  const [panels, setPanels] = useState<readonly string[]>(() => firstPanels());
  const [links, setLinks] = useState<Links | null>(null);
  useEffect(() => {
    state.then((shared) => linksTo(shared, panels)).then(setLinks, (error: Error) => tell(error.message));
  }, [panels]);
  const toggle = (id: string) => {
    const next = panels.includes(id) ? panels.filter((one) => one !== id) : [...panels, id];
    if (next.length > 0) setPanels(next);
  };
  return (
    <Dialog title="Share" id="share">
      <p class="quiet">
        The link carries the program, the configuration, the moment and the layout. It is not kept on any
        server.
      </p>
      <div class="share-row">
        <button type="button" class="button button-framed" onClick={() => attempt(save)}>
          Save the run as a file
        </button>
        <p class="quiet">Open it here, or with timeslice debug --recording.</p>
      </div>
      <Copy label="Link" text={links?.full ?? ""} />
      <Copy label="Embed" text={links ? frameFor(links.embed) : ""} />
      <fieldset class="share-panels">
        <legend>Panels of the embed</legend>
        {PANELS.map(({ id, title }) => (
          <label key={id}>
            <input type="checkbox" checked={panels.includes(id)} onChange={() => toggle(id)} />
            {title}
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}

async function save(): Promise<void> {
  const { saveRun } = await import("../recording.ts");
  await saveRun();
}

/** Those that show the example best. */
function firstPanels(): readonly string[] {
  const best = example.value?.panels.filter((id) => PANELS.some((panel) => panel.id === id)) ?? [];
  return best.length > 0 ? best.slice(0, 2) : [PANELS[0].id];
}

function frameFor(link: string): string {
  return `<iframe src="${link.replaceAll("&", "&amp;")}" title="Timeslice" width="100%" height="480"></iframe>`;
}

type Copying = "" | "copied" | "refused";

function Copy({ label, text }: { label: string; text: string }) {
  const [copying, setCopying] = useState<Copying>("");
  const field = useRef<HTMLInputElement>(null);
  const refuse = () => {
    setCopying("refused");
    field.current?.focus();
  };
  const copy = () => writeClipboard(text).then(() => setCopying("copied"), refuse);
  return (
    <div class="share-row">
      <label>
        <span>{label}</span>
        <input ref={field} readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <button type="button" class="button button-framed" onClick={copy}>
        {copying === "copied" ? "Copied" : "Copy"}
      </button>
      {copying === "refused" && (
        <p role="alert">
          The browser does not let this page copy. The text is selected: copy it with Ctrl+C.
        </p>
      )}
    </div>
  );
}

/** Rejects where the browser refuses, or has no clipboard for pages without TLS. */
async function writeClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
