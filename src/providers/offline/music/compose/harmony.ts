import { chanceOf, pick } from "../chance.ts";
import type { Chord, Section, SectionKind } from "../score.ts";
import { type Harmony, harmonyOf, wrap } from "../theory.ts";
import type { Brief } from "./brief.ts";

/** What harmony needs to know of a piece. */
export type Tonality = Pick<Brief, "seed" | "style" | "key" | "mode" | "barBeats" | "weirdness">;

/** One chord a bar for each section: loops of the style, turned toward what follows. */
export function planChords(tonality: Tonality, sections: readonly Section[]): readonly Chord[] {
  const chance = chanceOf(tonality.seed, "harmony");
  const verse = loopOf(tonality, pick(chance, fitting(tonality, tonality.style.verses)));
  const chorus = loopOf(tonality, pick(chance, fitting(tonality, tonality.style.choruses)));
  const loops: Readonly<Record<SectionKind, readonly Harmony[]>> = {
    intro: verse,
    verse,
    prechorus: rotated(chorus, 1),
    chorus,
    bridge: rotated(verse, Math.min(2, verse.length - 1)),
    break: verse,
    solo: chorus,
    outro: verse,
  };
  const chords: Chord[] = [];
  for (const [index, section] of sections.entries()) {
    const bars = Math.max(1, Math.round(section.beats / tonality.barBeats));
    const last = index === sections.length - 1;
    for (let bar = 0; bar < bars; bar += 1) {
      const loop = loops[section.kind];
      const plain = loop[bar % loop.length] ?? verse[0];
      const beat = section.beat + bar * tonality.barBeats;
      const harmony =
        last && bar === bars - 1 ? home(tonality) : colour({ tonality, plain, bar, beat });
      const turn = !last && bar === bars - 1 && bars > 2 && sections[index + 1]?.kind === "chorus";
      chords.push({
        beat,
        beats: tonality.barBeats,
        ...(turn ? dominant(tonality, harmony) : harmony),
      });
    }
  }
  return chords;
}

/** The chord that holds at a beat. Chords are in the order of time. */
export function chordAt(chords: readonly Chord[], beat: number): Chord {
  const found = chords.findLast((chord) => chord.beat <= beat + 1e-6) ?? chords[0];
  return found ?? { beat: 0, beats: 4, root: 0, tones: [0, 4, 7] };
}

/** Loops written in the case of the mode: `i` rows for minor keys, `I` rows for major ones. */
function fitting(tonality: Tonality, loops: readonly string[]): readonly string[] {
  const minor =
    tonality.mode === "minor" || tonality.mode === "dorian" || tonality.mode === "phrygian";
  const fits = loops.filter((loop) => {
    const lower = /(^| )i[0-9a-z]*( |$)/.test(loop) && !/(^| )I/.test(loop);
    return lower === minor;
  });
  if (fits.length > 0) return fits;
  return minor ? ["i VI III VII", "i iv VI V"] : ["I V vi IV", "I IV I V"];
}

function loopOf(tonality: Tonality, loop: string): readonly Harmony[] {
  return loop.split(" ").map((degree) => harmonyOf(degree, tonality.key, tonality.mode));
}

function rotated<T>(loop: readonly T[], by: number): readonly T[] {
  return [...loop.slice(by), ...loop.slice(0, by)];
}

function home({ key, mode }: Tonality): Harmony {
  const minor = mode === "minor" || mode === "dorian" || mode === "phrygian";
  return harmonyOf(minor ? "i" : "I", key, mode);
}

function dominant(tonality: Tonality, harmony: Harmony): Harmony {
  if (tonality.mode === "phrygian" || tonality.style.form === "rounds") return harmony;
  const fifth = tonality.mode === "mixolydian" || tonality.mode === "dorian" ? "bVII" : "V";
  return harmonyOf(fifth, tonality.key, "major");
}

const BORROWED = ["iv", "bVI", "bII", "bVII", "III"];

/** Now and then, by the wished weirdness, a chord from another key in the third bar of four. */
function colour(where: {
  readonly tonality: Tonality;
  readonly plain: Harmony | undefined;
  readonly bar: number;
  readonly beat: number;
}): Harmony {
  const { tonality, bar, beat } = where;
  const plain = where.plain ?? home(tonality);
  if (bar % 4 !== 2) return plain;
  const chance = chanceOf(tonality.seed, `colour:${beat}`);
  if (chance() > Math.max(0, tonality.weirdness - 0.2) * 0.6) return plain;
  return harmonyOf(pick(chance, BORROWED), tonality.key, "major");
}

/**
 * The notes of a chord near a place, led from the notes before it: of all inversions the one that
 * moves least and stays near the centre.
 */
export function voicing(
  chord: Chord,
  before: readonly number[],
  centre: number,
): readonly number[] {
  const tones = chord.tones.slice(0, 5);
  let best: readonly number[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < tones.length; turn += 1) {
    for (const shift of [-12, 0, 12]) {
      const notes = stack(chord, tones, { turn, low: centre - 7 + shift });
      const cost = movement(before, notes) + 0.9 * Math.abs(mean(notes) - centre);
      if (cost < bestCost) {
        best = notes;
        bestCost = cost;
      }
    }
  }
  return best;
}

function stack(
  chord: Chord,
  tones: readonly number[],
  from: { readonly turn: number; readonly low: number },
): readonly number[] {
  let floor = from.low;
  const notes: number[] = [];
  for (let index = 0; index < tones.length; index += 1) {
    const tone = tones[(index + from.turn) % tones.length] ?? 0;
    const midi = floor + wrap(chord.root + tone - floor, 12);
    notes.push(midi);
    floor = midi + 1;
  }
  return notes;
}

function movement(before: readonly number[], notes: readonly number[]): number {
  if (before.length === 0) return 0;
  let sum = 0;
  for (const [index, note] of notes.entries()) {
    sum += Math.abs(note - (before[Math.min(index, before.length - 1)] ?? note));
  }
  return sum;
}

function mean(notes: readonly number[]): number {
  return notes.reduce((sum, note) => sum + note, 0) / Math.max(1, notes.length);
}
