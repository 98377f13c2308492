import { rememberLatest } from "../lib/latest.ts";

/** A moment as the wire writes it: UTC to the second, without a zone (`2025-11-12T10:30:00`). */
export function wireTime(timeMs: number): string {
  return writeSecond(Math.floor(timeMs / 1000));
}

/** Most moments that are written are now: thousands of answers a second bear the same text. */
const writeSecond = rememberLatest((second: number) =>
  new Date(second * 1000).toISOString().slice(0, 19),
);

/** The same for a moment that may not have come. */
export function timeOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : wireTime(timeMs);
}
