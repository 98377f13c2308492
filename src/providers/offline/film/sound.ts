import { type Chance, makeChance } from "../chance.ts";
import type { ScenePlan } from "../scene/plan.ts";
import { SAMPLE_RATE, type Sound } from "./aac.ts";

/** What sounds in a film, each with its loudness. */
interface Voice {
  readonly kind:
    | "wind"
    | "waves"
    | "rain"
    | "birds"
    | "crickets"
    | "city"
    | "hum"
    | "fire"
    | "bubbles"
    | "pad"
    | "stream";
  readonly level: number;
}

/** The air of a scene: what one would hear there, and a quiet chord under it. Never silent. */
export function ambience(plan: ScenePlan, seconds: number): Sound {
  const count = Math.round(seconds * SAMPLE_RATE);
  const sound = { left: new Float32Array(count), right: new Float32Array(count) };
  const chance = makeChance(plan.seed);
  for (const voice of voicesOf(plan))
    VOICES[voice.kind]({ sound, chance, plan, level: voice.level });
  level(sound);
  return sound;
}

function voicesOf(plan: ScenePlan): Voice[] {
  const { setting, has, palette } = plan;
  const voices: Voice[] = [{ kind: "pad", level: 0.5 }];
  const add = (kind: Voice["kind"], loud: number): void => void voices.push({ kind, level: loud });
  if (["sea", "coast", "beach", "ice"].includes(setting)) add("waves", 0.9);
  if (["lake", "river", "waterfall"].includes(setting))
    add("stream", setting === "waterfall" ? 0.9 : 0.35);
  if (["city", "street", "road", "railway"].includes(setting)) add("city", 0.7);
  if (setting === "undersea") add("bubbles", 0.7);
  if (
    [
      "room",
      "library",
      "kitchen",
      "corridor",
      "table",
      "space",
      "cave",
      "stage",
      "backdrop",
    ].includes(setting)
  )
    add("hum", 0.5);
  const outdoors = [
    "lake",
    "river",
    "meadow",
    "hills",
    "forest",
    "jungle",
    "farm",
    "mountains",
    "savanna",
  ].includes(setting);
  if (outdoors) add(palette.dark > 0.6 ? "crickets" : "birds", 0.5);
  if (has.rain !== undefined || has.storm !== undefined) add("rain", 0.9);
  if (
    has.embers !== undefined ||
    setting === "volcano" ||
    plan.subjects.some((s) => ["campfire", "candle"].includes(s.draw))
  )
    add("fire", 0.7);
  if (outdoors || ["desert", "snowfield", "ice", "sky", "marscape"].includes(setting)) {
    add("wind", has.storm !== undefined || has.wind !== undefined ? 0.9 : 0.45);
  }
  return voices;
}

interface Performance {
  readonly sound: Sound;
  readonly chance: Chance;
  readonly plan: ScenePlan;
  readonly level: number;
}

const VOICES: Readonly<Record<Voice["kind"], (performance: Performance) => void>> = {
  wind: (at) => noiseBed(at, { name: "wind", low: 380, swing: 260, hertz: 0.11, gain: 0.32 }),
  waves: (at) => {
    noiseBed(at, { name: "waves", low: 520, swing: 380, hertz: 0.13, gain: 0.6 });
    noiseBed(at, { name: "foam", low: 2600, swing: 1600, hertz: 0.09, gain: 0.12 });
  },
  stream: (at) => noiseBed(at, { name: "stream", low: 1500, swing: 350, hertz: 0.7, gain: 0.2 }),
  rain: (at) => {
    noiseBed(at, { name: "rain", low: 4200, swing: 300, hertz: 0.2, gain: 0.2 });
    drops(at, { name: "drops", perSecond: 220, low: 2000, high: 6000, gain: 0.05 });
  },
  city: (at) => {
    noiseBed(at, { name: "city", low: 190, swing: 60, hertz: 0.07, gain: 1 });
    noiseBed(at, { name: "cars", low: 700, swing: 420, hertz: 0.19, gain: 0.12 });
  },
  hum: (at) => noiseBed(at, { name: "hum", low: 130, swing: 20, hertz: 0.05, gain: 0.7 }),
  fire: (at) => {
    noiseBed(at, { name: "fire", low: 300, swing: 120, hertz: 0.9, gain: 0.3 });
    drops(at, { name: "crackle", perSecond: 14, low: 900, high: 3800, gain: 0.35 });
  },
  bubbles: (at) => {
    noiseBed(at, { name: "deep", low: 160, swing: 50, hertz: 0.1, gain: 0.9 });
    drops(at, { name: "bubbles", perSecond: 5, low: 350, high: 950, gain: 0.3 });
  },
  birds: (at) =>
    chirps(at, { name: "birds", every: 1.1, base: 2600, spread: 2000, notes: 5, gain: 0.12 }),
  crickets: (at) =>
    chirps(at, { name: "crickets", every: 0.42, base: 4200, spread: 260, notes: 4, gain: 0.05 }),
  pad,
};

interface Bed {
  readonly name: string;
  /** Middle of the wandering low-pass, and how far it wanders, in hertz. */
  readonly low: number;
  readonly swing: number;
  readonly hertz: number;
  readonly gain: number;
}

