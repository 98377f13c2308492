import type { DRUMS } from "../synth/kits.ts";
import type { Mode } from "../theory.ts";

/** A way of making music, as data. */
export interface Style {
  readonly id: string;
  /** Words that ask for it, longest first where one holds another. */
  readonly words: readonly string[];
  readonly bpm: readonly [number, number];
  readonly barBeats: number;
  /** 0.5 straight, 0.66 a triplet. */
  readonly swing: number;
  readonly modes: readonly Mode[];
  /** Chord loops, one degree a bar. */
  readonly verses: readonly string[];
  readonly choruses: readonly string[];
  readonly parts: readonly StylePart[];
  /** Who plays the tune when nobody sings. */
  readonly leads: readonly string[];
  /** Two bars of the tune's rhythm, 8 steps a bar-half: `x` begins a note, `-` holds or rests. */
  readonly tunes: readonly string[];
  readonly room: { readonly seconds: number; readonly level: number };
  /** How uneven the players are, milliseconds. */
  readonly looseMs: number;
  readonly form: "song" | "build" | "theme" | "rounds";
}

/** What a part does with a row of steps. */
export type PartRole = "chord" | "arp" | "bass" | "hold" | "drums";

/** One part of a style. Rows have four steps a beat; later rows are for higher energy. */
export interface StylePart {
  readonly id: string;
  readonly instrument: string;
  readonly role: PartRole;
  readonly rows: readonly string[];
  /** For drums: a row for each drum, and the ones for high energy. */
  readonly drums: readonly DrumRows[];
  readonly level: number;
  readonly pan: number;
  readonly send: number;
  /** Energy of a section from which the part plays, 0 to 1. */
  readonly from: number;
  /** Share of a step's time for which a note is held; above 1 it overlaps. */
  readonly gate: number;
  /** Middle of its range, MIDI. */
  readonly centre: number;
}

/** Rows of a drum pattern by drum. */
export type DrumRows = Readonly<Partial<Record<keyof typeof DRUMS, string>>>;

type Options = Partial<Pick<StylePart, "pan" | "send" | "from" | "gate" | "centre">>;

function base(id: string, instrument: string, level: number): StylePart {
  return {
    id,
    instrument,
    level,
    role: "chord",
    rows: [],
    drums: [],
    pan: 0,
    send: 0.3,
    from: 0,
    gate: 0.9,
    centre: 62,
  };
}

/** Names a part: `keys:piano@-4` is the part `keys`, played by `piano`, at −4 dB. */
type PartName = `${string}:${string}@${number}`;

function named(name: PartName): StylePart {
  const [id = "", rest = ""] = name.split(":");
  const [instrument = "", level = "0"] = rest.split("@");
  return base(id, instrument, Number(level));
}

/** Chords in a rhythm: `x` loud, `o` normal, `.` soft. */
export function chords(name: PartName, rows: readonly string[], options: Options = {}): StylePart {
  return { ...named(name), role: "chord", rows, ...options };
}

/** Broken chords: digits count the chord's notes from below, across octaves. */
export function arp(name: PartName, rows: readonly string[], options: Options = {}): StylePart {
  return { ...named(name), role: "arp", rows, ...options };
}

/** A bass line: `1` root, `3`, `5`, `8` octave, `a` a step before the next root, `w` walks. */
export function bass(name: PartName, rows: readonly string[], options: Options = {}): StylePart {
  return { ...named(name), role: "bass", rows, send: 0.04, centre: 38, ...options };
}

/** Chords held for their whole time. */
export function hold(name: PartName, options: Options = {}): StylePart {
  return { ...named(name), role: "hold", rows: ["x"], send: 0.5, gate: 1, ...options };
}

/** Drums: a pattern a level of energy, from quiet to loud. */
export function drums(
  name: PartName,
  patterns: readonly DrumRows[],
  options: Options = {},
): StylePart {
  return { ...named(name), role: "drums", drums: patterns, send: 0.16, ...options };
}
