import { type Chance, chanceOf } from "../chance.ts";
import type { StylePart } from "../data/style.ts";
import type { Chord, Note, Section } from "../score.ts";
import { MODES, wrap } from "../theory.ts";
import { drumBar } from "./drumming.ts";
import { chordAt, voicing } from "./harmony.ts";
import { type Band, type BarSpot, barsOf, readRow, rowIndex } from "./rows.ts";

/** All notes of an accompanying part, in the order of time. */
export function playPart(part: StylePart, band: Band): readonly Note[] {
  const chance = chanceOf(band.seed, `part:${part.id}`);
  const notes: Note[] = [];
  let before: readonly number[] = [];
  for (const spot of barsOf(band)) {
    if (spot.section.energy < part.from && !(spot.final && part.from < 0.6)) continue;
    const chord = chordAt(band.chords, spot.beat);
    const voices = voicing(chord, before, part.centre);
    before = voices;
    const made = fillBar(part, { band, spot, chord, voices, chance });
    notes.push(...made.map((note) => loosen(note, { part, band, chance, section: spot.section })));
  }
  return notes.sort((a, b) => a.beat - b.beat);
}

interface Bar {
  readonly band: Band;
  readonly spot: BarSpot;
  readonly chord: Chord;
  readonly voices: readonly number[];
  readonly chance: Chance;
}

function fillBar(part: StylePart, bar: Bar): readonly Note[] {
  switch (part.role) {
    case "drums":
      return drumBar(part, bar);
    case "hold":
      return holdBar(part, bar);
    case "chord":
      return chordBar(part, bar);
    case "arp":
      return arpBar(part, bar);
    case "bass":
      return bassBar(part, bar);
  }
}

/** Pads hold a chord as long as it lasts; equal neighbours are joined by their slow release. */
function holdBar(part: StylePart, { band, spot, voices }: Bar): readonly Note[] {
  const beats = band.barBeats * (spot.final ? 1.2 : part.gate);
  const kept = part.centre < 45 ? voices.slice(0, 1) : voices;
  return kept.map((midi) => ({ beat: spot.beat, beats, midi, velocity: 0.62 }));
}

function chordBar(part: StylePart, bar: Bar): readonly Note[] {
  if (bar.spot.final) return rolled(bar, bar.band.barBeats * 1.2);
  const steps = readRow(rowFor(part, bar.spot.section), bar.band);
  return steps.flatMap(({ beat, gap, sign }) => {
    const velocity = sign === "x" ? 0.82 : sign === "o" ? 0.66 : 0.42;
    return bar.voices.map((midi, index) => ({
      beat: bar.spot.beat + beat + index * 0.008,
      beats: Math.max(0.1, gap * part.gate),
      midi,
      velocity: velocity * (index === bar.voices.length - 1 ? 1.06 : 0.94),
    }));
  });
}

function rolled({ spot, voices, band }: Bar, beats: number): readonly Note[] {
  const roll = (0.03 * band.bpm) / 60;
  return voices.map((midi, index) => ({
    beat: spot.beat + index * roll,
    beats,
    midi,
    velocity: 0.66,
  }));
}

function arpBar(part: StylePart, bar: Bar): readonly Note[] {
  if (bar.spot.final) return rolled(bar, bar.band.barBeats * 1.4);
  const steps = readRow(rowFor(part, bar.spot.section), bar.band);
  return steps.map(({ beat, gap, sign }) => {
    const order = Number(sign);
    const octave = Math.floor(order / bar.voices.length);
    const midi = (bar.voices[order % bar.voices.length] ?? 60) + 12 * octave;
    const accent = beat === 0 ? 0.12 : Number.isInteger(beat) ? 0.05 : 0;
    return {
      beat: bar.spot.beat + beat,
      beats: Math.max(0.1, gap * part.gate),
      midi,
      velocity: 0.6 + accent,
    };
  });
}

function bassBar(part: StylePart, bar: Bar): readonly Note[] {
  const { band, spot, chord } = bar;
  const root = rootNear(chord, part.centre);
  if (spot.final) {
    return [{ beat: spot.beat, beats: band.barBeats * 1.2, midi: root, velocity: 0.75 }];
  }
  const next = rootNear(chordAt(band.chords, spot.beat + band.barBeats), part.centre);
  const steps = readRow(rowFor(part, spot.section), band);
  const dropsOut = spot.rising && spot.bar === spot.bars - 1;
  return steps
    .filter(({ beat }) => !(dropsOut && beat >= band.barBeats - 1))
    .map(({ beat, gap, sign }, index) => ({
      beat: spot.beat + beat,
      beats: Math.max(0.1, gap * part.gate),
      midi: bassPitch(sign, { root, next, chord, band, index, count: steps.length }),
      velocity: beat === 0 ? 0.84 : 0.72,
    }));
}

interface BassStep {
  readonly root: number;
  readonly next: number;
  readonly chord: Chord;
  readonly band: Band;
  readonly index: number;
  readonly count: number;
}

function bassPitch(sign: string, step: BassStep): number {
  const third = step.root + wrap(step.chord.tones[1] ?? 4, 12);
  const fifth = step.root + wrap(step.chord.tones[2] ?? 7, 12);
  if (sign === "3") return third;
  if (sign === "5") return fifth > 46 ? fifth - 12 : fifth;
  if (sign === "8") return step.root + 12;
  if (sign === "a") return approach(step);
  if (sign !== "w") return step.root;
  if (step.index === 0) return step.root;
  if (step.index === step.count - 1) return approach(step);
  return step.index % 2 === 1 ? third : fifth;
}

/** The scale's step next to the coming root, from the side where the bass is. */
function approach({ next, root, band }: BassStep): number {
  const scale: readonly number[] = MODES[band.mode];
  const side = root > next ? 1 : -1;
  for (const distance of [1, 2]) {
    const midi = next + side * distance;
    if (scale.includes(wrap(midi - band.key, 12))) return midi;
  }
  return next + side;
}

function rootNear(chord: Chord, centre: number): number {
  return centre - 6 + wrap(chord.root - (centre - 6), 12);
}

function rowFor(part: StylePart, section: Section): string {
  return part.rows[rowIndex(part.rows.length, section.energy, part.from)] ?? "x---------------";
}

interface Hand {
  readonly part: StylePart;
  readonly band: Band;
  readonly chance: Chance;
  readonly section: Section;
}

/** Makes a note human: a little early or late, a little softer or louder. */
function loosen(note: Note, { part, band, chance, section }: Hand): Note {
  const ms = band.looseMs * (part.role === "drums" ? 0.45 : 1);
  const late = ((chance() + chance() + chance() - 1.5) * ms * band.bpm) / 60_000;
  const push = 0.86 + 0.22 * section.energy;
  const velocity = note.velocity * push * (1 + (chance() + chance() - 1) * 0.09);
  return {
    ...note,
    beat: Math.max(0, note.beat + late),
    velocity: Math.min(1, Math.max(0.08, velocity)),
  };
}
