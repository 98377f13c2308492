import { chanceOf } from "../chance.ts";
import { type DrumRecipe, head, hiss, metal, skin } from "./drum-sounds.ts";
import { recall } from "./sample-bank.ts";
import type { Stage, Tone } from "./stage.ts";

/** The drums of every kit, by their General MIDI numbers. */
export const DRUMS = {
  kick: 36,
  rim: 37,
  snare: 38,
  clap: 39,
  tomLow: 45,
  hat: 42,
  pedal: 44,
  open: 46,
  tomMid: 47,
  crash: 49,
  tomHigh: 50,
  ride: 51,
  tambourine: 54,
  shaker: 70,
} as const;

/** One drum of a kit: its recipe, level and place from left (−1) to right (1). */
interface Drum {
  readonly recipe: DrumRecipe;
  readonly level: number;
  readonly pan: number;
}

type Kit = Readonly<Record<number, Drum>>;

const SNARE_NOISE = { low: 1500, high: 11_000, bursts: [0], rise: 0 } as const;
const CLAP = {
  low: 900,
  high: 5000,
  ring: 0.075,
  bursts: [0, 0.011, 0.022, 0.031],
  rise: 0,
  tones: [],
  toneLevel: 0,
  toneRing: 0.05,
} as const;
const NO_TONES = { tones: [], toneLevel: 0, toneRing: 0.03 } as const;

function tom(hz: number, pan: number): Drum {
  const shape = { from: hz * 1.6, to: hz, fall: 0.05, ring: 0.16, click: 0.25, drive: 1.1 };
  return { recipe: skin(shape), level: 0.6, pan };
}

const ACOUSTIC: Kit = {
  36: {
    recipe: skin({ from: 150, to: 52, fall: 0.024, ring: 0.11, click: 0.5, drive: 1.4 }),
    level: 0.85,
    pan: 0,
  },
  37: {
    recipe: hiss({
      low: 900,
      high: 4200,
      ring: 0.012,
      bursts: [0],
      rise: 0,
      tones: [480, 1720],
      toneLevel: 0.35,
      toneRing: 0.018,
    }),
    level: 0.55,
    pan: 0.12,
  },
  38: {
    recipe: hiss({
      ...SNARE_NOISE,
      ring: 0.085,
      tones: [186, 331],
      toneLevel: 0.32,
      toneRing: 0.05,
    }),
    level: 0.62,
    pan: 0.05,
  },
  39: { recipe: hiss(CLAP), level: 0.85, pan: -0.05 },
  42: {
    recipe: metal({ hz: 320, low: 7000, ring: 0.026, noise: 0.5, ping: 0.4 }),
    level: 0.3,
    pan: 0.32,
  },
  44: {
    recipe: metal({ hz: 300, low: 6000, ring: 0.02, noise: 0.6, ping: 0.1 }),
    level: 0.22,
    pan: 0.32,
  },
  45: tom(92, 0.4),
  46: {
    recipe: metal({ hz: 320, low: 6500, ring: 0.19, noise: 0.5, ping: 0.3 }),
    level: 0.26,
    pan: 0.32,
  },
  47: tom(124, 0.05),
  49: {
    recipe: metal({ hz: 270, low: 3800, ring: 0.55, noise: 1.1, ping: 0.5 }),
    level: 0.3,
    pan: -0.4,
  },
  50: tom(165, -0.3),
  51: {
    recipe: metal({ hz: 410, low: 4500, ring: 0.3, noise: 0.25, ping: 1.2 }),
    level: 0.22,
    pan: -0.3,
  },
  54: {
    recipe: hiss({ low: 5500, high: 14_000, ring: 0.06, bursts: [0], rise: 0.004, ...NO_TONES }),
    level: 0.4,
    pan: -0.45,
  },
  70: {
    recipe: hiss({ low: 4800, high: 12_000, ring: 0.03, bursts: [0], rise: 0.018, ...NO_TONES }),
    level: 0.38,
    pan: 0.5,
  },
};

