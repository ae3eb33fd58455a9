// Chooses an example from the library, which is fetched when the list is first looked at.

import { useState } from "preact/hooks";
import { allExamples, type ExampleIndex } from "./examples.ts";
import { example } from "./store.ts";

export function ExampleChooser({ choose }: { choose: (id: string) => void }) {
  const [library, setLibrary] = useState<ExampleIndex | null>(null);
  const load = () => {
    if (library === null) allExamples().then(setLibrary, () => {});
  };
  const current = example.value;
  return (
    <label class="choice choice-program">
      <span>Program</span>
      <select
        title="The examples, by topic"
        value={current?.id ?? ""}
        onPointerDown={load}
        onFocus={load}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {library === null ? (
          <option value={current?.id ?? ""}>{current?.title ?? "…"}</option>
        ) : (
          library.topics.map((topic) => (
            <optgroup key={topic} label={topic}>
              {library.examples
                .filter((entry) => entry.topic === topic)
                .map((entry) => (
                  <option key={entry.id} value={entry.id}>
                    {entry.title}
                  </option>
                ))}
            </optgroup>
          ))
        )}
      </select>
    </label>
  );
}
