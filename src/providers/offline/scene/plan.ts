import type { JsonObject } from "../../../lib/json.ts";
import { between, type Chance, makeChance, pick } from "../chance.ts";
import { type Lch, mix, shift } from "../paint/colour.ts";
import { PALETTES, type Palette, type PaletteName } from "./palettes.ts";
import { LEXICON, readColour } from "./read.ts";
import { isBacklit } from "./relations.ts";
import { SETTINGS, type SettingName } from "./settings.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import type { Mention, Tokens } from "./tokens.ts";
import { clear } from "./without.ts";

/** A scene, decided: painters only follow it. Every fraction is of the frame. */
export interface ScenePlan {
  readonly seed: number;
  readonly setting: SettingName;
  readonly palette: Palette;
  readonly paletteName: PaletteName;
  /** 0 to 24, and where it goes in a film or `null`. */
  readonly hour: number;
  readonly hourTo: number | null;
  readonly horizon: number;
  /** Where the sun or the moon stands. */
  readonly sun: { readonly x: number; readonly y: number };
  /** Whether the sun or the moon stands right behind the first subject. */
  readonly backlit: boolean;
  readonly subjects: readonly Subject[];
  /** Places, weather, season and things in the sky: strength by id, 1 is usual. */
  readonly has: Readonly<Record<string, number>>;
  /** What painters must not add: ids of entries. */
  readonly without: readonly string[];
  readonly mood: string | null;
  readonly looks: readonly string[];
  readonly accents: readonly Lch[];
  readonly title: string | null;
  readonly moves: readonly string[];
  /** Why it is so, a line for each decision, for `explain`. */
  readonly why: readonly string[];
}

/** What besides the words decides a scene. */
export interface PlanOptions {
  readonly seed: number;
  /** Colours of a reference picture, strongest first. */
  readonly reference?: readonly Lch[];
  /** How a film is told; pictures are `normal`. */
  readonly direction?: "normal" | "fun" | "spicy";
  /** Framing of a shot: `in` shows the subject larger, `out` smaller. */
  readonly framing?: "in" | "out" | null;
  /** Another hour than the words say. */
  readonly hour?: number;
}

/** Decides a scene from what was read. Pure; all chance comes from the seed. */
export function planScene(tokens: Tokens, options: PlanOptions): ScenePlan {
  const chance = makeChance(options.seed);
  const mentions = tokens.mentions.filter(({ entry }) => !tokens.banned.includes(entry.id));
  const direction = options.direction ?? "normal";
  const has = { ...readHas(mentions), ...EXTRAS[direction] };
  const subjects = subjectsOf(mentions).filter(({ id }) => !tokens.banned.includes(id));
  const backlit = isBacklit(mentions);
  const chosen = chooseSetting({ mentions, subjects, tokens, chance });
  const setting = clear(chosen, tokens.banned);
  const read = readHours(mentions, { chance, setting });
  const hours = options.hour === undefined ? read : { hour: options.hour, hourTo: null };
  const paletteName = choosePalette({ setting, hour: hours.hour, has, mentions });
  const mood = firstFact(mentions, "mood", "m");
  const accents = readAccents(mentions, options.reference ?? []);
  const tinted = tint(PALETTES[paletteName], { mood, accents, tokens, subjects, mentions });
  const palette = directPalette(tinted, direction);
  const horizon = SETTINGS[setting].horizon + between(chance("horizon"), -0.015, 0.015);
  return {
    seed: options.seed,
    setting,
    palette,
    paletteName,
    ...hours,
    horizon,
    sun: placeSun(hours.hour, { chance, horizon, backlit }),
    backlit,
    subjects,
    has,
    without: tokens.banned,
    mood,
    looks: facts(mentions, "look", "look"),
    accents,
    title: tokens.quoted[0] ?? null,
    moves: [...(options.framing ? [options.framing] : []), ...facts(mentions, "camera", "cam")],
    why: [
      `setting ${setting}, light ${paletteName}, hour ${hours.hour}`,
      ...mentions.map(({ entry, text }) => `${text}: ${entry.category} ${entry.id}`),
      ...tokens.banned.map((id) => `without ${id}`),
      ...tokens.corrected,
      ...tokens.unknown.map(({ word }) => `${word}: unknown, steers colour and texture`),
    ],
  };
}

