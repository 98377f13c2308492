import { chanceOf, pick } from "../chance.ts";
import type { StylePart } from "../data/style.ts";
import { type Chord, type Part, type Score, settleNote } from "../score.ts";
import { INSTRUMENTS } from "../synth/instruments.ts";
import { playPart } from "./backing.ts";
import type { Brief } from "./brief.ts";
import { type PlannedSection, planForm } from "./form.ts";
import { planChords } from "./harmony.ts";
import { type Ground, writeBacking, writeSong, writeTune } from "./lead.ts";
import type { Band } from "./rows.ts";

/** Composes a whole song. Pure: one brief gives one score, note for note. */
export function compose(brief: Brief): Score {
  return composeOver(brief, planForm(brief));
}

/**
 * Composes over sections that are given: for songs that are continued or mended.
 * @param given Chords that must be kept; the style's own when absent.
 */
export function composeOver(
  brief: Brief,
  sections: readonly PlannedSection[],
  given?: readonly Chord[],
): Score {
  const chords = given ?? planChords(brief, sections);
  const ground: Ground = { brief, sections, chords, swing: brief.style.swing };
  const band = bandOf(brief, ground);
  const song = brief.singer === null ? { notes: [], lines: [] } : writeSong(ground);
  const lead = leadOf(brief);
  const parts: Part[] = [];
  if (song.notes.length > 0) {
    parts.push(sungPart("voice", 0, song.notes));
    parts.push(sungPart("backing", -8, writeBacking(ground, song.notes)));
  }
  const tune = writeTune(ground, centreOf(lead));
  parts.push({
    id: "lead",
    instrument: lead,
    level: leadLevel(song.notes.length > 0),
    pan: 0.06,
    send: 0.32,
    notes: tune,
  });
  for (const row of brief.style.parts) {
    const part = recast(row, brief);
    const { id, instrument, pan, send } = part;
    // Trims level single notes; three or four at a time are louder by about this much.
    const level = part.level - (part.role === "chord" ? 3 : part.role === "hold" ? 2 : 0);
    parts.push({ id, instrument, level, pan, send, notes: playPart(part, band) });
  }
  const last = sections.at(-1);
  return {
    version: 1,
    seed: brief.seed,
    title: brief.title,
    tags: brief.tags,
    prompt: brief.prompt,
    style: brief.style.id,
    key: brief.key,
    mode: brief.mode,
    bpm: brief.bpm,
    barBeats: brief.barBeats,
    swing: brief.style.swing,
    tempo: tempoOf(brief, sections),
    sections: sections.map(({ kind, beat, beats, energy }) => ({ kind, beat, beats, energy })),
    chords,
    parts: parts
      .filter((part) => part.notes.length > 0 && !isRemoved(part.instrument, brief))
      .map(settlePart),
    lines: song.lines,
    singer: song.notes.length > 0 ? brief.singer : null,
    room: brief.style.room,
    beats: last === undefined ? 0 : last.beat + last.beats,
  };
}

function bandOf(brief: Brief, ground: Ground): Band {
  return {
    seed: brief.seed,
    key: brief.key,
    mode: brief.mode,
    barBeats: brief.barBeats,
    swing: brief.style.swing,
    looseMs: brief.style.looseMs,
    bpm: brief.bpm,
    sections: ground.sections,
    chords: ground.chords,
  };
}

function sungPart(instrument: "voice" | "backing", level: number, notes: Part["notes"]): Part {
  return {
    id: instrument,
    instrument,
    level,
    pan: 0,
    send: instrument === "voice" ? 0.26 : 0.42,
    notes,
  };
}

function settlePart(part: Part): Part {
  return { ...part, notes: part.notes.map(settleNote) };
}

function leadLevel(sung: boolean): number {
  return sung ? -2.5 : 0;
}

/** Who plays the tune: the instrument asked for, else one of the style's. */
function leadOf(brief: Brief): string {
  const chance = chanceOf(brief.seed, "lead");
  const drawn = pick(chance, brief.style.leads);
  const wanted = brief.solo ?? drawn;
  if (!isRemoved(wanted, brief)) return wanted;
  return brief.style.leads.find((lead) => !isRemoved(lead, brief)) ?? "piano";
}

/** Middle of the range in which an instrument sings best. */
function centreOf(instrument: string): number {
  const stem = INSTRUMENTS[instrument]?.stem ?? "keyboard";
  if (instrument === "horn" || instrument === "driven" || instrument === "clean") return 62;
  if (instrument === "musicbox" || instrument === "whistle" || instrument === "bells") return 76;
  if (stem === "guitar") return 67;
  return stem === "brass" || instrument === "sax" ? 66 : 72;
}

const CHORDAL = new Set(["keyboard", "guitar", "strings", "synth"]);

/** An instrument asked for by name takes the place of the style's first one that plays chords. */
function recast(part: StylePart, brief: Brief): StylePart {
  const { solo, style } = brief;
  if (solo === null || brief.singer === null) return part;
  if (style.parts.some(({ instrument }) => instrument === solo)) return part;
  const first = style.parts.find(({ role }) => role === "chord" || role === "arp");
  const fits = CHORDAL.has(INSTRUMENTS[solo]?.stem ?? "") && solo !== "fiddle" && solo !== "lead";
  return first?.id === part.id && fits ? { ...part, instrument: solo } : part;
}

function isRemoved(instrument: string, { removed }: Brief): boolean {
  const stem = INSTRUMENTS[instrument]?.stem;
  return removed.has(instrument) || (stem !== undefined && removed.has(stem));
}

/** Players of flesh slow down in the last two bars; machines do not. */
function tempoOf(brief: Brief, sections: readonly PlannedSection[]): Score["tempo"] {
  const last = sections.at(-1);
  if (last === undefined || brief.style.looseMs < 6) return [[0, brief.bpm]];
  const end = last.beat + last.beats;
  const first = sections[0]?.beat ?? 0;
  const start = Math.max(first, end - 2 * brief.barBeats);
  const rows: (readonly [number, number])[] = start > 0 ? [[0, brief.bpm]] : [];
  for (let beat = start; beat < end; beat += 1) {
    const slower = 1 - 0.17 * ((beat - start) / (end - start)) ** 1.5;
    rows.push([beat, Math.round(brief.bpm * slower * 100) / 100]);
  }
  return rows;
}
