// The width of an element, for what cannot be said in a style sheet: how many columns a table has, where the
// nodes of a drawing lie.

import { useEffect, useRef, useState } from "preact/hooks";

/** A reference for the element, and its width in pixels (0 before it is on the screen). */
export function useWidth<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}
