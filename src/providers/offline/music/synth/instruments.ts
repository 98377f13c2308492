import { TRIMS } from "../data/trims.ts";
import { playDrum } from "./kits.ts";
import { strikeModes, strikePiano, strikeTine } from "./modal.ts";
import { pluck, type StringRecipe } from "./pluck.ts";
import { playStruck, type Strike } from "./sample-bank.ts";
import type { Play } from "./stage.ts";
import { PLAIN_WAVE, playWave, type WaveSound } from "./wave-sound.ts";

/** The twelve stems that the API names. */
export const STEMS = [
  "backing_vocals",
  "bass",
  "brass",
  "drums",
  "fx",
  "guitar",
  "keyboard",
  "percussion",
  "strings",
  "synth",
  "vocal",
  "woodwinds",
] as const;

/** A member of {@link STEMS}. */
export type Stem = (typeof STEMS)[number];

/** Something that can be given a part. */
export interface Instrument {
  readonly stem: Stem;
  /** How a note is made; `null` for the two that sing. */
  readonly play: Play | null;
  /** Brings a middle note of strength 0.7 to the same loudness for all, decibels. */
  readonly trim: number;
  /** Corner of the low-cut, hertz. */
  readonly lowCut: number;
  /** Strength of the valve stage after the part, 0 for none. */
  readonly drive: number;
}

function wave(sound: Partial<WaveSound>): Play {
  const full = { ...PLAIN_WAVE, ...sound };
  return (tone, stage) => playWave(full, tone, stage);
}

function struck(
  name: string,
  strike: Strike,
  ring: { release: number | null; width: number },
): Play {
  const sound = { name, strike, ...ring };
  return (tone, stage) => playStruck(sound, tone, stage);
}

function strings(name: string, recipe: StringRecipe, release: number): Play {
  return struck(name, pluck(recipe), { release, width: 0.6 });
}

function kit(name: string): Play {
  return (tone, stage) => playDrum(name, tone, stage);
}

function row(stem: Stem, play: Play | null, rest: Partial<Instrument> = {}): Instrument {
  return { stem, play, trim: 0, lowCut: 90, drive: 0, ...rest };
}

const VIBRATO = { hz: 5.4, cents: 12, delay: 0.3 };

