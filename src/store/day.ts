/** The day of a moment: whole days since 1970, UTC. */
export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

/** When the day after that of a moment begins, milliseconds since 1970. */
export function nextDayMs(timeMs: number): number {
  return (dayOf(timeMs) + 1) * DAY_MS;
}

/** When the day of a moment began, milliseconds since 1970. */
export function dayStartMs(timeMs: number): number {
  return dayOf(timeMs) * DAY_MS;
}

/** For how many hours the uses of a key are told apart. */
export const KEY_HOURS_SHOWN = 36;

/** The hour of a moment: whole hours since 1970. */
export function hourOf(timeMs: number): number {
  return Math.floor(timeMs / HOUR_MS);
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
