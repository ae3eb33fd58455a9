// All breakpoints, watchpoints and catchpoints, the form that makes them, and what those that log have said.

import "./breakpoints.css";
import { useState } from "preact/hooks";
import { REGISTER_NAMES } from "../../../host/isa/registers.ts";
import { BreakpointList } from "../../page/BreakpointList.tsx";
import { breakpoints } from "../../page/breakpoints.ts";
import { picture } from "../../page/store.ts";
import { BreakpointForm } from "./BreakpointForm.tsx";
import { EMPTY, formOf } from "./form.ts";

export default function Breakpoints() {
  const [form, setForm] = useState(EMPTY);
  const [editing, setEditing] = useState(0);
  const isThere = breakpoints.value.some(({ number }) => number === editing);
  const logLines = picture.value?.logLines ?? [];
  return (
    <div class="breakpoints-panel">
      <BreakpointForm
        key={editing}
        form={form}
        setForm={setForm}
        editing={isThere ? editing : 0}
        focus={picture.value?.focus?.pid ?? 0}
        done={() => {
          setForm(EMPTY);
          setEditing(0);
        }}
      />
      <BreakpointList
        edit={(breakpoint) => {
          setForm(formOf(breakpoint, isRegister));
          setEditing(breakpoint.number);
        }}
      />
      {logLines.length > 0 && (
        <section class="breakpoints-log" aria-label="Log">
          <h2>Log</h2>
          <ol>
            {logLines.map(({ breakpoint, pid, text }, index) => (
              <li key={index} title={`Breakpoint ${breakpoint}, process ${pid}`}>
                <span class="quiet">{pid}</span> <span class="code">{text}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function isRegister(target: string): boolean {
  const name = target.trim().replace(/^\$/, "");
  return REGISTER_NAMES.includes(name) || /^(x\d+|fp)$/.test(name);
}
