import type { Chance } from "../chance.ts";
import type { StylePart } from "../data/style.ts";
import type { Note } from "../score.ts";
import { DRUMS } from "../synth/kits.ts";
import { type Band, type BarSpot, readRow, rowIndex } from "./rows.ts";

/** One bar of a drum part: its groove, a fill where a section ends, a crash where one begins. */
export function drumBar(
  part: StylePart,
  bar: { readonly band: Band; readonly spot: BarSpot; readonly chance: Chance },
): readonly Note[] {
  const { band, spot, chance } = bar;
  const rows = part.drums[rowIndex(part.drums.length, spot.section.energy, part.from)] ?? {};
  if (spot.final) return ending(part, spot);
  const lastBar = spot.bar === spot.bars - 1;
  const fillFrom =
    lastBar && spot.bars > 1 ? band.barBeats - (chance() < 0.4 ? 2 : 1) : band.barBeats;
  const notes: Note[] = [];
  for (const [name, row] of Object.entries(rows)) {
    const midi = drumNumber(name);
    for (const { beat, sign } of readRow(row, band)) {
      const timeless = name === "hat" || name === "shaker" || name === "ride";
      if (beat >= fillFrom && !timeless) continue;
      if (sign === "." && chance() < 0.15) continue;
      notes.push(hit(spot.beat + beat, midi, strength(sign)));
    }
  }
  if (fillFrom < band.barBeats) notes.push(...fill(part, { ...bar, from: fillFrom }));
  if (spot.bar === 0 && spot.section.energy > 0.62 && hasDrum(part, "snare")) {
    notes.push(hit(spot.beat, DRUMS.crash, 0.7));
  }
  return notes;
}

function hit(beat: number, midi: number, velocity: number): Note {
  return { beat, beats: 0.1, midi, velocity };
}

function strength(sign: string): number {
  return sign === "x" ? 0.92 : sign === "o" ? 0.7 : 0.4;
}

function drumNumber(name: string): number {
  for (const [known, midi] of Object.entries(DRUMS)) if (known === name) return midi;
  return DRUMS.hat;
}

function hasDrum(part: StylePart, name: "snare" | "clap" | "tomLow"): boolean {
  return part.drums.some((rows) => rows[name] !== undefined);
}

function ending(part: StylePart, spot: BarSpot): readonly Note[] {
  const kick = hit(spot.beat, DRUMS.kick, 0.8);
  return hasDrum(part, "snare") ? [kick, hit(spot.beat, DRUMS.crash, 0.6)] : [kick];
}

const FILLS: readonly (readonly (keyof typeof DRUMS)[])[] = [
  ["snare", "snare", "tomHigh", "tomLow"],
  ["tomHigh", "tomHigh", "tomMid", "tomLow"],
  ["snare", "tomHigh", "snare", "tomLow"],
  ["snare", "snare", "snare", "snare"],
];

function fill(
  part: StylePart,
  bar: {
    readonly band: Band;
    readonly spot: BarSpot;
    readonly chance: Chance;
    readonly from: number;
  },
): readonly Note[] {
  const { band, spot, chance, from } = bar;
  if (!hasDrum(part, "snare")) return hasDrum(part, "clap") ? claps(bar) : [];
  const order = FILLS[Math.floor(chance() * FILLS.length)] ?? [];
  const grid = band.bpm > 140 ? 2 : 4;
  const count = Math.round((band.barBeats - from) * grid);
  const notes: Note[] = [];
  for (let step = 0; step < count; step += 1) {
    if (step > 0 && chance() < 0.22) continue;
    const drum = order[Math.floor((step / count) * order.length)] ?? "snare";
    const swell = 0.5 + (0.4 * (step + 1)) / count;
    notes.push(hit(spot.beat + from + step / grid, DRUMS[drum], swell));
  }
  return notes;
}

function claps({
  band,
  spot,
  from,
}: {
  readonly band: Band;
  readonly spot: BarSpot;
  readonly from: number;
}): readonly Note[] {
  const last = spot.beat + band.barBeats - 0.5;
  return spot.rising
    ? [
        hit(spot.beat + from, DRUMS.clap, 0.6),
        hit(last, DRUMS.clap, 0.7),
        hit(last + 0.25, DRUMS.clap, 0.8),
      ]
    : [];
}
