// Macros and repetitions: their bodies are statements in which parameters are replaced by text, and
// the result is read like the source. Knows nothing of what the statements mean.

import { type Place, SourceError } from "./diagnostics.ts";
import { Scanner, type Statement, splitStatements } from "./scanner.ts";

export interface Parameter {
  readonly name: string;
  readonly initial: string;
  readonly required: boolean;
  /** Takes all remaining arguments, with their commas. */
  readonly rest: boolean;
}

export interface MacroDefinition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly definedAt: Place;
}

/** The parameters that follow the name in `.macro name a, b=1, c:req, d:vararg`. */
export function parseParameters(scanner: Scanner): Parameter[] {
  const parameters: Parameter[] = [];
  while (!scanner.atEnd()) {
    const name = scanner.expectName("a parameter's name");
    let required = false;
    let rest = false;
    if (scanner.accept(":")) {
      const kind = scanner.expectName("`req` or `vararg`");
      required = kind === "req";
      rest = kind === "vararg";
      if (!required && !rest)
        throw new SourceError(
          scanner.position - kind.length,
          `\`${kind}\` says nothing of a parameter`,
          "`req` or `vararg`",
        );
    }
    const initial = scanner.accept("=") ? argument(scanner) : "";
    parameters.push({ name, initial, required, rest });
    scanner.accept(",");
  }
  return parameters;
}

/** One argument: up to a comma or white space outside quotes and parentheses; quotes around it are removed. */
function argument(scanner: Scanner): string {
  scanner.skipSpace();
  const { text } = scanner;
  const start = scanner.position;
  if (text[start] === '"') return quoted(scanner);
  let depth = 0;
  let end = start;
  for (; end < text.length; end++) {
    const char = text[end]!;
    if (char === '"') end = Math.max(end, text.indexOf('"', end + 1));
    else if (char === "'" && end + 1 < text.length) end++;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (depth <= 0 && char === ",") break;
    else if (depth <= 0 && (char === " " || char === "\t") && !joins(text, end)) break;
  }
  scanner.position = end;
  return text.slice(start, end).trim();
}

/** Whether white space stands inside an expression: next to an operator. */
function joins(text: string, at: number): boolean {
  const after = text.slice(at).trimStart()[0] ?? "";
  const before = text.slice(0, at).trimEnd().at(-1) ?? "";
  return (after !== "" && "+-*/<>|&^=)".includes(after)) || "+-*/<>|&^=(~!".includes(before);
}

/** A quoted argument without its quotes; escapes stay for whoever reads the text. */
function quoted(scanner: Scanner): string {
  const start = scanner.position;
  for (let i = start + 1; i < scanner.text.length; i++) {
    if (scanner.text[i] === "\\") i++;
    else if (scanner.text[i] === '"') {
      scanner.position = i + 1;
      return scanner.text.slice(start + 1, i);
    }
  }
  throw new SourceError(start, "the argument's quotes do not close", 'a closing `"` on the same line');
}

/** The arguments of a call by parameter name. */
export function bindArguments(macro: MacroDefinition, scanner: Scanner): Map<string, string> {
  const values = new Map<string, string>();
  let next = 0;
  while (!scanner.atEnd()) {
    const start = scanner.position;
    const named = /^([\w.$]+)\s*=(?!=)/.exec(scanner.text.slice(start));
    const key = named && macro.parameters.find(({ name }) => name === named[1]);
    const parameter = key ?? macro.parameters[next];
    if (key) scanner.position += named[0].length;
    else next++;
    if (parameter === undefined)
      throw new SourceError(start, `too many arguments for macro \`${macro.name}\``, macroSyntax(macro));
    values.set(parameter.name, parameter.rest ? scanner.rest() : argument(scanner));
    scanner.accept(",");
  }
  for (const { name, initial, required } of macro.parameters) {
    if (values.get(name)) continue;
    if (required)
      throw new SourceError(
        scanner.text.length,
        `macro \`${macro.name}\` needs a value for \`${name}\``,
        macroSyntax(macro),
      );
    values.set(name, initial);
  }
  return values;
}

function macroSyntax({ name, parameters }: MacroDefinition): string {
  const list = parameters.map((p) =>
    p.rest ? `${p.name}…` : p.required || p.initial === "" ? p.name : `${p.name}=${p.initial}`,
  );
  return `\`${`${name} ${list.join(", ")}`.trim()}\``;
}

/** `\name`, `\@`, `\()`, in a body. */
const REFERENCE = /\\(?:\(\)|@|\+|([A-Za-z_.$][\w.$]*))/g;

/** The statements of a body with the parameters replaced; `what` and `at` say where they come from. */
export function expandBody(
  body: readonly Statement[],
  values: ReadonlyMap<string, string>,
  count: number,
  origin: { readonly what: string; readonly at: Place },
): Statement[] {
  const statements: Statement[] = [];
  for (const original of body) {
    if (!original.statement.includes("\\")) {
      statements.push({ ...original, from: origin });
      continue;
    }
    const text = substitute(original.statement, values, count);
    // A replaced parameter may bring separators and comments with it.
    for (const { statement, column } of splitStatements(text, original.file)) {
      statements.push({ file: original.file, line: original.line, column, text, statement, from: origin });
    }
  }
  return statements;
}

function substitute(text: string, values: ReadonlyMap<string, string>, count: number): string {
  return text.replace(REFERENCE, (match, name: string | undefined) => {
    if (match === "\\()") return "";
    if (match === "\\@") return String(count);
    if (name === undefined) return match;
    return values.get(name) ?? longestParameter(match, name, values);
  });
}

/** `\ab.w` may mean parameter `ab` followed by text: the longest name that is a parameter counts. */
function longestParameter(match: string, name: string, values: ReadonlyMap<string, string>): string {
  for (let end = name.length - 1; end > 0; end--) {
    if (/[\w]/.test(name[end]!) && /[\w]/.test(name[end - 1]!)) continue;
    const value = values.get(name.slice(0, end));
    if (value !== undefined) return value + name.slice(end);
  }
  return match;
}

/** The values of `.irp name, a, b, c`. */
export function parseValues(scanner: Scanner): string[] {
  const list: string[] = [];
  while (!scanner.atEnd()) {
    list.push(argument(scanner));
    scanner.accept(",");
  }
  return list;
}

/** A scanner over the operands of a statement; offsets count from the statement's start. */
export function operandScanner(statement: string, offset: number): Scanner {
  const scanner = new Scanner(statement);
  scanner.position = offset;
  return scanner;
}
