// Which rows of a long list are on the screen, and whether it follows a row or was scrolled by a person.

import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Height of a row of code, as --code-row in code.css. Pixels. */
export const ROW = 20;
/** Rows that stay between a followed row and the edges. */
const MARGIN = 3;

export interface RowWindow {
  readonly box: RefObject<HTMLDivElement | null>;
  /** The first row on the screen and the one behind the last. */
  readonly first: number;
  readonly last: number;
  /** Brings a row into view. */
  readonly reveal: (row: number) => void;
}

/** `followed`: the row that is kept in view, -1: none. `left` is told when a person scrolls. */
export function useWindow(rows: number, followed: number, left: () => void): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 0 });
  /** Where the list was scrolled to by itself: any other place is a person's. */
  const own = useRef(0);
  const told = useRef(left);
  told.current = left;
  useEffect(() => {
    const element = box.current!;
    const look = () => {
      if (isMovedAway(element, own.current)) told.current();
      own.current = element.scrollTop;
      setView({ top: element.scrollTop, height: element.clientHeight });
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => observer.disconnect();
  }, []);
  const reveal = (row: number) => {
    const element = box.current;
    if (element === null || row < 0) return;
    const isFar = row * ROW < element.scrollTop - height || row * ROW > element.scrollTop + 2 * height;
    const above = (row - MARGIN) * ROW;
    const below = (row + 1 + MARGIN) * ROW - element.clientHeight;
    const centred = Math.round((row * ROW - element.clientHeight / 3) / ROW) * ROW;
    const wanted = isFar ? centred : Math.max(below, Math.min(above, element.scrollTop));
    element.scrollTop = wanted;
    own.current = element.scrollTop;
    setView({ top: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(() => {
    if (followed < 0) return;
    // A person has scrolled, and the event that tells it is still to come.
    if (isMovedAway(box.current!, own.current)) told.current();
    else reveal(followed);
  }, [followed, rows, height]);
  return {
    box,
    first: Math.max(0, Math.min(rows - 1, Math.floor(top / ROW))),
    last: Math.min(rows, Math.ceil((top + height) / ROW) + 1),
    reveal,
  };
}

/** Whether it stands elsewhere than it was scrolled to, and not because it has become shorter or the box higher. */
function isMovedAway({ scrollTop, scrollHeight, clientHeight }: HTMLElement, own: number): boolean {
  return Math.abs(scrollTop - Math.min(own, scrollHeight - clientHeight)) > 1;
}