/** What a way of telling brings along. */
const EXTRAS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  normal: {},
  fun: { confetti: 1 },
  spicy: { embers: 1 },
};

/** `fun` is more colourful; `spicy` is heat and drama: hues lean to fire, darks get darker. */
function directPalette(palette: Palette, direction: string): Palette {
  if (direction === "normal") return palette;
  const move = (colour: Lch): Lch => {
    if (direction === "fun") return shift(colour, [0.02, 1.3, 4]);
    const hot = mix(colour, [colour[0], Math.max(0.13, colour[1]), 32], 0.42);
    return shift(hot, [colour[0] < 0.5 ? -0.06 : 0, 1.2, 0]);
  };
  const [top, high, low, rim] = palette.sky;
  return {
    ...palette,
    sky: [move(top), move(high), move(low), move(rim)],
    far: move(palette.far),
    near: move(palette.near),
  };
}

/** A plan as plain JSON, for people. */
export function explainPlan(plan: ScenePlan): JsonObject {
  const { setting, paletteName, hour, subjects, looks, mood, moves, why } = plan;
  const names = subjects.map((subject) => `${subject.count} ${subject.id}`);
  return { setting, palette: paletteName, hour, subjects: names, looks, mood, moves, why };
}

function facts(mentions: readonly Mention[], category: string, fact: string): string[] {
  const found = mentions.filter((mention) => mention.entry.category === category);
  const values = found.map((mention) => mention.entry.facts[fact] ?? mention.entry.id);
  return [...new Set(values)];
}

function firstFact(...[mentions, category, fact]: [readonly Mention[], string, string]) {
  return facts(mentions, category, fact)[0] ?? null;
}

function readHas(mentions: readonly Mention[]): Record<string, number> {
  const has: Record<string, number> = {};
  for (const { entry } of mentions) {
    if (!["place", "weather", "season", "sky"].includes(entry.category)) continue;
    has[entry.id] = (has[entry.id] ?? 0) + 1;
  }
  return has;
}

interface Situation {
  readonly mentions: readonly Mention[];
  readonly subjects: readonly Subject[];
  readonly tokens: Tokens;
  readonly chance: Chance;
}

function chooseSetting({ mentions, subjects, tokens, chance }: Situation): SettingName {
  const places = mentions
    .filter(({ entry }) => entry.category === "place")
    .map(({ entry }) => entry.facts.set)
    .filter(isSetting)
    .sort((a, b) => SETTINGS[b].rank - SETTINGS[a].rank);
  const first = subjects[0];
  const [place] = places;
  if (place !== undefined) return refine(place, { places, first });
  if (isMacro(mentions, first)) return "backdrop";
  const skies = mentions.filter(({ entry }) => entry.category === "sky");
  const crossed = subjects.find(({ relation }) => relation?.how === "crosses")?.relation?.id;
  const ways = subjects.filter(({ id }) => id === crossed);
  const held = new Set(["guitar", "violin", "trumpet"]);
  const [free, carried] = [
    subjects.filter(({ draw }) => !held.has(draw)),
    subjects.filter(({ draw }) => held.has(draw)),
  ];
  for (const { id } of [...ways, ...free, ...carried, ...skies.map(({ entry }) => entry)]) {
    const implied = LEXICON.entries.find((entry) => entry.id === id)?.facts.in;
    // Sunglasses on a cat do not put the cat on a table.
    const misled = implied === "table" && first !== undefined && !TABLED.has(first.category);
    if (isSetting(implied) && !misled) return openUp(implied, skies, mentions);
  }
  const sheltered = mentions.some(({ entry }) => entry.id === "windowlight");
  if (sheltered && first !== undefined && !TABLED.has(first.category)) return "room";
  const airy = mentions.some(({ entry }) => OUTDOORS.has(entry.category));
  if (first !== undefined) {
    const large = TABLED.has(first.category) && first.metres >= 1;
    const own = BY_CATEGORY[first.category] ?? "meadow";
    return own === "table" && (airy || large) ? "hills" : own;
  }
  if (airy) {
    return pick(chance("setting"), ["mountains", "lake", "hills", "sea"]);
  }
  const hash = tokens.unknown[0]?.hash ?? 0;
  return tokens.unknown.length > 0 && hash % 3 === 0 ? "lake" : "abstract";
}

