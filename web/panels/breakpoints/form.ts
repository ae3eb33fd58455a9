// The form of a breakpoint, and the specification that it stands for.

import type {
  AccessKind,
  Breakpoint,
  BreakpointSpecification,
  CaughtEvent,
} from "../../../host/debug/breakpoint.ts";

/** What it stops at, as the form names it. */
export const KINDS = [
  { id: "place", title: "At a place", hint: "fork.s:12, main or *0x10074" },
  { id: "write", title: "Written", hint: "counter or sp+8" },
  { id: "read", title: "Read", hint: "counter or sp+8" },
  { id: "access", title: "Read or written", hint: "counter or sp+8" },
  { id: "change", title: "Changed", hint: "counter or sp+8" },
  { id: "register", title: "Register written", hint: "a0" },
  { id: "event", title: "Event", hint: "" },
] as const;

export type KindId = (typeof KINDS)[number]["id"];

export const EVENTS: readonly { readonly id: CaughtEvent; readonly title: string; readonly names: string }[] =
  [
    { id: "call", title: "System call", names: "write, read; none: every call" },
    { id: "signal", title: "Signal", names: "SIGCHLD, SIGINT; none: every signal" },
    { id: "fault", title: "Fault", names: "" },
    { id: "fork", title: "Process made", names: "" },
    { id: "exec", title: "Program loaded", names: "" },
    { id: "exit", title: "Process ends", names: "" },
    { id: "switch", title: "Context switch", names: "" },
  ];

/** The fields as they were typed. */
export interface Form {
  readonly kind: KindId;
  /** Place, expression or register. */
  readonly where: string;
  /** Bytes of memory. */
  readonly length: string;
  readonly event: CaughtEvent;
  /** Of system calls or signals, with commas or blanks between. */
  readonly names: string;
  /** Stops this process only; 0: any. */
  readonly pid: number;
  readonly condition: string;
  /** Hits that pass. */
  readonly ignore: string;
  readonly log: string;
  readonly temporary: boolean;
  /** Of one that was switched off; it stays so. */
  readonly enabled: boolean;
}

export const EMPTY: Form = {
  kind: "place",
  where: "",
  length: "4",
  event: "call",
  names: "",
  pid: 0,
  condition: "",
  ignore: "0",
  log: "",
  temporary: false,
  enabled: true,
};

/** Whether the event is told apart by names. */
export function hasNames({ kind, event }: Form): boolean {
  return kind === "event" && (event === "call" || event === "signal");
}

export function specificationOf(form: Form): BreakpointSpecification {
  const ignore = Number(form.ignore);
  const common = {
    ...(form.pid > 0 && { pid: form.pid }),
    ...(form.condition.trim() !== "" && { condition: form.condition.trim() }),
    ...(ignore !== 0 && { ignore }),
    ...(form.log !== "" && { log: form.log }),
    ...(form.temporary && { temporary: true }),
    ...(!form.enabled && { enabled: false }),
  };
  const where = form.where.trim();
  if (form.kind === "place") return { kind: "breakpoint", location: where, ...common };
  if (form.kind === "event") {
    const names = hasNames(form) ? form.names.split(/[\s,]+/).filter((name) => name !== "") : [];
    return { kind: "catchpoint", event: form.event, ...(names.length > 0 && { names }), ...common };
  }
  if (form.kind === "register") return { kind: "watchpoint", access: "write", target: where, ...common };
  const access: AccessKind = form.kind;
  return { kind: "watchpoint", access, target: where, length: Number(form.length), ...common };
}

/** The form that would make it; `isRegister` tells a register's name from an expression. */
export function formOf(
  { specification, enabled }: Pick<Breakpoint, "specification" | "enabled">,
  isRegister: (target: string) => boolean,
): Form {
  const { pid = 0, condition = "", ignore = 0, log = "", temporary = false } = specification;
  const common: Form = { ...EMPTY, pid, condition, ignore: String(ignore), log, temporary, enabled };
  switch (specification.kind) {
    case "breakpoint":
      return { ...common, where: specification.location };
    case "catchpoint":
      return {
        ...common,
        kind: "event",
        event: specification.event,
        names: specification.names?.join(", ") ?? "",
      };
    case "watchpoint": {
      const { target, access, length = 4 } = specification;
      const kind = isRegister(target) ? "register" : access;
      return { ...common, kind, where: target, length: String(length) };
    }
  }
}
