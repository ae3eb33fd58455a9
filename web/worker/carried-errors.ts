// What of an error reaches the page. A structured clone keeps no own fields, so comlink sends message, name and stack;
// a debugger's refusal has a code and the column of the text that it is about besides.

import { type TransferHandler, transferHandlers } from "comlink";
import { DebugError } from "../../host/debug/errors.ts";

interface Thrown {
  readonly value: unknown;
}

/** From now on DebugErrors keep their code and column on the way to the page. */
export function carryDebugErrors(): void {
  const plain = transferHandlers.get("throw") as TransferHandler<Thrown, unknown>;
  transferHandlers.set("throw", {
    ...plain,
    serialize(thrown: Thrown) {
      const { value } = thrown;
      if (!(value instanceof DebugError)) return plain.serialize(thrown);
      const { message, name, code, column } = value;
      return [{ isError: true, value: { message, name, code, column } }, []];
    },
  });
}
