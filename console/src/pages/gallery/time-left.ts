import { gallery } from "../../strings/en/gallery.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** How long files live on, in the largest whole unit: `1 day left`. Never more than there is. */
export function timeLeft(leftMs: number): string {
  if (leftMs <= 0) return gallery.gone;
  // To the nearest minute first: a day that has just begun is a day, not 23 hours.
  const minutes = Math.max(1, Math.round(leftMs / MINUTE_MS));
  const hours = Math.floor((minutes * MINUTE_MS) / HOUR_MS);
  if (hours >= DAY_HOURS) return gallery.left.days(Math.floor(hours / DAY_HOURS));
  return hours > 0 ? gallery.left.hours(hours) : gallery.left.minutes(minutes);
}
