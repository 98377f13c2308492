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
}

/** Name, leg, long, deep, neck, lift, head, snout, thick, ear, tail and extra of each animal. */
const TABLE = `
fox 34 74 22 24 42 13 17 4 point bush mask
wolf 42 78 25 26 35 14 18 5 point bush mask
dog 40 72 24 24 50 15 15 5 flop curl none
cat 36 70 22 18 48 15 5 4.5 point long none
horse 50 74 26 40 52 11 22 4 small horse mane
unicorn 50 74 26 40 52 11 22 4 small horse horn
zebra 48 74 27 36 50 11 21 4 small thin stripes
cow 40 92 34 20 24 15 17 6 round thin patches
sheep 34 74 34 16 40 12 13 4 flop short wool
goat 42 68 26 22 50 12 14 4 flop short horns
pig 26 88 40 8 10 20 13 6 flop short none
deer 50 64 22 36 62 10 15 3.2 long short antlers
bear 32 92 44 20 18 19 13 11 round short none
panda 32 84 44 16 24 22 9 11 round short panda
elephant 40 88 50 14 22 24 8 10 big thin trunk
rhino 28 104 46 18 -4 18 22 10 small thin tusk
giraffe 38 36 14 44 72 5 9 2.2 small thin spots
lion 38 86 28 20 32 18 11 6 round thin crest
leopard 38 88 24 18 26 14 8 5 round long spots
tiger 36 92 28 20 20 17 9 7 round long stripes
monkey 38 54 26 14 62 18 7 6 round long none
rabbit 22 56 34 14 50 18 7 7 long short none
squirrel 22 44 28 14 62 17 8 6 point bush none
mouse 16 70 40 12 14 22 16 4 big long none
camel 46 72 26 40 44 10 16 4.5 small thin hump
crocodile 16 190 34 24 -4 20 62 8 small long none
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
  return [name, { leg, long, deep, neck, lift, head, snout, thick, ear, tail, extra }];
}
