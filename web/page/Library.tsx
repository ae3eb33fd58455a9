// The library of examples, by topic, over the page; and the way to programs of one's own.

import { useEffect, useState } from "preact/hooks";
import { open, tell } from "./actions.ts";
import { Dialog } from "./Dialog.tsx";
import { allExamples, type Example, type ExampleIndex } from "./examples.ts";
import { openFile } from "./files.ts";
import { program } from "./store.ts";
import { overlay } from "./view.ts";

export default function Library() {
  const [library, setLibrary] = useState<ExampleIndex | null>(null);
  const [sought, setSought] = useState("");
  useEffect(() => {
    allExamples().then(setLibrary, (error: Error) => tell(error.message));
  }, []);
  const matches = (library?.examples ?? []).filter((example) => isAbout(example, sought));
  return (
    <Dialog title="Programs" id="library" wide>
      <div class="library-bar">
        <input
          type="search"
          autoFocus
          aria-label="Search the examples"
          placeholder="Search: pipe, zombie, copy-on-write …"
          value={sought}
          onInput={(event) => setSought(event.currentTarget.value)}
        />
        <FileButton />
      </div>
      {library?.topics.map((topic) => (
        <Topic key={topic} title={topic} examples={matches.filter((example) => example.topic === topic)} />
      ))}
      {library !== null && matches.length === 0 && <p class="quiet">No example is about that.</p>}
    </Dialog>
  );
}

function Topic({ title, examples }: { title: string; examples: readonly Example[] }) {
  if (examples.length === 0) return null;
  const current = program.value && "example" in program.value ? program.value.example : "";
  return (
    <section class="library-topic">
      <h3>{title}</h3>
      <ul>
        {examples.map((example) => (
          <li key={example.id}>
            <button
              type="button"
              class="library-example"
              aria-current={example.id === current}
              onClick={() => {
                overlay.value = "";
                void open({ example: example.id });
              }}
            >
              <strong>{example.title}</strong>
              <span>{firstSentence(example.look)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FileButton() {
  return (
    <label
      class="button button-framed"
      title="An ELF file for RV32IMAC Linux, assembly, or a recorded run; you can also drop it on the page"
    >
      Open a file
      <input
        type="file"
        class="unseen"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (!file) return;
          overlay.value = "";
          void openFile(file);
        }}
      />
    </label>
  );
}

function isAbout({ id, title, topic, look }: Example, sought: string): boolean {
  const text = `${id} ${title} ${topic} ${look}`.toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Up to the first full stop or colon. */
function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;
}
