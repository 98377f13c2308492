import type { Chord } from "../score.ts";
import { RATE, type Stage } from "../synth/stage.ts";
import type { AskedKey } from "../theory.ts";
import { findPulse, type Pulse } from "./tempo.ts";
import { findChords, rankKeys } from "./tonality.ts";

/** What can be heard in a foreign recording. */
export interface Heard extends Pulse {
  readonly key: AskedKey;
  readonly seconds: number;
}

/** Estimates pulse and key of a recording from its first two minutes. */
export function listen(stage: Stage): Heard {
  const length = Math.min(stage.left.length, 120 * RATE);
  const opening = { left: stage.left.subarray(0, length), right: stage.right.subarray(0, length) };
  const pulse = findPulse(opening);
  const best = rankKeys(opening)[0];
  const key = { key: best?.key ?? 0, mode: best?.mode ?? "major" };
  return { ...pulse, key, seconds: stage.left.length / RATE };
}

/** One chord a bar, as heard from the first beat on. */
export function hearChords(stage: Stage, heard: Heard, barBeats: number): readonly Chord[] {
  const barS = (barBeats * 60) / heard.bpm;
  const first = firstBeat(heard);
  const bars = Math.max(1, Math.floor((heard.seconds - heard.firstBeatS) / barS));
  const spans = Array.from({ length: bars }, (_, bar) => ({
    beat: first + bar * barBeats,
    beats: barBeats,
    fromS: heard.firstBeatS + bar * barS,
    toS: heard.firstBeatS + (bar + 1) * barS,
  }));
  return findChords(stage, spans, heard.key);
}

/** The beat, counted from the start of the file, at which the first bar begins. */
export function firstBeat(heard: Pulse): number {
  return (heard.firstBeatS * heard.bpm) / 60;
}
