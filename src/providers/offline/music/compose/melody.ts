import { hashText } from "../chance.ts";
import type { Chord } from "../score.ts";
import { type Mode, scaleOf, wrap } from "../theory.ts";
import { chordAt } from "./harmony.ts";

/** A moment of a tune whose pitch is to be found. */
export interface Slot {
  readonly beat: number;
  readonly beats: number;
  /** 0 weak to 1 the first beat of a bar. */
  readonly weight: number;
}

/** What binds the pitches of a phrase. */
export interface PhraseRules {
  /** Phrases with one motif sound alike, over whatever chords. */
  readonly motif: string;
  readonly key: number;
  readonly mode: Mode;
  readonly chords: readonly Chord[];
  /** Middle of the range. */
  readonly centre: number;
  /** How far it goes from the middle, semitones. */
  readonly reach: number;
  /** Whether it closes on the tonic. */
  readonly close: boolean;
  /** 0 keeps to steps, 1 leaps. */
  readonly wild: number;
  /** The pitch before the phrase, or `null`. */
  readonly before: number | null;
}

const CONTOURS: readonly ((t: number) => number)[] = [
  (t) => Math.sin(Math.PI * t) * 1.2 - 0.4,
  (t) => 0.8 - 1.4 * t,
  (t) => (t < 0.65 ? -0.7 + 2.3 * t : 0.8 - 3 * (t - 0.65)),
  (t) => Math.sin(3 * Math.PI * t) * 0.7,
  (t) => -0.5 + 1.1 * t,
  (t) => (t < 0.3 ? 0.6 : 0.6 - 1.5 * (t - 0.3)),
];

/**
 * Finds the pitches of a phrase: the cheapest path through all of them, where steps are cheap,
 * leaps dear, strong beats want chord tones, and the motif's own contour pulls.
 */
export function findPitches(slots: readonly Slot[], rules: PhraseRules): readonly number[] {
  const pitches = candidates(rules);
  const paths: { cost: number; from: number }[][] = [];
  for (const [index, slot] of slots.entries()) {
    const row = pitches.map((pitch) => {
      const own = ownCost(pitch, { slot, index, slots, rules });
      const before = paths[index - 1];
      if (before === undefined) {
        const leap = rules.before === null ? 0 : 0.5 * leapCost(pitch - rules.before, rules.wild);
        return { cost: own + leap, from: -1 };
      }
      let best = { cost: Number.POSITIVE_INFINITY, from: 0 };
      for (const [origin, path] of before.entries()) {
        const cost = path.cost + own + leapCost(pitch - (pitches[origin] ?? pitch), rules.wild);
        if (cost < best.cost) best = { cost, from: origin };
      }
      return best;
    });
    paths.push(row);
  }
  return walkBack(paths, pitches);
}

function candidates({ key, mode, centre, reach }: PhraseRules): readonly number[] {
  const scale = new Set(scaleOf(key, mode));
  const pitches: number[] = [];
  for (let midi = Math.ceil(centre - reach); midi <= centre + reach; midi += 1) {
    if (scale.has(wrap(midi, 12))) pitches.push(midi);
  }
  return pitches;
}

interface Spot {
  readonly slot: Slot;
  readonly index: number;
  readonly slots: readonly Slot[];
  readonly rules: PhraseRules;
}

function ownCost(pitch: number, spot: Spot): number {
  const { slot, index, slots, rules } = spot;
  const contour = CONTOURS[hashText(rules.motif) % CONTOURS.length];
  const t = slots.length > 1 ? index / (slots.length - 1) : 0.5;
  const aim = rules.centre + (contour?.(t) ?? 0) * rules.reach * 0.62;
  let cost = 0.12 * (pitch - aim) ** 2;
  const chord = chordAt(rules.chords, slot.beat);
  const above = wrap(pitch - chord.root, 12);
  const inChord = chord.tones.some((tone) => wrap(tone, 12) === above);
  if (!inChord) {
    cost += 0.7 + 3.2 * slot.weight + (slot.beats >= 1 ? 1.2 : 0);
    const rubs = chord.tones.some((tone) => wrap(above - tone, 12) === 1);
    if (rubs) cost += 1.4;
  }
  cost += (hashText(`${rules.motif}:${index}:${wrap(pitch - rules.key, 12)}`) / 4294967296) * 2.4;
  if (index === slots.length - 1) {
    if (!inChord) cost += 4;
    if (rules.close && wrap(pitch - rules.key, 12) !== 0) cost += 4;
  }
  return cost;
}

const LEAPS = [1.6, 0, 0, 0.5, 0.6, 1.1, 4, 1.7, 3, 3.2, 5, 6, 3.5];

function leapCost(interval: number, wild: number): number {
  const size = Math.abs(interval);
  const cost = LEAPS[size] ?? 7 + size;
  return size > 2 ? cost * (1.5 - 0.8 * wild) : cost;
}

function walkBack(
  paths: readonly (readonly { readonly cost: number; readonly from: number }[])[],
  pitches: readonly number[],
): readonly number[] {
  let at = 0;
  const last = paths.at(-1) ?? [];
  for (const [index, path] of last.entries()) {
    if (path.cost < (last[at]?.cost ?? Number.POSITIVE_INFINITY)) at = index;
  }
  const found: number[] = [];
  for (let index = paths.length - 1; index >= 0; index -= 1) {
    found.unshift(pitches[at] ?? 60);
    at = paths[index]?.[at]?.from ?? 0;
  }
  return found;
}
