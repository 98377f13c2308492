import type { Score } from "../score.ts";
import { onsetLength } from "../synth/voice-track.ts";
import { tempoMap } from "../tempo.ts";

/** A sung line and when it begins, seconds. */
export interface TimedLine {
  readonly atS: number;
  readonly endS: number;
  readonly text: string;
}

/** When each line of a song begins: with its first consonant. In the order of time. */
export function timedLines(score: Score): readonly TimedLine[] {
  const tempo = tempoMap(score);
  const notes = score.parts.find((part) => part.instrument === "voice")?.notes ?? [];
  return score.lines.flatMap((line) => {
    const first = notes[line.from];
    const last = notes[line.to - 1];
    if (first === undefined || last === undefined) return [];
    const atS = Math.max(0, tempo.seconds(first.beat) - onsetLength(first.syllable ?? "-"));
    return [{ atS, endS: tempo.seconds(last.beat + last.beats), text: line.text }];
  });
}

/** Lines as `[mm:ss.xx] text`, joined by line feeds; empty for instrumental music. */
export function lrcOf(score: Score): string {
  return timedLines(score)
    .map(({ atS, text }) => `[${clock(atS)}] ${text}`)
    .join("\n");
}

function clock(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const minutes = Math.floor(hundredths / 6000);
  const rest = (hundredths % 6000) / 100;
  return `${String(minutes).padStart(2, "0")}:${rest.toFixed(2).padStart(5, "0")}`;
}
