import { present } from "../../../lib/assert.ts";

/** How a four-legged animal is built; lengths are hundredths of its height. */
export interface Build {
  /** Legs, body length, body depth. */
  readonly leg: number;
  readonly long: number;
  readonly deep: number;
  /** Neck length and its angle over the horizontal, degrees. */
  readonly neck: number;
  readonly lift: number;
  readonly head: number;
  readonly snout: number;
  /** Thickness of the legs. */
  readonly thick: number;
  /** `point`, `round`, `long`, `flop`, `big` or `small`. */
  readonly ear: string;
  /** `bush`, `thin`, `short`, `horse`, `curl` or `long`. */
  readonly tail: string;
  /** What sets it apart: a mane, a horn, stripes, a trunk, or `none`. */
  readonly extra: string;
  /** Whether the belly is drawn in, as that of those who run. */
  readonly slim: boolean;
  /** What it stands on. */
  readonly foot: "paw" | "hoof" | "column";
  /** Which way the face points: along and down, for each length of the snout. */
  readonly droop: readonly [along: number, down: number];
}

const SLIM = new Set(
  "fox wolf dog cat horse unicorn zebra deer goat lion leopard tiger giraffe".split(" "),
);
const HOOFED = new Set("horse unicorn zebra cow sheep goat pig deer camel giraffe".split(" "));
const COLUMNED = new Set(["elephant", "rhino"]);
/** Long faces hang. */
const LONG_FACED = new Set("horse unicorn zebra deer camel giraffe cow".split(" "));

/** Name, leg, long, deep, neck, lift, head, snout, thick, ear, tail and extra of each animal. */
const TABLE = `
fox 36 66 25 24 42 13 17 4 point bush mask
wolf 44 68 29 26 35 14 18 5 point bush mask
dog 42 60 29 20 48 13.5 13 4.2 flop curl hound
cat 38 60 25 18 48 15 5 4.5 point long none
horse 50 66 31 34 52 9.5 21 3.4 small horse mane
unicorn 50 66 31 34 52 9.5 21 3.4 small horse horn
zebra 48 66 32 30 50 9.5 20 3.4 small thin stripes
cow 38 84 40 16 24 12.5 15 5 round thin patches
sheep 30 66 40 16 40 12 13 4 flop short wool
goat 42 60 31 22 50 12 14 4 flop short horns
pig 24 74 46 8 10 20 13 6 flop short none
deer 52 56 26 36 62 10 15 3.2 long short antlers
bear 32 80 50 20 18 19 13 11 round short none
panda 30 74 50 16 24 22 9 11 round short panda
elephant 40 80 56 8 16 21 6 9 large thin trunk
rhino 28 94 52 18 -4 18 22 10 small thin tusk
giraffe 38 32 16 44 72 5 9 2.2 small thin spots
lion 40 72 34 20 32 18 11 6 round thin crest
leopard 40 74 29 18 26 14 8 5 round long spots
tiger 38 78 34 20 20 17 9 7 round long stripes
monkey 38 44 30 14 62 18 7 6 round long none
rabbit 22 56 34 14 50 18 7 7 long short none
squirrel 22 44 28 14 62 17 8 6 point bush none
mouse 14 56 44 12 14 22 16 4 big long none
camel 48 62 31 40 44 10 16 4.5 small thin hump
crocodile 16 170 34 24 -4 20 62 8 small long none
`;

const BUILDS = new Map(TABLE.trim().split("\n").map(readRow));

/** How an animal is built; one that is unknown is built as a dog. */
export function beastBuild(kind: string): Build {
  return present(BUILDS.get(kind) ?? BUILDS.get("dog"), "The build of a dog");
}

function readRow(line: string): readonly [string, Build] {
  const [name = "", ...cells] = line.split(" ");
  const [leg = 0, long = 0, deep = 0, neck = 0, lift = 0, head = 0, snout = 0, thick = 0] = cells
    .slice(0, 8)
    .map(Number);
  const [ear = "", tail = "", extra = ""] = cells.slice(8);
  const foot = HOOFED.has(name) ? "hoof" : COLUMNED.has(name) ? "column" : "paw";
  const droop = LONG_FACED.has(name) ? ([0.72, 0.72] as const) : ([1, 0.24] as const);
  const shape = { slim: SLIM.has(name), foot, droop } as const;
  return [name, { leg, long, deep, neck, lift, head, snout, thick, ear, tail, extra, ...shape }];
}
