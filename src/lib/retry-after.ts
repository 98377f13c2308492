/**
 * Reads a `Retry-After` header: seconds, or a date as HTTP writes it. Gives milliseconds from now,
 * or `null` for what is absent, past or garbage. Not clamped: the schedule does that.
 */
export function readRetryAfter(value: string | null, nowMs: number): number | null {
  const text = (value ?? "").trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return null;
  const delayMs = Date.parse(text) - nowMs;
  return delayMs > 0 ? delayMs : null;
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