/** A small thing from near has nothing but blurred colour behind it. */
function isMacro(mentions: readonly Mention[], first: Subject | undefined): boolean {
  const near = mentions.some(({ text }) => /^(macro|close-?up|extreme_close)/.test(text));
  return near && first !== undefined && first.metres <= 0.7 && first.category !== "figure";
}

const OUTDOORS: ReadonlySet<string> = new Set(["sky", "time", "weather", "season"]);
const WATERS: ReadonlySet<SettingName> = new Set(["lake", "sea", "coast", "river", "hills"]);

/** A city by the sea is a skyline over water, and who lives below is not drawn on the shore. */
function refine(
  place: SettingName,
  {
    places,
    first,
  }: { readonly places: readonly SettingName[]; readonly first: Subject | undefined },
): SettingName {
  if (WATERS.has(place) && places.includes("city")) return "city";
  const implied = LEXICON.entries.find((entry) => entry.id === first?.id)?.facts.in;
  return place === "sea" && implied === "undersea" ? "undersea" : place;
}

/** A wood would hide what is asked for in the sky. */
function openUp(
  ...[setting, skies, mentions]: [SettingName, readonly Mention[], readonly Mention[]]
): SettingName {
  const wide = skies.some(({ entry }) => entry.id !== "sun" && entry.id !== "cloud");
  if (setting !== "forest" || !wide) return setting;
  const snowy = mentions.some(({ entry }) => entry.id === "snow" || entry.id === "winter");
  return snowy ? "snowfield" : "hills";
}

const TABLED: ReadonlySet<string> = new Set(["object", "food", "plant"]);

const BY_CATEGORY: Readonly<Record<string, SettingName>> = {
  animal: "meadow",
  figure: "hills",
  vehicle: "road",
  building: "hills",
  plant: "meadow",
  object: "table",
  food: "table",
};

function isSetting(value: string | undefined): value is SettingName {
  return value !== undefined && value in SETTINGS;
}

/** The flattering hours, for prompts that name none. */
const HOURS = [9, 15.5, 18.2, 18.8] as const;
/** Where all is green, a red evening turns leaves to mud. */
const DAYLIGHT = [9, 15.5] as const;
const GREEN: ReadonlySet<SettingName> = new Set(["jungle", "forest", "waterfall"]);

function readHours(
  mentions: readonly Mention[],
  { chance, setting }: { readonly chance: Chance; readonly setting: SettingName },
): { readonly hour: number; readonly hourTo: number | null } {
  const hours = mentions
    .filter(({ entry }) => entry.category === "time")
    .map(({ entry }) => Number(entry.facts.hour));
  const [first, second] = hours;
  const nightSky = mentions.some(({ entry }) =>
    ["stars", "moon", "aurora", "fireworks", "fireflies", "comet"].includes(entry.id),
  );
  const hour =
    first ?? (nightSky ? 23 : pick(chance("hour"), GREEN.has(setting) ? DAYLIGHT : HOURS));
  return { hour, hourTo: second !== undefined && second !== first ? second : null };
}

