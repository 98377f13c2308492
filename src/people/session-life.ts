/** A session ends so long after its last request, milliseconds. */
export const IDLE_MS = 60 * 60_000;
/** It ends so long after it began, whatever happens. */
export const LIFE_MS = 12 * 60 * 60_000;
/** So long after the password was given, access may be handed out. */
export const CONFIRMED_MS = 60 * 60_000;
/** A session that is used is noted no more often than this. */
export const TOUCH_EVERY_MS = 60_000;
