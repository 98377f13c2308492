/** A moment as the wire writes it: UTC to the second, without a zone (`2025-11-12T10:30:00`). */
export function wireTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19);
}

/** The same for a moment that may not have come. */
export function timeOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : wireTime(timeMs);
}
