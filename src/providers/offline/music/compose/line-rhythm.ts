import { hashText } from "../chance.ts";
import type { Syllable } from "../text/pronounce.ts";
import type { Slot } from "./melody.ts";

/** Where a sung line may lie. */
export interface LineSpace {
  readonly beat: number;
  readonly beats: number;
  readonly barBeats: number;
  /** Lines of one motif share their rhythm as far as their words allow. */
  readonly motif: string;
}

/**
 * Gives each syllable its time: stressed ones on strong beats, evenly spread, and a rest of at
 * least a beat at the end. Sixteenths are used only when eighths are too few.
 */
export function lineRhythm(syllables: readonly Syllable[], space: LineSpace): readonly Slot[] {
  if (syllables.length === 0) return [];
  const rest = Math.min(space.barBeats / 2, Math.max(1, space.beats * 0.2));
  const open = space.beats - rest;
  const grid = syllables.length <= open * 2 * 0.85 ? 2 : syllables.length <= open * 4 ? 4 : 8;
  const steps = Math.max(syllables.length, Math.floor(open * grid));
  const chosen = chooseSteps(syllables, { steps, grid, space });
  return chosen.map((step, index) => {
    const beat = step / grid;
    const next = chosen[index + 1];
    const end = next === undefined ? Math.min(space.beats - 0.5, beat + 3) : next / grid;
    return {
      beat: space.beat + beat,
      beats: Math.max(0.12, end - beat),
      weight: weightOf(beat, space.barBeats),
    };
  });
}

interface Grid {
  readonly steps: number;
  readonly grid: number;
  readonly space: LineSpace;
}

function chooseSteps(syllables: readonly Syllable[], field: Grid): readonly number[] {
  const { steps, grid, space } = field;
  const ideal = steps / syllables.length;
  const paths: { value: number; from: number }[][] = [];
  for (const [index, syllable] of syllables.entries()) {
    const row: { value: number; from: number }[] = [];
    for (let step = 0; step < steps; step += 1) {
      const own = fit(syllable, weightOf(step / grid, space.barBeats)) + taste(space.motif, step);
      let best = {
        value: index === 0 && step < steps - syllables.length + 1 ? -0.12 * step : -1e9,
        from: -1,
      };
      const before = paths[index - 1];
      for (let origin = 0; before !== undefined && origin < step; origin += 1) {
        const gap = (step - origin) / ideal;
        const value = (before[origin]?.value ?? -1e9) - 0.55 * (gap - 1) ** 2;
        if (value > best.value) best = { value, from: origin };
      }
      row.push({ value: best.value + own, from: best.from });
    }
    paths.push(row);
  }
  return walkBack(paths);
}

function fit(syllable: Syllable, weight: number): number {
  if (syllable.stressed) return 1.1 * weight;
  return syllable.first ? 0.15 * weight : -0.25 * weight;
}

function taste(motif: string, step: number): number {
  return (hashText(`${motif}:${step}`) / 4294967296) * 0.45;
}

function walkBack(
  paths: readonly (readonly { readonly value: number; readonly from: number }[])[],
): readonly number[] {
  const last = paths.at(-1) ?? [];
  let at = last.reduce(
    (best, path, index) => (path.value > (last[best]?.value ?? -1e9) ? index : best),
    0,
  );
  const steps: number[] = [];
  for (let index = paths.length - 1; index >= 0; index -= 1) {
    steps.unshift(at);
    at = paths[index]?.[at]?.from ?? 0;
  }
  return steps;
}

/** How strong a place of the bar is: 1 its first beat, 0.1 a sixteenth between. */
export function weightOf(beat: number, barBeats: number): number {
  const inBar = ((beat % barBeats) + barBeats) % barBeats;
  if (inBar < 1e-6) return 1;
  if (barBeats % 2 === 0 && Math.abs(inBar - barBeats / 2) < 1e-6) return 0.8;
  if (Math.abs(inBar - Math.round(inBar)) < 1e-6) return 0.55;
  return Math.abs(inBar * 2 - Math.round(inBar * 2)) < 1e-6 ? 0.25 : 0.08;
}
