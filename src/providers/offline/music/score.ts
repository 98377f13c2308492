import { isJsonObject, type Json, type JsonObject } from "../../../lib/json.ts";
import { isMode, type Mode } from "./theory.ts";

/**
 * A whole song as data. It is stored with the track, so that extending, replacing, stems and
 * timed lyrics continue this very piece. Beats are quarter notes.
 */
export interface Score {
  readonly version: 1;
  readonly seed: number;
  readonly title: string;
  readonly tags: string;
  /** What the customer wrote. */
  readonly prompt: string;
  readonly style: string;
  readonly key: number;
  readonly mode: Mode;
  readonly bpm: number;
  /** Beats in a bar. */
  readonly barBeats: number;
  /** How late the second eighth comes: 0.5 is straight, 0.66 a triplet. */
  readonly swing: number;
  /** From which beat which tempo holds; ascending, the first at 0. */
  readonly tempo: readonly (readonly [number, number])[];
  readonly sections: readonly Section[];
  readonly chords: readonly Chord[];
  readonly parts: readonly Part[];
  readonly lines: readonly SungLine[];
  /** The singer, or `null` for instrumental music. */
  readonly singer: Singer | null;
  /** Length of the reverb, seconds, and its level, 0 to 1. */
  readonly room: { readonly seconds: number; readonly level: number };
  /** Length in beats, without the last tail. */
  readonly beats: number;
}

/** Who sings. A persona is one of these with a style. */
export interface Singer {
  readonly gender: "m" | "f";
  /** Size of the throat: formants are multiplied by it, 0.85 to 1.15. */
  readonly size: number;
  /** Share of breath in the tone, 0 to 1. */
  readonly breath: number;
  /** Depth of the vibrato, cents. */
  readonly vibrato: number;
}

/** A stretch of the form. */
export interface Section {
  readonly kind: SectionKind;
  readonly beat: number;
  readonly beats: number;
  /** 0 to 1: how many parts play and how hard. */
  readonly energy: number;
}

/** The words for parts of a form. */
export const SECTION_KINDS = [
  "intro",
  "verse",
  "prechorus",
  "chorus",
  "bridge",
  "break",
  "solo",
  "outro",
] as const;

/** A member of {@link SECTION_KINDS}. */
export type SectionKind = (typeof SECTION_KINDS)[number];

/** A chord and the time for which it holds. */
export interface Chord {
  readonly beat: number;
  readonly beats: number;
  readonly root: number;
  readonly tones: readonly number[];
}

/** What one instrument plays. */
export interface Part {
  readonly id: string;
  /** A key of the table of instruments. */
  readonly instrument: string;
  /** Decibels against the lead. */
  readonly level: number;
  /** −1 left to 1 right. */
  readonly pan: number;
  /** What goes to the reverb, 0 to 1. */
  readonly send: number;
  readonly notes: readonly Note[];
}

/** One note; `midi` is the drum's number for drum parts. */
export interface Note {
  readonly beat: number;
  readonly beats: number;
  readonly midi: number;
  /** 0 to 1. */
  readonly velocity: number;
  /** The sung syllable; a dash holds the vowel before. */
  readonly syllable?: string;
}

/** A line of the lyrics and which notes of the vocal part sing it (`to` is not included). */
export interface SungLine {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const TICKS = 960;

/** The score as JSON: notes as rows of whole numbers, about 15 bytes each. */
export function packScore(score: Score): JsonObject {
  return {
    ...score,
    sections: score.sections.map((section) => ({ ...section })),
    chords: score.chords.map((chord) => [chord.beat, chord.beats, chord.root, chord.tones]),
    parts: score.parts.map((part) => ({ ...part, notes: part.notes.map(packNote) })),
    lines: score.lines.map((line) => ({ ...line })),
    singer: score.singer === null ? null : { ...score.singer },
    room: { ...score.room },
  };
}

function packNote(note: Note): Json {
  const row = [
    Math.round(note.beat * TICKS),
    Math.round(note.beats * TICKS),
    note.midi,
    Math.round(note.velocity * 127),
  ];
  return note.syllable === undefined ? row : [...row, note.syllable];
}

/** Times and velocities as they come back from the store, so that a stored song sounds the same. */
export function settleNote(note: Note): Note {
  return readNote(packNote(note));
}

/** Reads a stored score; `null` when it is none of ours. */
export function unpackScore(value: Json | undefined): Score | null {
  if (!isJsonObject(value) || value.version !== 1) return null;
  const mode = text(value.mode);
  return {
    version: 1,
    seed: number(value.seed),
    title: text(value.title),
    tags: text(value.tags),
    prompt: text(value.prompt),
    style: text(value.style),
    key: number(value.key),
    mode: isMode(mode) ? mode : "major",
    bpm: number(value.bpm),
    barBeats: number(value.barBeats),
    swing: number(value.swing),
    tempo: list(value.tempo).map((row) => [number(list(row)[0]), number(list(row)[1])]),
    sections: list(value.sections).filter(isJsonObject).map(readSection),
    chords: list(value.chords).map(readChord),
    parts: list(value.parts).filter(isJsonObject).map(readPart),
    lines: list(value.lines)
      .filter(isJsonObject)
      .map((line) => ({ text: text(line.text), from: number(line.from), to: number(line.to) })),
    singer: readSinger(value.singer),
    room: readRoom(value.room),
    beats: number(value.beats),
  };
}

function readSection(value: JsonObject): Section {
  const kind = SECTION_KINDS.find((known) => known === value.kind) ?? "verse";
  return {
    kind,
    beat: number(value.beat),
    beats: number(value.beats),
    energy: number(value.energy),
  };
}

function readChord(value: Json): Chord {
  const [beat, beats, root, tones] = list(value);
  return {
    beat: number(beat),
    beats: number(beats),
    root: number(root),
    tones: list(tones).map(number),
  };
}

function readPart(value: JsonObject): Part {
  return {
    id: text(value.id),
    instrument: text(value.instrument),
    level: number(value.level),
    pan: number(value.pan),
    send: number(value.send),
    notes: list(value.notes).map(readNote),
  };
}

function readNote(value: Json): Note {
  const [beat, beats, midi, velocity, syllable] = list(value);
  const note = {
    beat: number(beat) / TICKS,
    beats: number(beats) / TICKS,
    midi: number(midi),
    velocity: number(velocity) / 127,
  };
  return typeof syllable === "string" ? { ...note, syllable } : note;
}

/** Reads a stored singer; `null` when there is none. */
export function readSinger(value: Json | undefined): Singer | null {
  if (!isJsonObject(value)) return null;
  return {
    gender: value.gender === "m" ? "m" : "f",
    size: number(value.size),
    breath: number(value.breath),
    vibrato: number(value.vibrato),
  };
}

function readRoom(value: Json | undefined): Score["room"] {
  if (!isJsonObject(value)) return { seconds: 1.4, level: 0.3 };
  return { seconds: number(value.seconds), level: number(value.level) };
}

function number(value: Json | undefined): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
