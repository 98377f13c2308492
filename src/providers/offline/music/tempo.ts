import type { Score } from "./score.ts";

/** Turns beats of a score into seconds and back. */
export interface TempoMap {
  /** Seconds from the start at which a beat falls. */
  seconds(beat: number): number;
  /** The beat that falls at a time. */
  beat(seconds: number): number;
}

/** Reads the tempo list of a score: each entry holds from its beat to the next one. */
export function tempoMap(score: Pick<Score, "tempo" | "bpm">): TempoMap {
  const rows: Row[] = [];
  let at = 0;
  for (const [beat, bpm] of score.tempo.length > 0 ? score.tempo : [[0, score.bpm] as const]) {
    const before = rows.at(-1);
    if (before !== undefined) at += ((beat - before.beat) * 60) / before.bpm;
    rows.push({ beat, bpm, at });
  }
  return {
    seconds(beat) {
      const row = lastRow(rows, (candidate) => candidate.beat <= beat);
      return row.at + ((beat - row.beat) * 60) / row.bpm;
    },
    beat(seconds) {
      const row = lastRow(rows, (candidate) => candidate.at <= seconds);
      return row.beat + ((seconds - row.at) * row.bpm) / 60;
    },
  };
}

interface Row {
  readonly beat: number;
  readonly bpm: number;
  readonly at: number;
}

function lastRow(rows: readonly Row[], holds: (row: Row) => boolean): Row {
  return rows.findLast(holds) ?? rows[0] ?? { beat: 0, bpm: 120, at: 0 };
}
