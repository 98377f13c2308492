import { chanceOf } from "../chance.ts";
import type { Section, SectionKind } from "../score.ts";
import type { Brief } from "./brief.ts";

/** A section with the words that are sung in it. */
export interface PlannedSection extends Section {
  readonly lines: readonly string[];
  /** Bars that a sung line takes. */
  readonly lineBars: number;
}

/** Length of a song when nobody asks for one, seconds. */
export const USUAL_S = 60;

const ENERGY: Readonly<Record<SectionKind, number>> = {
  intro: 0.35,
  verse: 0.58,
  prechorus: 0.68,
  chorus: 0.92,
  bridge: 0.5,
  break: 0.3,
  solo: 0.78,
  outro: 0.42,
};

/** Letters of the forms below; each stands for four bars. */
const LETTERS: Readonly<Record<string, SectionKind>> = {
  v: "verse",
  c: "chorus",
  b: "bridge",
  k: "break",
  s: "solo",
};

const FORMS: Readonly<Record<Brief["style"]["form"], readonly string[]>> = {
  song: [
    "c",
    "vc",
    "vcc",
    "vvcc",
    "vvcbc",
    "vvccbc",
    "vvccbcc",
    "vvccvcbc",
    "vvccvvccc",
    "vvccvvccbc",
    "vvccvvccbcc",
    "vvccvvccsbcc",
  ],
  theme: [
    "v",
    "vc",
    "vvc",
    "vvcv",
    "vvcvc",
    "vvccvc",
    "vvccsvc",
    "vvccssvc",
    "vvccssbvc",
    "vvccvvccvc",
    "vvccvvssccv",
    "vvccvvssccvc",
  ],
  build: [
    "c",
    "vc",
    "vkc",
    "vvkc",
    "vckcc",
    "vvckcc",
    "vvcckcc",
    "vvcckvcc",
    "vvcckvccc",
    "vvccksvccc",
    "vvccvkvcccc",
    "vvccvvkkcccc",
  ],
  rounds: [
    "v",
    "vv",
    "vvv",
    "vvvs",
    "vvvss",
    "vvvsss",
    "vvvsssv",
    "vvvsssvv",
    "vvvsssccc",
    "vvvsssvvvc",
    "vvvsssvvvcc",
    "vvvsssvvvccc",
  ],
};

/** Lays out the sections of a song so that it lasts about as long as asked, from a beat on. */
export function planForm(brief: Brief, startBeat: number = 0): readonly PlannedSection[] {
  const barS = (brief.barBeats * 60) / brief.bpm;
  const wanted = brief.durationS ?? USUAL_S;
  // The last chord rings for about two seconds after the last bar.
  const bars = Math.max(4, Math.round((wanted - 2) / barS));
  const sung = brief.lyrics.filter((section) => section.lines.length > 0);
  const plan =
    brief.singer !== null && sung.length > 0 ? sungPlan(brief, bars) : playedPlan(brief, bars);
  return place(brief, plan, startBeat);
}

interface Stretch {
  readonly kind: SectionKind;
  readonly bars: number;
  readonly lines: readonly string[];
  readonly lineBars: number;
}

function stretch(kind: SectionKind, bars: number): Stretch {
  return { kind, bars, lines: [], lineBars: 2 };
}

function playedPlan(brief: Brief, bars: number): readonly Stretch[] {
  const intro = bars >= 24 ? 4 : bars >= 10 ? 2 : 0;
  const outro = bars >= 14 ? 2 : 1;
  const middle = Math.max(2, bars - intro - outro);
  const units = Math.floor(middle / 4);
  const forms = FORMS[brief.style.form];
  const form = formOf(forms, units);
  const body = [...form].map((letter) => stretch(LETTERS[letter] ?? "verse", 4));
  const rest = middle - units * 4;
  const plan = joinEqual(body);
  const extra = rest > 0 ? [stretch(units === 0 ? "verse" : "break", rest)] : [];
  const first = intro > 0 ? [stretch("intro", intro)] : [];
  const [opening = [], ending = plan] = units > 2 ? [plan.slice(0, 1), plan.slice(1)] : [[], plan];
  return [...first, ...opening, ...extra, ...ending, stretch("outro", outro)];
}

