import type { Instrument, Stem } from "./instrument.ts";
import { playDrum } from "./kits.ts";
import { pluck, type StringRecipe } from "./pluck.ts";
import { playStruck, type Strike } from "./sample-bank.ts";
import type { Play } from "./stage.ts";
import { PLAIN_WAVE, playWave, type WaveSound } from "./wave-sound.ts";

/** A subtractive sound that differs from the plainest only in what is said. */
export function wave(sound: Partial<WaveSound>): Play {
  const full = { ...PLAIN_WAVE, ...sound };
  return (tone, stage) => playWave(full, tone, stage);
}

/** A sound that is struck once and replayed. */
export function struck(
  name: string,
  strike: Strike,
  ring: { release: number | null; width: number },
): Play {
  const sound = { name, strike, ...ring };
  return (tone, stage) => playStruck(sound, tone, stage);
}

/** A plucked string with its release, seconds. */
export function strings(name: string, recipe: StringRecipe, release: number): Play {
  return struck(name, pluck(recipe), { release, width: 0.6 });
}

/** A drum kit by its name. */
export function kit(name: string): Play {
  return (tone, stage) => playDrum(name, tone, stage);
}

/** A row of the table of instruments, with what is usual where nothing is said. */
export function row(stem: Stem, play: Play | null, rest: Partial<Instrument> = {}): Instrument {
  return { stem, play, trim: 0, lowCut: 90, drive: 0, ...rest };
}
