// How many bytes fit: 4, 8, 16 or 32 in a row by the width of the panel, and as many rows as are seen.

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Height of a row, as in memory.css; width of a character of the code face at --size-small. Pixels. */
const ROW = 20;
const CHARACTER = 7.3;
const WIDTHS = [32, 16, 8, 4] as const;
/** Columns for addresses, gaps and padding, in characters. */
const BESIDE = 13;
/** What a byte takes with its gap, a share of the gap between words, and its character. */
const BYTE = 4.05;
/** Columns that labels want. */
const LABELS = 10;

export interface Fit {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly columns: number;
  readonly rows: number;
}

export function useFit(): Fit {
  const box = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState({ columns: 8, rows: 16 });
  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      const characters = clientWidth / CHARACTER - BESIDE;
      const fits = (count: number) => characters >= BYTE * count + (count > 8 ? LABELS : 0);
      setFit({
        columns: WIDTHS.find(fits) ?? 4,
        rows: Math.min(256, Math.max(4, Math.floor(clientHeight / ROW))),
      });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, ...fit };
}