function choosePalette(facts: {
  readonly setting: SettingName;
  readonly hour: number;
  readonly has: Readonly<Record<string, number>>;
  readonly mentions: readonly Mention[];
}): PaletteName {
  const { setting, hour, has, mentions } = facts;
  const own = SETTINGS[setting].palette;
  if (own !== null) return own;
  if (mentions.some(({ entry }) => entry.id === "neon")) return "neon";
  if (has.storm !== undefined) return hour > 20 || hour < 5 ? "night" : "storm";
  const timed = paletteAt(hour);
  if (timed !== "noon" && timed !== "golden") return timed;
  const named = mentions.some(({ entry }) => entry.category === "time");
  if (named && timed === "golden") return timed;
  if (has.rain !== undefined || has.overcast !== undefined || has.fog !== undefined)
    return "overcast";
  if (
    has.snow !== undefined ||
    has.winter !== undefined ||
    setting === "snowfield" ||
    setting === "ice"
  )
    return "snow";
  if (has.autumn !== undefined || has.leaves !== undefined) return "autumn";
  return setting === "desert" ? "desert" : timed;
}

/** The light of an hour under an open sky. */
export function paletteAt(hour: number): PaletteName {
  if (hour < 4.8 || hour > 21) return "night";
  if (hour < 7) return "dawn";
  if (hour < 16.8) return "noon";
  if (hour < 18.5) return "golden";
  if (hour < 19.4) return "sunset";
  return hour < 20 ? "dusk" : "blueHour";
}

function readAccents(mentions: readonly Mention[], reference: readonly Lch[]): Lch[] {
  const named = mentions
    .filter(({ entry }) => entry.category === "colour")
    .map(({ entry }) => readColour(entry.facts.c))
    .filter((colour) => colour !== null);
  return [...reference, ...named];
}

interface Tint {
  readonly mood: string | null;
  readonly accents: readonly Lch[];
  readonly tokens: Tokens;
  readonly subjects: readonly Subject[];
  readonly mentions: readonly Mention[];
}

/** Lightness added, chroma times, hue added for each mood. */
const MOODS: Readonly<Record<string, readonly [number, number, number]>> = {
  calm: [0.03, 0.8, 0],
  joyful: [0.02, 1.2, 4],
  sad: [-0.05, 0.55, 10],
  scary: [-0.15, 0.8, -12],
  epic: [-0.02, 1.2, 0],
  dreamy: [0.04, 1.05, 14],
};

function tint(palette: Palette, { mood, accents, tokens, subjects, mentions }: Tint): Palette {
  const change = MOODS[mood ?? ""] ?? [0, 1, 0];
  const unknown = tokens.unknown[0];
  const turn = unknown === undefined ? 0 : ((unknown.hash % 512) / 512 - 0.5) * 30;
  // A colour that stands beside a subject is that subject's, not the sky's.
  const taken = mentions.filter((mention) => mention.colour !== null && subjects.length > 0);
  const accent = taken.length > 0 ? undefined : accents[0];
  const move = (colour: Lch, share: number): Lch => {
    const moved = shift(colour, [change[0], change[1], change[2] + turn]);
    return accent === undefined
      ? moved
      : mix(moved, [moved[0], Math.max(moved[1], accent[1] * 0.7), accent[2]], share);
  };
  const [top, high, low, rim] = palette.sky;
  return {
    ...palette,
    sky: [move(top, 0.35), move(high, 0.45), move(low, 0.6), move(rim, 0.35)],
    far: move(palette.far, 0.35),
    near: move(palette.near, 0.25),
  };
}

function placeSun(
  hour: number,
  {
    chance,
    horizon,
    backlit,
  }: { readonly chance: Chance; readonly horizon: number; readonly backlit: boolean },
): { x: number; y: number } {
  const random = chance("sun");
  const side = random() < 0.5 ? between(random, 0.2, 0.36) : between(random, 0.64, 0.8);
  const day = Math.sin((Math.PI * (hour - 5.4)) / 14.2);
  const setting = hour > 19 && hour < 20 ? 0.07 : 0.62;
  const height = day > 0.02 ? 0.06 + 0.85 * day : setting;
  return { x: side, y: horizon * (1 - Math.min(backlit ? 0.5 : 0.86, height)) };
}
