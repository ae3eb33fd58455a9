// What the example shows: where to look, the places worth a stop, the same on another machine, and what goes on
// from here.

import "./guide.css";
import { open, reconfigure } from "../../page/actions.ts";
import type { Example } from "../../page/examples.ts";
import { bringToFront } from "../../page/layout/state.ts";
import { changed, example, program } from "../../page/store.ts";
import { panelNamed } from "../registry.ts";

export default function Guide() {
  const shown = example.value;
  if (shown === null) return <p class="empty">The guide is about examples; this program is your own.</p>;
  const isChanged = program.value !== null && "source" in program.value;
  return (
    <article class="guide">
      <h2>{shown.title}</h2>
      {isChanged && <p class="quiet">A program of your own, made from this example.</p>}
      <p>{shown.look}</p>
      <Panels shown={shown} />
      <Variants shown={shown} />
      {shown.input && (
        <p>
          In the terminal, type for instance <kbd>{shown.input.trim()}</kbd>
        </p>
      )}
      {shown.stops.length > 0 && <h3>Places worth a stop</h3>}
      <dl>
        {shown.stops.map(({ symbol, shows }) => (
          <div key={symbol}>
            <dt class="code">{symbol}</dt>
            <dd>{shows}</dd>
          </div>
        ))}
      </dl>
      <Related shown={shown} />
    </article>
  );
}

function Panels({ shown }: { shown: Example }) {
  const panels = shown.panels.flatMap((id) => panelNamed(id) ?? []);
  return (
    <div class="guide-buttons" role="group" aria-label="Panels that show it">
      {panels.map((panel) => (
        <button key={panel.id} type="button" class="button button-framed" onClick={() => bringToFront(panel)}>
          {panel.title}
        </button>
      ))}
    </div>
  );
}

function Variants({ shown }: { shown: Example }) {
  if (!shown.variants) return null;
  const isAsShown = Object.keys(changed.value).length === 0;
  return (
    <div class="guide-buttons" role="group" aria-label="The same on another machine">
      {!isAsShown && (
        <button type="button" class="button button-framed" onClick={() => open({ example: shown.id })}>
          As it was
        </button>
      )}
      {shown.variants.map(({ title, configuration }) => (
        <button
          key={title}
          type="button"
          class="button button-framed"
          onClick={() => reconfigure(configuration)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

function Related({ shown }: { shown: Example }) {
  if (shown.related.length === 0) return null;
  return (
    <>
      <h3>Goes on with</h3>
      <div class="guide-buttons">
        {shown.related.map((id) => (
          <button key={id} type="button" class="button button-framed" onClick={() => open({ example: id })}>
            {id}
          </button>
        ))}
      </div>
    </>
  );
}