const ROWS: Readonly<Record<string, Instrument>> = {
  voice: row("vocal", null),
  backing: row("backing_vocals", null),

  piano: row("keyboard", struck("piano", strikePiano, { release: 0.16, width: 1 })),
  epiano: row("keyboard", struck("tine", strikeTine, { release: 0.2, width: 0.9 })),
  organ: row(
    "keyboard",
    wave({
      spectrum: "organ",
      voices: 2,
      detune: 5,
      width: 0.5,
      attack: 0.006,
      sustain: 1,
      release: 0.05,
      cutoff: 7000,
      vibrato: { hz: 6.4, cents: 9, delay: 0 },
    }),
  ),
  clav: row(
    "keyboard",
    strings("clav", { ringS: 1.6, bright: 0.9, place: 0.08, body: 0, round: 0 }, 0.05),
  ),
  musicbox: row(
    "keyboard",
    struck(
      "musicbox",
      strikeModes([
        [1, 1, 2.2],
        [2.76, 0.4, 0.9],
        [5.4, 0.25, 0.5],
        [8.93, 0.12, 0.25],
      ]),
      { release: null, width: 0.9 },
    ),
  ),
  vibes: row(
    "percussion",
    struck(
      "vibes",
      strikeModes([
        [1, 1, 3],
        [4, 0.24, 1.2],
        [10.2, 0.07, 0.4],
      ]),
      { release: 0.4, width: 0.9 },
    ),
  ),
  marimba: row(
    "percussion",
    struck(
      "marimba",
      strikeModes([
        [1, 1, 0.9],
        [3.93, 0.3, 0.3],
        [9.2, 0.1, 0.12],
      ]),
      { release: null, width: 0.9 },
    ),
  ),
  bells: row(
    "percussion",
    struck(
      "bells",
      strikeModes([
        [0.5, 0.3, 4],
        [1, 1, 4],
        [1.19, 0.5, 3],
        [2, 0.5, 2.2],
        [2.76, 0.35, 1.5],
        [5.4, 0.2, 0.8],
      ]),
      { release: null, width: 0.9 },
    ),
  ),

  nylon: row(
    "guitar",
    strings("nylon", { ringS: 3, bright: 0.3, place: 0.2, body: 0.5, round: 0 }, 0.14),
  ),
  steel: row(
    "guitar",
    strings("steel", { ringS: 4.2, bright: 0.7, place: 0.13, body: 0.4, round: 0 }, 0.12),
  ),
  clean: row(
    "guitar",
    strings("clean", { ringS: 4, bright: 0.55, place: 0.24, body: 0, round: 0 }, 0.1),
  ),
  driven: row(
    "guitar",
    strings("driven", { ringS: 6, bright: 0.8, place: 0.18, body: 0, round: 0 }, 0.08),
    { drive: 9, lowCut: 110 },
  ),
  muted: row(
    "guitar",
    strings("muted", { ringS: 0.5, bright: 0.6, place: 0.1, body: 0, round: 0 }, 0.04),
  ),
  banjo: row(
    "guitar",
    strings("banjo", { ringS: 1.4, bright: 0.95, place: 0.07, body: 0.2, round: 0 }, 0.1),
  ),
  harp: row(
    "strings",
    strings("harp", { ringS: 4.5, bright: 0.35, place: 0.3, body: 0, round: 0 }, 1.2),
  ),

  finger: row(
    "bass",
    strings("finger", { ringS: 4, bright: 0.25, place: 0.2, body: 0, round: 0.35 }, 0.08),
    { lowCut: 32 },
  ),
  upright: row(
    "bass",
    strings("upright", { ringS: 1.9, bright: 0.12, place: 0.3, body: 0.4, round: 0.5 }, 0.1),
    { lowCut: 32 },
  ),
  sawbass: row(
    "bass",
    wave({
      voices: 2,
      detune: 6,
      width: 0,
      cutoff: 220,
      follow: 0.3,
      sweep: 1400,
      sweepTime: 0.12,
      resonance: 0.9,
      sub: 0.5,
      attack: 0.004,
      release: 0.05,
    }),
    { lowCut: 32 },
  ),
  acid: row(
    "bass",
    wave({
      cutoff: 260,
      follow: 0.2,
      sweep: 2600,
      sweepTime: 0.11,
      resonance: 4.5,
      attack: 0.003,
      sustain: 0.7,
      release: 0.04,
    }),
    { lowCut: 32, drive: 1.6 },
  ),
  reese: row(
    "bass",
    wave({
      voices: 3,
      detune: 22,
      width: 0.2,
      cutoff: 520,
      follow: 0.2,
      sweep: -500,
      sweepTime: 0.8,
      resonance: 0.8,
      sub: 0.8,
      attack: 0.01,
      release: 0.08,
    }),
    { lowCut: 32 },
  ),
  sub: row(
    "bass",
    wave({
      spectrum: "warm",
      cutoff: 500,
      attack: 0.006,
      decay: 0.9,
      sustain: 0.55,
      release: 0.12,
      scoop: -900,
      sub: 0.2,
    }),
    { lowCut: 26, drive: 1.4 },
  ),
  trianglebass: row(
    "bass",
    wave({ spectrum: "triangle", cutoff: 9000, attack: 0.002, sustain: 1, release: 0.02 }),
    { lowCut: 32 },
  ),

  ensemble: row(
    "strings",
    wave({
      voices: 5,
      detune: 10,
      width: 0.9,
      attack: 0.11,
      sustain: 0.9,
      release: 0.35,
      cutoff: 2300,
      follow: 0.5,
      vibrato: VIBRATO,
    }),
  ),
  spiccato: row(
    "strings",
    wave({
      voices: 4,
      detune: 9,
      width: 0.8,
      attack: 0.012,
      decay: 0.3,
      sustain: 0.25,
      release: 0.12,
      cutoff: 2400,
      sweep: 1500,
      sweepTime: 0.15,
    }),
  ),
  pizzicato: row(
    "strings",
    strings("pizzicato", { ringS: 0.8, bright: 0.2, place: 0.3, body: 0.3, round: 0 }, 0.2),
  ),
  fiddle: row(
    "strings",
    wave({
      voices: 1,
      attack: 0.05,
      sustain: 0.9,
      release: 0.12,
      cutoff: 2600,
      sweep: 900,
      sweepTime: 0.2,
      breath: 0.03,
      scoop: 25,
      vibrato: { hz: 5.7, cents: 18, delay: 0.22 },
    }),
  ),

  brass: row(
    "brass",
    wave({
      voices: 3,
      detune: 7,
      width: 0.5,
      attack: 0.045,
      sustain: 0.8,
      release: 0.12,
      cutoff: 700,
      sweep: 2600,
      sweepTime: 0.35,
      scoop: 20,
    }),
  ),
  horn: row(
    "brass",
    wave({
      spectrum: "warm",
      voices: 2,
      detune: 5,
      width: 0.3,
      attack: 0.08,
      sustain: 0.9,
      release: 0.25,
      cutoff: 900,
      sweep: 900,
      sweepTime: 0.5,
    }),
  ),
  trumpet: row(
    "brass",
    wave({
      attack: 0.03,
      sustain: 0.85,
      release: 0.09,
      cutoff: 1300,
      sweep: 2600,
      sweepTime: 0.3,
      scoop: 30,
      vibrato: { hz: 5.2, cents: 14, delay: 0.35 },
    }),
  ),

  flute: row(
    "woodwinds",
    wave({
      spectrum: "flute",
      attack: 0.05,
      sustain: 0.95,
      release: 0.12,
      cutoff: 5000,
      breath: 0.12,
      vibrato: { hz: 5, cents: 14, delay: 0.25 },
    }),
  ),
  whistle: row(
    "woodwinds",
    wave({
      spectrum: "flute",
      octave: 1,
      attack: 0.025,
      sustain: 0.95,
      release: 0.06,
      cutoff: 8000,
      breath: 0.06,
      scoop: 30,
      vibrato: { hz: 5.6, cents: 10, delay: 0.3 },
    }),
  ),
  clarinet: row(
    "woodwinds",
    wave({
      spectrum: "square",
      attack: 0.035,
      sustain: 0.95,
      release: 0.1,
      cutoff: 1600,
      breath: 0.03,
    }),
  ),
  sax: row(
    "woodwinds",
    wave({
      spectrum: "reed",
      attack: 0.03,
      sustain: 0.85,
      release: 0.1,
      cutoff: 1500,
      sweep: 1400,
      sweepTime: 0.3,
      resonance: 1.1,
      breath: 0.07,
      scoop: 45,
      vibrato: { hz: 5, cents: 16, delay: 0.3 },
    }),
  ),

  pad: row(
    "synth",
    wave({
      voices: 5,
      detune: 13,
      width: 1,
      attack: 0.8,
      sustain: 0.95,
      release: 1.4,
      cutoff: 500,
      follow: 0.3,
      sweep: -800,
      sweepTime: 1.6,
    }),
    { lowCut: 140 },
  ),
  glass: row(
    "synth",
    wave({
      spectrum: "triangle",
      voices: 4,
      detune: 8,
      width: 1,
      octave: 1,
      attack: 1.2,
      sustain: 0.9,
      release: 2,
      cutoff: 3000,
    }),
    { lowCut: 180 },
  ),
  choir: row(
    "backing_vocals",
    wave({
      spectrum: "pulse",
      voices: 5,
      detune: 14,
      width: 0.9,
      attack: 0.25,
      sustain: 0.95,
      release: 0.6,
      cutoff: 850,
      resonance: 1.6,
      breath: 0.05,
      vibrato: { hz: 5, cents: 12, delay: 0.4 },
    }),
    { lowCut: 140 },
  ),
  lead: row(
    "synth",
    wave({
      voices: 2,
      detune: 9,
      width: 0.3,
      attack: 0.015,
      sustain: 0.85,
      release: 0.15,
      cutoff: 2400,
      sweep: 2400,
      sweepTime: 0.25,
      vibrato: { hz: 5.6, cents: 12, delay: 0.3 },
    }),
  ),
  supersaw: row(
    "synth",
    wave({
      voices: 7,
      detune: 18,
      width: 1,
      attack: 0.01,
      sustain: 0.9,
      release: 0.3,
      cutoff: 3600,
      sweep: 3000,
      sweepTime: 0.4,
    }),
    { lowCut: 150 },
  ),
  stab: row(
    "synth",
    wave({
      voices: 4,
      detune: 12,
      width: 0.8,
      attack: 0.004,
      decay: 0.16,
      sustain: 0.15,
      release: 0.15,
      cutoff: 700,
      sweep: 4200,
      sweepTime: 0.09,
      resonance: 1.1,
    }),
    { lowCut: 150 },
  ),
  arp: row(
    "synth",
    wave({
      spectrum: "pulse",
      voices: 2,
      detune: 7,
      width: 0.6,
      attack: 0.003,
      decay: 0.2,
      sustain: 0.25,
      release: 0.12,
      cutoff: 900,
      sweep: 3600,
      sweepTime: 0.12,
      resonance: 1,
    }),
    { lowCut: 150 },
  ),
  chip: row(
    "synth",
    wave({
      spectrum: "pulse",
      attack: 0.002,
      decay: 0.3,
      sustain: 0.6,
      release: 0.03,
      cutoff: 14_000,
      vibrato: { hz: 6.5, cents: 14, delay: 0.18 },
    }),
  ),
  chipthin: row(
    "synth",
    wave({
      spectrum: "thin",
      attack: 0.002,
      decay: 0.12,
      sustain: 0.35,
      release: 0.03,
      cutoff: 14_000,
    }),
  ),

  acoustic: row("drums", kit("acoustic"), { lowCut: 30 }),
  machine: row("drums", kit("machine"), { lowCut: 28 }),
  brushes: row("drums", kit("brushes"), { lowCut: 30 }),
  deep: row("drums", kit("deep"), { lowCut: 26 }),
  chipkit: row("drums", kit("chip"), { lowCut: 30 }),
  hands: row("percussion", kit("hands"), { lowCut: 40 }),
  taiko: row("percussion", kit("taiko"), { lowCut: 28 }),
  shakers: row("percussion", kit("acoustic"), { lowCut: 200 }),
};

/** All instruments by the name that scores use, levelled. */
export const INSTRUMENTS: Readonly<Record<string, Instrument>> = Object.fromEntries(
  Object.entries(ROWS).map(([name, instrument]) => [
    name,
    { ...instrument, trim: TRIMS[name] ?? instrument.trim },
  ]),
);
