import type { Chord, Section } from "../score.ts";
import type { Mode } from "../theory.ts";

/** What an accompanying part needs to know of the song. */
export interface Band {
  readonly seed: number;
  readonly key: number;
  readonly mode: Mode;
  readonly barBeats: number;
  readonly swing: number;
  readonly looseMs: number;
  readonly bpm: number;
  readonly sections: readonly Section[];
  readonly chords: readonly Chord[];
}

/** One bar that a part fills. */
export interface BarSpot {
  readonly beat: number;
  readonly section: Section;
  /** Position of the bar in its section and how many there are. */
  readonly bar: number;
  readonly bars: number;
  /** The very last bar of the song. */
  readonly final: boolean;
  /** The section after this one is louder. */
  readonly rising: boolean;
}

/** The bars of a song with what happens round them. */
export function barsOf(band: Pick<Band, "sections" | "barBeats">): readonly BarSpot[] {
  return band.sections.flatMap((section, index) => {
    const bars = Math.max(1, Math.round(section.beats / band.barBeats));
    const next = band.sections[index + 1];
    return Array.from({ length: bars }, (_, bar) => ({
      beat: section.beat + bar * band.barBeats,
      section,
      bar,
      bars,
      final: next === undefined && bar === bars - 1,
      rising: (next?.energy ?? 0) > section.energy + 0.1,
    }));
  });
}

/** The row of a part for the energy of a section: the first is the quietest. */
export function rowIndex(count: number, energy: number, from: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(((energy - from) / (1.001 - from)) * count)));
}

/** A step of a row that sounds. */
export interface RowStep {
  /** From the start of the bar, swung. */
  readonly beat: number;
  /** Beats to the next step that sounds. */
  readonly gap: number;
  readonly sign: string;
}

/** Reads a row of four steps a beat in a bar of any length. */
export function readRow(row: string, band: Pick<Band, "barBeats" | "swing">): readonly RowStep[] {
  const count = Math.round(band.barBeats * 4);
  const found: { step: number; sign: string }[] = [];
  for (let step = 0; step < count; step += 1) {
    const sign = row.charAt(step % row.length);
    if (sign !== "-" && sign !== " ") found.push({ step, sign });
  }
  return found.map(({ step, sign }, index) => {
    const beat = swung(step / 4, band.swing);
    const next = found[index + 1];
    const end = next === undefined ? band.barBeats : swung(next.step / 4, band.swing);
    return { beat, gap: end - beat, sign };
  });
}

/** Moves what lies between the beats: the half of a beat comes at `swing`. */
export function swung(beat: number, swing: number): number {
  const whole = Math.floor(beat + 1e-9);
  const rest = beat - whole;
  if (rest < 1e-9) return beat;
  return whole + (rest <= 0.5 ? rest * 2 * swing : swing + (rest - 0.5) * 2 * (1 - swing));
}
