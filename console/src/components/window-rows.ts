import { type RefObject, useEffect, useState } from "react";

/** Which rows of a long list are in the document: `from` up to, but not including, `to`. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

const SPARE = 8;
/** A list of 10,000 rows never has more than this many in the document. */
const ROWS_MAX = 56;

/**
 * The rows that can be seen and a few around them, for a list of equal rows that scrolls with the
 * window.
 * @param rowHeight Pixels of a row.
 */
export function useRowWindow(
  list: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowWindow {
  const [range, setRange] = useState<RowWindow>({ from: 0, to: 40 });
  useEffect(() => {
    let asked = 0;
    const look = (): void => {
      asked = 0;
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const next = rowsAt({ offset: -top, height: innerHeight, count, rowHeight });
      setRange((before) => (before.from === next.from && before.to === next.to ? before : next));
    };
    const ask = (): void => {
      asked ||= requestAnimationFrame(look);
    };
    look();
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask);
    return () => {
      removeEventListener("scroll", ask);
      removeEventListener("resize", ask);
      cancelAnimationFrame(asked);
    };
  }, [list, count, rowHeight]);
  return { from: Math.min(range.from, count), to: Math.min(range.to, count) };
}

/** The rows for a place; pure. `offset` is how far the top of the list lies above the window's. */
export function rowsAt(place: {
  readonly offset: number;
  readonly height: number;
  readonly count: number;
  readonly rowHeight: number;
}): RowWindow {
  const { offset, height, count, rowHeight } = place;
  // Steps of four: a slow scroll draws anew every fourth row and not for every pixel.
  const first = Math.floor(offset / rowHeight / 4) * 4 - SPARE;
  const from = Math.max(0, Math.min(first, count - 1));
  const seen = Math.ceil(height / rowHeight / 4) * 4 + 4 + 2 * SPARE;
  return { from, to: Math.min(count, from + Math.min(seen, ROWS_MAX)) };
}