function formOf(forms: readonly string[], units: number): string {
  if (units === 0) return "";
  const known = forms[units - 1];
  if (known !== undefined) return known;
  const longest = forms.at(-1) ?? "vc";
  const more = units - longest.length;
  return "vvcc".repeat(Math.ceil(more / 4)).slice(0, more) + longest;
}

function joinEqual(body: readonly Stretch[]): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const next of body) {
    const last = joined.at(-1);
    if (last?.kind === next.kind && last.bars < 8) {
      joined[joined.length - 1] = stretch(next.kind, last.bars + next.bars);
    } else joined.push(next);
  }
  return joined;
}

/** Sections as the lyrics say; played ones are added while the asked length leaves room. */
function sungPlan(brief: Brief, bars: number): readonly Stretch[] {
  const barS = (brief.barBeats * 60) / brief.bpm;
  const lines = brief.lyrics.reduce((sum, section) => sum + section.lines.length, 0);
  const roomy = barS > 2.9 ? 1 : 2;
  const most = Math.floor(480 / barS) - 6;
  const lineBars = lines * roomy > most ? 1 : roomy;
  const intro = introBars(bars, barS);
  const marked = brief.lyrics.some(({ kind }) => kind === "intro");
  const body: Stretch[] = [];
  let used = (marked ? 0 : intro) + 2;
  for (const section of fitting(brief, (bars - used) / lineBars)) {
    const sungBars = section.lines.length * lineBars;
    const length = sungBars === 0 ? 4 : sungBars + (sungBars % 2);
    if (used + length > most) break;
    body.push({ kind: section.kind, bars: length, lines: section.lines, lineBars });
    used += length;
  }
  const spare = brief.durationS === null ? 0 : Math.max(0, bars - used);
  if (spare >= 4)
    body.splice(Math.max(1, body.length - 1), 0, stretch("solo", spare - (spare % 2)));
  const opening = marked ? [] : [stretch("intro", intro + (spare >= 4 ? spare % 2 : spare))];
  const ending = body.at(-1)?.kind === "outro" ? [] : [stretch("outro", 2)];
  return [...opening, ...body, ...ending];
}

function introBars(bars: number, barS: number): number {
  if (bars < 12) return 1;
  return bars >= 16 && barS <= 2.5 ? 4 : 2;
}

/** Words of our own are cut to the asked length, the customer's never. */
function fitting(brief: Brief, linesMax: number): Brief["lyrics"] {
  if (!brief.lyricsMayShrink || brief.durationS === null) return brief.lyrics;
  const kept: Brief["lyrics"][number][] = [];
  let left = Math.max(1, Math.floor(linesMax));
  for (const section of brief.lyrics) {
    if (left <= 0) break;
    const lines = section.lines.slice(0, left >= 2 ? left - (left % 2 === 1 ? 1 : 0) : left);
    kept.push({ ...section, lines });
    left -= section.lines.length;
  }
  return kept;
}

function place(
  brief: Brief,
  plan: readonly Stretch[],
  startBeat: number,
): readonly PlannedSection[] {
  const chance = chanceOf(brief.seed, "form");
  const seen = new Map<SectionKind, number>();
  const lastChorus = plan.findLastIndex(({ kind }) => kind === "chorus");
  let beat = startBeat;
  return plan.map((part, index) => {
    const times = seen.get(part.kind) ?? 0;
    seen.set(part.kind, times + 1);
    const rise = index === lastChorus && times > 0 ? 0.1 : Math.min(0.12, times * 0.07);
    const energy = ENERGY[part.kind] + rise + brief.energy + (chance() - 0.5) * 0.04;
    const beats = part.bars * brief.barBeats;
    const placed = {
      kind: part.kind,
      beat,
      beats,
      energy: Math.min(1, Math.max(0.15, energy)),
      lines: part.lines,
      lineBars: part.lineBars,
    };
    beat += beats;
    return placed;
  });
}
