import type { Lch } from "../paint/colour.ts";

/** What somebody wears. */
export interface Outfit {
  readonly top: Lch;
  readonly legs: Lch;
  readonly hair: Lch;
  readonly skin: Lch;
  readonly long?: "skirt" | "coat" | "robe" | "dress" | "tutu" | "tail";
  readonly hat?:
    | "wizard"
    | "crown"
    | "helmet"
    | "straw"
    | "cook"
    | "cap"
    | "bubble"
    | "santa"
    | "halo"
    | "horns"
    | "witch"
    | "tricorn";
  readonly hairLong?: boolean;
  readonly cape?: Lch;
  readonly prop?: "staff" | "sword" | "mic" | "cane" | "wings" | "pack";
  /** Head size beside a grown person's. */
  readonly head?: number;
}

/** Colours of skin. */
export const SKIN: readonly Lch[] = [
  [0.8, 0.06, 58],
  [0.7, 0.08, 55],
  [0.52, 0.08, 50],
  [0.4, 0.06, 48],
];
/** Brown hair, the usual. */
export const BROWN: Lch = [0.28, 0.05, 50];
const NAVY: Lch = [0.32, 0.07, 265];
const BONE: Lch = [0.92, 0.02, 90];

/** What each sort of person wears. */
export const OUTFITS: Readonly<Record<string, Partial<Outfit>>> = {
  woman: {
    top: [0.55, 0.19, 20],
    legs: [0.5, 0.17, 18],
    hair: BROWN,
    long: "dress",
    hairLong: true,
  },
  man: { top: NAVY, legs: [0.26, 0.03, 265], hair: BROWN },
  girl: {
    top: [0.76, 0.15, 90],
    legs: [0.7, 0.15, 85],
    hair: [0.42, 0.08, 55],
    long: "skirt",
    hairLong: true,
    head: 1.3,
  },
  boy: { top: [0.56, 0.17, 250], legs: [0.4, 0.06, 75], hair: BROWN, head: 1.3, hat: "cap" },
  coat: { top: [0.55, 0.16, 35], legs: [0.26, 0.03, 265], hair: BROWN, long: "coat", prop: "pack" },
  elder: {
    top: [0.45, 0.05, 230],
    legs: [0.35, 0.03, 60],
    hair: [0.88, 0.01, 90],
    long: "coat",
    prop: "cane",
  },
  wizard: {
    long: "robe",
    hat: "wizard",
    prop: "staff",
    hair: [0.92, 0.01, 90],
    legs: [0.3, 0.1, 290],
    hairLong: true,
  },
  witch: {
    long: "robe",
    hat: "witch",
    hair: [0.42, 0.13, 45],
    legs: [0.22, 0.03, 300],
    hairLong: true,
  },
  pirate: {
    hat: "tricorn",
    top: [0.5, 0.19, 25],
    legs: [0.25, 0.03, 265],
    hair: [0.16, 0.01, 280],
    long: "coat",
    prop: "sword",
  },
  knight: {
    hat: "helmet",
    prop: "sword",
    legs: [0.5, 0.02, 250],
    hair: [0.5, 0.02, 250],
    cape: [0.48, 0.19, 25],
  },
  samurai: {
    long: "robe",
    prop: "sword",
    hair: [0.15, 0.01, 280],
    legs: [0.3, 0.03, 280],
    hat: "horns",
  },
  queen: {
    long: "dress",
    hat: "crown",
    hair: [0.36, 0.09, 45],
    legs: [0.4, 0.16, 20],
    cape: [0.4, 0.14, 300],
    hairLong: true,
  },
  royal: { long: "robe", hat: "crown", hair: BROWN, legs: [0.5, 0.15, 20], cape: [0.55, 0.2, 25] },
  astronaut: { hat: "bubble", legs: [0.9, 0.01, 250], hair: BROWN, prop: "pack" },
  alien: { skin: [0.7, 0.19, 140], legs: [0.6, 0.17, 140], hair: [0.7, 0.19, 140], head: 1.7 },
  skeleton: { skin: BONE, top: [0.2, 0.01, 280], legs: BONE, hair: BONE, head: 1.2 },
  hero: {
    cape: [0.52, 0.22, 25],
    legs: [0.4, 0.15, 262],
    top: [0.45, 0.17, 262],
    hair: [0.18, 0.01, 280],
  },
  dancer: { long: "tutu", hair: BROWN, legs: [0.84, 0.06, 20] },
  singer: {
    top: [0.2, 0.01, 280],
    legs: [0.24, 0.03, 265],
    hair: [0.25, 0.04, 40],
    prop: "mic",
    hairLong: true,
  },
  chef: { hat: "cook", legs: [0.3, 0.01, 260], hair: BROWN, long: "skirt" },
  doctor: { long: "coat", legs: [0.45, 0.07, 230], hair: BROWN },
  farmer: { hat: "straw", legs: [0.42, 0.09, 260], top: [0.56, 0.17, 27], hair: BROWN },
  angel: {
    long: "dress",
    prop: "wings",
    hat: "halo",
    hair: [0.82, 0.11, 88],
    legs: [0.95, 0.02, 90],
    hairLong: true,
  },
  mermaid: { long: "tail", hair: [0.55, 0.18, 30], hairLong: true, top: [0.62, 0.15, 300] },
  clown: { hat: "santa", top: [0.55, 0.21, 27], legs: [0.52, 0.2, 27], hair: [0.96, 0.01, 90] },
  runner: { top: [0.64, 0.19, 35], legs: [0.22, 0.02, 265], hair: BROWN },
};
