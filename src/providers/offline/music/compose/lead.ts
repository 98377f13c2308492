import { chanceOf, pick } from "../chance.ts";
import type { Chord, Note, SungLine } from "../score.ts";
import { syllablesOf } from "../text/pronounce.ts";
import { MODES, wrap } from "../theory.ts";
import type { Brief } from "./brief.ts";
import type { PlannedSection } from "./form.ts";
import { lineRhythm, weightOf } from "./line-rhythm.ts";
import { findPitches, type PhraseRules, type Slot } from "./melody.ts";
import { swung } from "./rows.ts";

/** What a tune is written over. */
export interface Ground {
  readonly brief: Brief;
  readonly sections: readonly PlannedSection[];
  readonly chords: readonly Chord[];
  readonly swing: number;
}

/** A sung part: notes with syllables, and which of them belong to which line. */
export interface SungPart {
  readonly notes: readonly Note[];
  readonly lines: readonly SungLine[];
}

/** Writes the sung tune: a phrase a line, lines of like place alike. */
export function writeSong(ground: Ground): SungPart {
  const notes: Note[] = [];
  const lines: SungLine[] = [];
  for (const section of ground.sections) {
    for (const [order, text] of section.lines.entries()) {
      const from = notes.length;
      notes.push(...singLine(ground, { section, order, text, before: notes.at(-1)?.midi ?? null }));
      if (notes.length > from) lines.push({ text, from, to: notes.length });
    }
  }
  return { notes, lines };
}

/** The third above or below each sung note of the choruses, in the key, for the second voices. */
export function writeBacking(ground: Ground, song: readonly Note[]): readonly Note[] {
  const { brief, sections } = ground;
  const choruses = sections.filter(({ kind }) => kind === "chorus" || kind === "outro");
  const scale: readonly number[] = MODES[brief.mode];
  return song
    .filter((note) =>
      choruses.some(({ beat, beats }) => note.beat >= beat - 0.01 && note.beat < beat + beats),
    )
    .map((note) => {
      const step = wrap(note.midi - brief.key, 12);
      const index = scale.findIndex((tone) => tone >= step);
      const at = Math.max(index, 0);
      const above = wrap((scale[(at + 2) % 7] ?? 4) - step, 12);
      return { ...note, midi: note.midi + above, velocity: note.velocity * 0.85 };
    });
}

interface LineSpot {
  readonly section: PlannedSection;
  readonly order: number;
  readonly text: string;
  readonly before: number | null;
}

/** A A' B A'': which motif the nth phrase of a section takes. */
function motifOf(brief: Brief, section: PlannedSection, order: number): string {
  const kind = section.kind === "outro" || section.kind === "intro" ? "verse" : section.kind;
  const letter = order % 4 === 2 ? "b" : "a";
  return `${brief.seed}:${kind}:${Math.floor(order / 8)}${letter}`;
}

function rulesFor(
  ground: Ground,
  spot: Pick<LineSpot, "section" | "order" | "before">,
  centre: number,
): PhraseRules {
  const { brief, chords } = ground;
  const { section, order } = spot;
  const count = Math.max(1, section.lines.length);
  const lift =
    section.kind === "chorus"
      ? 3.2
      : section.kind === "bridge"
        ? 1.5
        : section.kind === "solo"
          ? 3
          : 0;
  return {
    motif: motifOf(brief, section, order),
    key: brief.key,
    mode: brief.mode,
    chords,
    centre: centre + lift + (order % 4 === 2 ? 1.5 : 0),
    reach: 8.5 + 2 * brief.weirdness,
    close: order === count - 1 || order % 4 === 3,
    wild: brief.weirdness,
    before: spot.before,
  };
}

