// How a panel gets its part of the picture: by asking for it as long as it is on the screen.

import { useEffect } from "preact/hooks";
import type { PartPictures, PartQueries } from "../../host/picture/parts.ts";
import { asked, picture } from "./store.ts";

/**
 * The part of the latest picture; undefined until there is one. `query` is what the part needs to know, `true`
 * where that is nothing; a new query need not be the same object, it is compared by its JSON form.
 */
export function usePart<Name extends keyof PartQueries>(
  name: Name,
  query: NonNullable<PartQueries[Name]>,
): PartPictures[Name] | undefined {
  useEffect(() => {
    asked.value = { ...asked.value, [name]: query };
    return () => {
      const { [name]: _gone, ...others } = asked.value;
      asked.value = others;
    };
  }, [name, JSON.stringify(query)]);
  return picture.value?.[name];
}