const MACHINE: Kit = {
  ...ACOUSTIC,
  36: {
    recipe: skin({ from: 190, to: 47, fall: 0.03, ring: 0.15, click: 0.35, drive: 2.2 }),
    level: 0.9,
    pan: 0,
  },
  38: {
    recipe: hiss({
      ...SNARE_NOISE,
      low: 1900,
      ring: 0.11,
      tones: [196, 242],
      toneLevel: 0.4,
      toneRing: 0.06,
    }),
    level: 0.6,
    pan: 0,
  },
  42: {
    recipe: metal({ hz: 400, low: 8500, ring: 0.02, noise: 0.2, ping: 0.2 }),
    level: 0.36,
    pan: 0.2,
  },
  46: {
    recipe: metal({ hz: 400, low: 8000, ring: 0.14, noise: 0.3, ping: 0 }),
    level: 0.3,
    pan: 0.2,
  },
};

const KITS: Readonly<Record<string, Kit>> = {
  acoustic: ACOUSTIC,
  machine: MACHINE,
  brushes: {
    ...ACOUSTIC,
    36: {
      recipe: skin({ from: 110, to: 58, fall: 0.02, ring: 0.12, click: 0.15, drive: 1 }),
      level: 0.6,
      pan: 0,
    },
    38: {
      recipe: hiss({
        low: 1100,
        high: 7000,
        ring: 0.12,
        bursts: [0],
        rise: 0.02,
        tones: [190],
        toneLevel: 0.06,
        toneRing: 0.05,
      }),
      level: 0.42,
      pan: 0.1,
    },
  },
  deep: {
    ...MACHINE,
    36: {
      recipe: skin({ from: 130, to: 46, fall: 0.035, ring: 0.24, click: 0.3, drive: 1.8 }),
      level: 0.9,
      pan: 0,
    },
  },
  chip: {
    ...ACOUSTIC,
    36: {
      recipe: skin({ from: 320, to: 60, fall: 0.02, ring: 0.06, click: 0, drive: 5 }),
      level: 0.55,
      pan: 0,
    },
    38: {
      recipe: hiss({ low: 600, high: 9000, ring: 0.06, bursts: [0], rise: 0, ...NO_TONES }),
      level: 0.6,
      pan: 0,
    },
    42: {
      recipe: hiss({ low: 6000, high: 16_000, ring: 0.012, bursts: [0], rise: 0, ...NO_TONES }),
      level: 0.4,
      pan: 0,
    },
  },
  hands: {
    ...ACOUSTIC,
    36: { recipe: head({ hz: 78, ring: 0.12, slap: 0.3 }), level: 0.8, pan: 0 },
    38: { recipe: head({ hz: 215, ring: 0.06, slap: 0.9 }), level: 0.5, pan: -0.2 },
  },
  taiko: {
    ...ACOUSTIC,
    36: { recipe: head({ hz: 58, ring: 0.3, slap: 0.8 }), level: 1, pan: 0 },
    38: { recipe: head({ hz: 98, ring: 0.18, slap: 1 }), level: 0.7, pan: 0.25 },
    45: { recipe: head({ hz: 72, ring: 0.24, slap: 0.7 }), level: 0.8, pan: -0.25 },
  },
};

const VARIANTS = 4;

/** Adds one hit to the stage. No two neighbours are the same: four takes a drum, drawn in turn. */
export function playDrum(kitName: string, tone: Tone, stage: Stage): void {
  const kit = KITS[kitName] ?? ACOUSTIC;
  const drum = kit[tone.midi];
  if (drum === undefined) return;
  const variant = Math.floor(tone.chance() * VARIANTS);
  const sample = recall(`drum:${kitName}:${tone.midi}:${variant}`, (name) => {
    const chance = chanceOf(11, name);
    return drum.recipe({ tune: 0.99 + 0.02 * chance(), decay: 0.96 + 0.08 * chance(), chance });
  });
  const gain = drum.level * tone.velocity ** 1.4;
  const left = gain * Math.sqrt(1 - drum.pan);
  const right = gain * Math.sqrt(1 + drum.pan);
  const count = Math.min(sample.length, stage.left.length - tone.at);
  for (let index = 0; index < count; index += 1) {
    const value = sample[index] ?? 0;
    const at = tone.at + index;
    stage.left[at] = (stage.left[at] ?? 0) + value * left;
    stage.right[at] = (stage.right[at] ?? 0) + value * right;
  }
}
