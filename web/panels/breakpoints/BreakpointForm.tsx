// Makes a breakpoint of any kind, or one in place of another. What the debugger refuses is said below the fields.

import { useState } from "preact/hooks";
import type { CaughtEvent } from "../../../host/debug/breakpoint.ts";
import { addBreakpoint } from "./add.ts";
import { EVENTS, type Form, hasNames, KINDS, type KindId, specificationOf } from "./form.ts";

interface Props {
  readonly form: Form;
  readonly setForm: (form: Form) => void;
  /** Number of the one that is edited; 0: a new one. */
  readonly editing: number;
  /** Pid of the process in focus. */
  readonly focus: number;
  /** It was made, or is not to be. */
  readonly done: () => void;
}

export function BreakpointForm({ form, setForm, editing, focus, done }: Props) {
  const [problem, setProblem] = useState("");
  const change = (changed: Partial<Form>) => {
    setForm({ ...form, ...changed });
    setProblem("");
  };
  const submit = async () => {
    const refusal = await addBreakpoint(specificationOf(form), editing);
    setProblem(refusal);
    if (refusal === "") done();
  };
  return (
    <form
      class="breakpoints-form"
      aria-label={editing > 0 ? `Breakpoint ${editing}` : "New breakpoint"}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Target {...{ form, change, problem }} />
      <Restrictions {...{ form, change, focus }} />
      <div class="breakpoints-buttons">
        <label title="It is removed once it has stopped">
          <input
            type="checkbox"
            checked={form.temporary}
            onChange={(event) => change({ temporary: event.currentTarget.checked })}
          />
          once
        </label>
        <button type="submit" class="button button-small button-framed">
          {editing > 0 ? "Save" : "Add"}
        </button>
        {editing > 0 && (
          <button type="button" class="button button-small" onClick={done}>
            Cancel
          </button>
        )}
      </div>
      {problem !== "" && (
        <p class="breakpoints-problem" id="breakpoints-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

interface FieldsProps {
  readonly form: Form;
  readonly change: (changed: Partial<Form>) => void;
}

/** What it stops at. */
function Target({ form, change, problem }: FieldsProps & { readonly problem: string }) {
  const kind = KINDS.find(({ id }) => id === form.kind)!;
  const isMemory = !["place", "register", "event"].includes(form.kind);
  const isWrong = problem !== "" && "breakpoints-problem";
  return (
    <>
      <label>
        Stop
        <select
          value={form.kind}
          onChange={(event) => change({ kind: event.currentTarget.value as KindId, where: "" })}
        >
          {KINDS.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {form.kind === "event" ? (
        <EventFields form={form} change={change} />
      ) : (
        <Field
          title={form.kind === "place" ? "Place" : form.kind === "register" ? "Register" : "Address"}
          hint={kind.hint}
          value={form.where}
          set={(where) => change({ where })}
          describedBy={isWrong || undefined}
          required
        />
      )}
      {isMemory && (
        <Field title="Bytes" hint="1 to 4096" value={form.length} set={(length) => change({ length })} />
      )}
    </>
  );
}

function EventFields({ form, change }: FieldsProps) {
  return (
    <>
      <label>
        Event
        <select
          value={form.event}
          onChange={(event) => change({ event: event.currentTarget.value as CaughtEvent })}
        >
          {EVENTS.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {hasNames(form) && (
        <Field
          title="Names"
          hint={EVENTS.find(({ id }) => id === form.event)!.names}
          value={form.names}
          set={(names) => change({ names })}
        />
      )}
    </>
  );
}

/** When it stops there, and what it does then. */
function Restrictions({ form, change, focus }: FieldsProps & { readonly focus: number }) {
  const pids = [...new Set([0, focus, form.pid])];
  return (
    <>
      <label>
        Process
        <select value={form.pid} onChange={(event) => change({ pid: Number(event.currentTarget.value) })}>
          {pids.map((pid) => (
            <option key={pid} value={pid}>
              {pid === 0 ? "any" : `${pid} only`}
            </option>
          ))}
        </select>
      </label>
      <Field
        title="Condition"
        hint="a0 == 1"
        value={form.condition}
        set={(condition) => change({ condition })}
      />
      <Field title="Hits to pass" hint="0" value={form.ignore} set={(ignore) => change({ ignore })} />
      <Field title="Log, do not stop" hint="a0 is {a0}" value={form.log} set={(log) => change({ log })} />
    </>
  );
}

interface FieldProps {
  readonly title: string;
  readonly hint: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly describedBy?: string | undefined;
  readonly required?: boolean;
}

function Field({ title, hint, value, set, describedBy, required = false }: FieldProps) {
  return (
    <label>
      {title}
      <input
        class="code"
        placeholder={hint}
        value={value}
        required={required}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={describedBy !== undefined}
        aria-describedby={describedBy}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}
