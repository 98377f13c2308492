import {
  CONSONANTS,
  DIPHTHONGS,
  FEMALE_VOWELS,
  type Formants,
  MALE_VOWELS,
} from "../data/phonemes.ts";
import type { Note, Singer } from "../score.ts";
import type { TempoMap } from "../tempo.ts";
import { isVowel } from "../text/pronounce.ts";
import { hertz } from "../theory.ts";

/** A moment's target for mouth and throat; the singer glides from one to the next. */
export interface Gesture {
  /** Seconds from the start of the song. */
  readonly at: number;
  readonly formants: Formants;
  /** Level of the voice, 0 to 1. */
  readonly voice: number;
  /** Noise of the breath and where it lies. */
  readonly noise: number;
  readonly noiseHz: number;
  readonly noiseQ: number;
  /** Seconds in which most of the way to the target is gone. */
  readonly glide: number;
}

/** A pitch to be reached. */
export interface PitchTarget {
  readonly at: number;
  readonly hz: number;
  /** When the vibrato may begin. */
  readonly vibratoAt: number;
}

/** All that a singer does in a song, in the order of time. */
export interface VoiceTrack {
  readonly gestures: readonly Gesture[];
  readonly pitches: readonly PitchTarget[];
}

/** Lays the sounds of sung notes in time: the vowel sits on the beat, its consonants before it. */
export function voiceTrack(notes: readonly Note[], tempo: TempoMap, singer: Singer): VoiceTrack {
  const gestures: Gesture[] = [];
  const pitches: PitchTarget[] = [];
  let vowel = "a";
  for (const [index, note] of notes.entries()) {
    const start = tempo.seconds(note.beat);
    const next = notes[index + 1];
    const nextStart = next === undefined ? Number.POSITIVE_INFINITY : tempo.seconds(next.beat);
    const end = Math.min(tempo.seconds(note.beat + note.beats), nextStart);
    const parts = splitSyllable(note.syllable ?? "a", vowel);
    vowel = parts.held;
    const joined = nextStart - end < 0.06;
    const lead = joined ? onsetLength(next?.syllable ?? "-") : 0;
    sing(gestures, { parts, singer, note, start, end: Math.max(start + 0.05, end - lead), joined });
    const held = parts.continued ? 0.1 : 0.25;
    pitches.push({
      at: start - (parts.continued ? 0.03 : 0.05),
      hz: hertz(note.midi),
      vibratoAt: start + held,
    });
  }
  gestures.sort((a, b) => a.at - b.at);
  return { gestures, pitches };
}

interface SungParts {
  readonly onset: readonly string[];
  readonly vowels: readonly string[];
  readonly coda: readonly string[];
  readonly held: string;
  readonly continued: boolean;
}

interface SungNote {
  readonly parts: SungParts;
  readonly singer: Singer;
  readonly note: Note;
  readonly start: number;
  readonly end: number;
  readonly joined: boolean;
}

function splitSyllable(sounds: string, before: string): SungParts {
  if (sounds === "-") {
    return { onset: [], vowels: [before], coda: [], held: before, continued: true };
  }
  const list = sounds.split(" ");
  const at = Math.max(0, list.findIndex(isVowel));
  const vowel = isVowel(list[at] ?? "") ? (list[at] ?? "a") : "@";
  const vowels = DIPHTHONGS[vowel] ?? [vowel];
  const onset = isVowel(list[at] ?? "") ? list.slice(0, at) : [];
  return { onset, vowels, coda: list.slice(at + 1), held: vowels[0] ?? "a", continued: false };
}

/** Seconds that the consonants before the vowel take; limited, so that they never eat a note. */
export function onsetLength(sounds: string): number {
  if (sounds === "-") return 0;
  const list = sounds.split(" ");
  const at = list.findIndex(isVowel);
  return Math.min(
    0.2,
    list.slice(0, Math.max(0, at)).reduce((sum, sound) => sum + lengthOf(sound), 0),
  );
}

function lengthOf(sound: string): number {
  const consonant = CONSONANTS[sound];
  return consonant === undefined ? 0 : consonant.gapS + consonant.soundS;
}

function sing(gestures: Gesture[], sung: SungNote): void {
  const { parts, singer, note, start } = sung;
  const vowels = parts.vowels.map((name) => vowelOf(name, singer));
  const first = vowels[0] ?? vowelOf("a", singer);
  const level = 0.45 + 0.55 * note.velocity;
  const codaS = Math.min(
    0.16,
    parts.coda.reduce((sum, sound) => sum + lengthOf(sound), 0),
  );
  const vowelEnd = Math.max(start + 0.04, sung.end - codaS);
  placeConsonants(gestures, parts.onset, {
    at: start - onsetLength([...parts.onset, "a"].join(" ")),
    vowel: first,
    level,
  });
  gestures.push(vowelGesture(start, first, { level, glide: parts.continued ? 0.05 : 0.028 }));
  const second = vowels[1];
  if (second !== undefined) {
    const turn = start + (vowelEnd - start) * 0.66;
    gestures.push(vowelGesture(turn, second, { level: level * 0.9, glide: 0.09 }));
  }
  placeConsonants(gestures, parts.coda, { at: vowelEnd, vowel: second ?? first, level });
  if (!sung.joined)
    gestures.push({ ...vowelGesture(sung.end, second ?? first, { level: 0, glide: 0.05 }) });
}

function vowelGesture(
  at: number,
  formants: Formants,
  how: { readonly level: number; readonly glide: number },
): Gesture {
  return { at, formants, voice: how.level, noise: 0, noiseHz: 4000, noiseQ: 1, glide: how.glide };
}

function placeConsonants(
  gestures: Gesture[],
  sounds: readonly string[],
  place: { readonly at: number; readonly vowel: Formants; readonly level: number },
): void {
  let at = place.at;
  for (const sound of sounds) {
    const made = CONSONANTS[sound];
    if (made === undefined) continue;
    const formants = made.locus === null ? place.vowel : { hz: made.locus, db: NASAL_DB };
    const base = { formants, glide: 0.016, noiseHz: made.noiseHz, noiseQ: made.noiseQ };
    if (made.gapS > 0) {
      gestures.push({ ...base, at, voice: made.voice * place.level * 0.4, noise: 0 });
      at += made.gapS;
    }
    gestures.push({
      ...base,
      at,
      voice: made.voice * place.level,
      noise: made.noise * place.level,
    });
    at += made.soundS;
  }
}

const NASAL_DB = [0, -14, -20, -26, -34];

function vowelOf(name: string, singer: Singer): Formants {
  const table = singer.gender === "m" ? MALE_VOWELS : FEMALE_VOWELS;
  const formants = table[name] ?? table.a ?? { hz: [650, 1080, 2650, 2900, 3250], db: NASAL_DB };
  return { hz: formants.hz.map((hz) => hz * singer.size), db: formants.db };
}