function noiseBed({ sound, chance, level }: Performance, bed: Bed): void {
  for (const [index, channel] of [sound.left, sound.right].entries()) {
    const random = chance(`sound-${bed.name}-${index}`);
    let first = 0;
    let second = 0;
    let high = 0;
    const phase = index * 0.7 + random() * 6;
    for (let at = 0; at < channel.length; at += 1) {
      const swing = Math.sin((at / SAMPLE_RATE) * bed.hertz * Math.PI * 2 + phase);
      const cut = Math.min(0.6, ((bed.low + bed.swing * swing) * Math.PI * 2) / SAMPLE_RATE);
      first += cut * (random() * 2 - 1 - first);
      second += cut * (first - second);
      high += 0.004 * (second - high);
      channel[at] = (channel[at] ?? 0) + (second - high) * bed.gain * level * (0.72 + 0.28 * swing);
    }
  }
}

interface Drops {
  readonly name: string;
  readonly perSecond: number;
  readonly low: number;
  readonly high: number;
  readonly gain: number;
}

function drops(
  { sound, chance, level }: Performance,
  { name, perSecond, low, high, gain }: Drops,
): void {
  const random = chance(`sound-${name}`);
  const { left, right } = sound;
  const count = Math.round((left.length / SAMPLE_RATE) * perSecond);
  for (let drop = 0; drop < count; drop += 1) {
    const from = Math.floor(random() * left.length);
    const pitch = low + (high - low) * random() ** 2;
    const pan = random();
    const strength = gain * level * random() ** 2;
    const long = Math.min(left.length - from, Math.round(SAMPLE_RATE * (0.006 + 14 / pitch)));
    for (let at = 0; at < long; at += 1) {
      const value = Math.sin((at / SAMPLE_RATE) * pitch * 6.283) * strength * (1 - at / long) ** 3;
      left[from + at] = (left[from + at] ?? 0) + value * (1 - pan);
      right[from + at] = (right[from + at] ?? 0) + value * pan;
    }
  }
}

interface Chirps {
  readonly name: string;
  /** Seconds between calls, about. */
  readonly every: number;
  readonly base: number;
  readonly spread: number;
  readonly notes: number;
  readonly gain: number;
}

function chirps({ sound, chance, level }: Performance, call: Chirps): void {
  const random = chance(`sound-${call.name}`);
  const { left, right } = sound;
  for (
    let time = random() * call.every;
    time < left.length / SAMPLE_RATE;
    time += call.every * (0.4 + random() * 1.4)
  ) {
    const pan = random();
    const pitch = call.base + random() * call.spread;
    const strength = call.gain * level * (0.3 + 0.7 * random());
    const notes = 2 + Math.floor(random() * call.notes);
    for (let note = 0; note < notes; note += 1) {
      const from = Math.floor((time + note * 0.085) * SAMPLE_RATE);
      const bend = (random() - 0.4) * 900;
      const long = Math.min(left.length - from, Math.floor(SAMPLE_RATE * 0.06));
      let phase = 0;
      for (let at = 0; at < long; at += 1) {
        const share = at / long;
        phase += ((pitch + bend * share) * 6.283) / SAMPLE_RATE;
        const value = Math.sin(phase) * Math.sin(Math.PI * share) ** 2 * strength;
        left[from + at] = (left[from + at] ?? 0) + value * (1 - pan);
        right[from + at] = (right[from + at] ?? 0) + value * pan;
      }
    }
  }
}

/** Two chords that lean into each other; their colour follows the mood. */
function pad({ sound, chance, plan, level }: Performance): void {
  const random = chance("sound-pad");
  const root = 36 + Math.floor(random() * 10);
  const minor = plan.mood === "sad" || plan.mood === "scary" || plan.palette.dark > 0.7;
  const chords = minor
    ? [
        [0, 7, 15, 22],
        [-4, 8, 12, 15],
      ]
    : [
        [0, 7, 16, 23],
        [5, 9, 12, 19],
      ];
  const { left, right } = sound;
  chords.flat().forEach((step, index) => {
    const hertz = 440 * 2 ** ((root + 12 + step - 69) / 12);
    const second = index >= 4;
    const detune = 1 + (random() - 0.5) * 0.004;
    for (let at = 0; at < left.length; at += 1) {
      const t = at / SAMPLE_RATE;
      const turn = 0.5 - 0.5 * Math.cos((t * Math.PI * 2) / 8);
      const swell = (second ? turn : 1 - turn) * 0.05 * level;
      const slow = 0.8 + 0.2 * Math.sin(t * (0.5 + index * 0.13));
      left[at] =
        (left[at] ?? 0) +
        (Math.sin(t * hertz * 6.2832) + 0.3 * Math.sin(t * hertz * 12.566)) * swell * slow;
      right[at] =
        (right[at] ?? 0) +
        (Math.sin(t * hertz * detune * 6.2832) + 0.3 * Math.sin(t * hertz * 12.58)) * swell * slow;
    }
  });
}

/** Brings the whole to a quiet, even level, softly bounded, with short fades at both ends. */
function level({ left, right }: Sound): void {
  let energy = 0;
  for (let at = 0; at < left.length; at += 1)
    energy += (left[at] ?? 0) ** 2 + (right[at] ?? 0) ** 2;
  const gain = 0.11 / Math.max(0.0001, Math.sqrt(energy / (left.length * 2)));
  const fadeIn = SAMPLE_RATE / 12;
  const fadeOut = SAMPLE_RATE / 2;
  for (let at = 0; at < left.length; at += 1) {
    const edge = Math.min(1, (at + 1) / fadeIn, (left.length - at) / fadeOut);
    left[at] = Math.tanh((left[at] ?? 0) * gain * 1.05) * 0.9 * edge;
    right[at] = Math.tanh((right[at] ?? 0) * gain * 1.05) * 0.9 * edge;
  }
}
