/** A moment as the wire writes it: UTC to the second, without a zone (`2025-11-12T10:30:00`). */
export function wireTime(timeMs: number): string {
  const second = Math.floor(timeMs / 1000);
  if (second !== latest.second) latest = { second, text: write(timeMs) };
  return latest.text;
}

// Most moments that are written are now: thousands of answers a second bear the same text.
let latest = { second: 0, text: write(0) };

function write(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19);
}

/** The same for a moment that may not have come. */
export function timeOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : wireTime(timeMs);
}
