// The registers of the process in focus: both names, the value, and what the last movement changed.

import "./registers.css";
import { useState } from "preact/hooks";
import { REGISTER_NAMES } from "../../../host/isa/registers.ts";
import { picture, previous } from "../../page/store.ts";
import { countText, hexText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";

const BASES = ["hex", "signed", "unsigned", "binary", "text"] as const;
type Base = (typeof BASES)[number];

export default function Registers() {
  const registers = usePart("registers", true);
  const [base, setBase] = useState<Base>("hex");
  const focus = picture.value?.focus;
  if (!registers || !focus) return <p class="empty">No process.</p>;
  const before = previous.value?.focus?.pid === focus.pid ? previous.value.registers : null;
  const next = () => setBase(BASES[(BASES.indexOf(base) + 1) % BASES.length]);
  const row = (index: number, name: string, alias: string, value: number, old: number | undefined) => (
    <Register key={index} name={name} alias={alias} value={value} old={old} base={base} next={next} />
  );
  return (
    <div class="registers">
      {row(0, "pc", "", registers.pc, before?.pc)}
      {REGISTER_NAMES.slice(1).map((name, index) =>
        row(index + 1, name, `x${index + 1}`, registers.values[index + 1], before?.values[index + 1]),
      )}
    </div>
  );
}

interface RegisterProps {
  readonly name: string;
  readonly alias: string;
  readonly value: number;
  readonly old: number | undefined;
  readonly base: Base;
  readonly next: () => void;
}

function Register({ name, alias, value, old, base, next }: RegisterProps) {
  const changed = old !== undefined && old !== value;
  const was = changed ? `\nwas ${hexText(old)}` : "";
  return (
    <button
      type="button"
      class={changed ? "register changed" : "register"}
      title={`${name} ${alias}\n${readings(value)}${was}`}
      onClick={next}
    >
      <span class="register-name">{name}</span>
      <span class="register-alias">{alias}</span>
      <span class="register-value">{inBase(value, base)}</span>
      <span class="register-sign">{changed ? "◂" : ""}</span>
    </button>
  );
}

function inBase(value: number, base: Base): string {
  switch (base) {
    case "hex":
      return hexText(value);
    case "signed":
      return value | 0 ? `${(value | 0) < 0 ? "−" : ""}${countText(Math.abs(value | 0))}` : "0";
    case "unsigned":
      return countText(value);
    case "binary":
      return value
        .toString(2)
        .padStart(32, "0")
        .replace(/(.{8})(?=.)/g, "$1 ");
    default:
      return [0, 8, 16, 24].map((shift) => printable((value >>> shift) & 0xff)).join("");
  }
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
}

/** Every reading of a word, a line each. */
function readings(value: number): string {
  return BASES.map((base) => `${base} ${inBase(value, base)}`).join("\n");
}