function singLine(ground: Ground, spot: LineSpot): readonly Note[] {
  const { brief } = ground;
  const syllables = syllablesOf(spot.text);
  const beats = spot.section.lineBars * brief.barBeats;
  const start = spot.section.beat + spot.order * beats;
  const slots = lineRhythm(syllables, {
    beat: start,
    beats,
    barBeats: brief.barBeats,
    motif: motifOf(brief, spot.section, spot.order),
  });
  const centre = brief.singer?.gender === "m" ? 55.5 : 65.5;
  const pitches = findPitches(slots, rulesFor(ground, spot, centre));
  const chance = chanceOf(brief.seed, `line:${start}`);
  return slots.flatMap((slot, index) => {
    const syllable = syllables[index];
    const beat = swung(slot.beat, ground.swing);
    const velocity =
      0.6 + 0.16 * slot.weight + 0.14 * spot.section.energy + (chance() - 0.5) * 0.06;
    const note = {
      beat,
      beats: swung(slot.beat + slot.beats, ground.swing) - beat,
      midi: pitches[index] ?? 60,
      velocity: Math.min(1, velocity),
      syllable: syllable?.sounds ?? "a",
    };
    const long = index === slots.length - 1 && slot.beats >= 2 && chance() < 0.4;
    return long ? turnedEnd(note, ground) : [note];
  });
}

/** A long last note that falls a step before it rests. */
function turnedEnd(note: Note, { brief }: Ground): readonly Note[] {
  const scale: readonly number[] = MODES[brief.mode];
  const step = [1, 2].find((down) => scale.includes(wrap(note.midi + down - brief.key, 12))) ?? 2;
  return [
    { ...note, beats: 0.5, midi: note.midi + step },
    { ...note, beat: note.beat + 0.5, beats: note.beats - 0.5, syllable: "-" },
  ];
}

/**
 * Writes the tune of an instrument for the sections where nobody sings, in phrases of two bars.
 * @param centre Middle of the instrument's range.
 */
export function writeTune(ground: Ground, centre: number): readonly Note[] {
  const { brief } = ground;
  const chance = chanceOf(brief.seed, "tune");
  const rows = brief.style.tunes;
  const rhythmA = pick(chance, rows);
  const rhythmB = pick(chance, rows);
  const notes: Note[] = [];
  for (const section of ground.sections) {
    if (!tuned(section, brief.singer !== null)) continue;
    const phraseBeats = brief.barBeats * 2;
    const phrases = Math.floor(section.beats / phraseBeats);
    for (let order = 0; order < phrases; order += 1) {
      const row = order % 4 === 2 ? rhythmB : rhythmA;
      const start = section.beat + order * phraseBeats;
      const slots = rowSlots(row, {
        start,
        barBeats: brief.barBeats,
        dense: section.kind === "solo",
      });
      const before = notes.at(-1)?.midi ?? null;
      const pitches = findPitches(slots, rulesFor(ground, { section, order, before }, centre));
      notes.push(
        ...slots.map((slot, index) => played(slot, pitches[index] ?? centre, { ground, section })),
      );
    }
  }
  return notes;
}

function tuned(section: PlannedSection, sung: boolean): boolean {
  if (section.lines.length > 0 || section.kind === "break" || section.kind === "outro")
    return false;
  return section.kind !== "intro" || sung;
}

function rowSlots(
  row: string,
  place: { readonly start: number; readonly barBeats: number; readonly dense: boolean },
): readonly Slot[] {
  const count = place.barBeats * 8;
  const steps: number[] = [];
  for (let step = 0; step < count; step += 1) {
    const tail = step >= count - place.barBeats;
    const sign = row.charAt(step % row.length);
    if (sign === "x" && !tail) steps.push(step);
    else if (place.dense && !tail && step % 2 === 0 && step % 3 === 0) steps.push(step);
  }
  return steps.map((step, index) => {
    const beat = step / 4;
    const end = (steps[index + 1] ?? Math.min(count - 1, step + 10)) / 4;
    return { beat: place.start + beat, beats: end - beat, weight: weightOf(beat, place.barBeats) };
  });
}

function played(
  slot: Slot,
  midi: number,
  where: { readonly ground: Ground; readonly section: PlannedSection },
): Note {
  const { ground, section } = where;
  const chance = chanceOf(ground.brief.seed, `tone:${slot.beat}`);
  const beat = swung(slot.beat, ground.swing);
  const end = swung(slot.beat + slot.beats, ground.swing);
  const late = (chance() - 0.3) * ground.brief.style.looseMs * (ground.brief.bpm / 60_000);
  return {
    beat: Math.max(0, beat + late),
    beats: (end - beat) * 0.95,
    midi,
    velocity: Math.min(
      1,
      0.56 + 0.18 * slot.weight + 0.2 * section.energy + (chance() - 0.5) * 0.08,
    ),
  };
}
