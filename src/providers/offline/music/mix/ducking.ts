import { styleNamed } from "../data/styles.ts";
import type { Score } from "../score.ts";
import type { Stem } from "../synth/instrument.ts";
import { DRUMS } from "../synth/kits.ts";
import { RATE, type Stage } from "../synth/stage.ts";
import type { TempoMap } from "../tempo.ts";

const BLOCK = 64;

/** Makes room: chords step back while somebody sings, and machines breathe with the kick. */
export interface Ducking {
  /** Lowers a window of a part of this stem in place. `from` counts samples of the song. */
  apply(stem: Stem, stage: Stage, window: { readonly from: number; readonly count: number }): void;
}

/**
 * Reads from the notes, never from sound, when parts make room: so each stem ducks alone as it does
 * in the mix.
 */
export function duckingOf(score: Score, tempo: TempoMap): Ducking {
  const kicks = styleNamed(score.style).looseMs <= 2 ? kickTimes(score, tempo) : [];
  const sung = sungSpans(score, tempo);
  return {
    apply(stem, stage, { from, count }) {
      const kickDepth = kicks.length === 0 ? 0 : (KICK_DEPTH[stem] ?? 0);
      const voiceDepth = sung.length === 0 ? 0 : (VOICE_DEPTH[stem] ?? 0);
      if (kickDepth === 0 && voiceDepth === 0) return;
      for (let at = 0; at < count; at += BLOCK) {
        const seconds = (from + at) / RATE;
        const gain =
          1 - kickDepth * sinceKick(kicks, seconds) - voiceDepth * singing(sung, seconds);
        const end = Math.min(count, at + BLOCK);
        for (let index = at; index < end; index += 1) {
          stage.left[index] = (stage.left[index] ?? 0) * gain;
          stage.right[index] = (stage.right[index] ?? 0) * gain;
        }
      }
    },
  };
}

const KICK_DEPTH: Readonly<Partial<Record<Stem, number>>> = {
  bass: 0.45,
  synth: 0.4,
  keyboard: 0.25,
  strings: 0.25,
};
const VOICE_DEPTH: Readonly<Partial<Record<Stem, number>>> = {
  synth: 0.28,
  strings: 0.25,
  keyboard: 0.2,
  guitar: 0.2,
  brass: 0.25,
  woodwinds: 0.25,
};

function kickTimes(score: Score, tempo: TempoMap): readonly number[] {
  return score.parts
    .filter((part) => part.id === "drums")
    .flatMap((part) => part.notes.filter((note) => note.midi === DRUMS.kick))
    .map((note) => tempo.seconds(note.beat))
    .sort((a, b) => a - b);
}

function sinceKick(kicks: readonly number[], seconds: number): number {
  const at = lastBefore(kicks.length, (index) => (kicks[index] ?? 0) <= seconds);
  if (at < 0) return 0;
  return Math.exp(-(seconds - (kicks[at] ?? 0)) / 0.11);
}

type Span = readonly [number, number];

function sungSpans(score: Score, tempo: TempoMap): readonly Span[] {
  const voice = score.parts.find((part) => part.instrument === "voice");
  const spans: [number, number][] = [];
  for (const note of voice?.notes ?? []) {
    const start = tempo.seconds(note.beat);
    const end = tempo.seconds(note.beat + note.beats);
    const last = spans.at(-1);
    if (last !== undefined && start - last[1] < 0.5) last[1] = end;
    else spans.push([start, end]);
  }
  return spans;
}

/** 1 while somebody sings, with ramps of 0.15 s. */
function singing(spans: readonly Span[], seconds: number): number {
  const at = lastBefore(spans.length, (index) => (spans[index]?.[0] ?? 0) - 0.15 <= seconds);
  const span = spans[at];
  if (span === undefined) return 0;
  const into = (seconds - span[0] + 0.15) / 0.15;
  const outOf = (span[1] + 0.3 - seconds) / 0.3;
  return Math.max(0, Math.min(1, into, outOf));
}

function lastBefore(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
