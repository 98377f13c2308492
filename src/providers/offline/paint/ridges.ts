import { between } from "../chance.ts";
import type { Lch } from "./colour.ts";
import type { Stage } from "./stage.ts";

/** How a line of hills or peaks runs. */
export interface Ridge {
  /** 0 at the horizon, 1 at the viewer's feet: decides colour and detail. */
  readonly nearness: number;
  /** Height of the highest point over its foot, as a fraction of the frame's height. */
  readonly rise: number;
  /** The foot, in pixels. */
  readonly foot: number;
  readonly shape: "peaks" | "hills" | "dunes" | "mesa" | "trees" | "islands";
  readonly name: string;
  /** Where the highest point stands (fraction of the width) and how wide its mass is. */
  readonly heroX: number;
  readonly reach: number;
  /** Share of the hero in the shape, 0 to 1. */
  readonly hero: number;
  readonly snow: boolean;
  readonly tint?: Lch;
}

/** Planes of each kind of land, from far to near: shape, nearness, rise, hero, reach, flags. */
const TABLE = `
peaks: peaks .08 .285 .75 .5 other,snow; peaks .24 .46 .75 .34 snow
peaks: peaks .42 .22 .6 .34 other; trees .62 .138 .35 .6
mountains: peaks .08 .198 .75 .5 other,snow; peaks .24 .32 .75 .34 snow
mountains: peaks .42 .154 .6 .34 other; trees .62 .096 .35 .6
hills: hills .1 .15 .75 .6 other; hills .26 .12 .75 .5; trees .44 .07 .3 .7
dunes: dunes .1 .1 .75 .6 other; dunes .3 .17 .75 .5; dunes .5 .08 .75 .34 other,lower
mesa: mesa .15 .2 .75 .3 other; mesa .35 .26 .75 .24
islands: islands .2 .12 1 .3
trees: trees .4 .1 .3 .8
`;

const ROWS = Map.groupBy(
  TABLE.trim()
    .split("\n")
    .flatMap((line) => {
      const [land = "", planes = ""] = line.split(": ");
      return planes.split("; ").map((plane) => ({ land, plane }));
    }),
  ({ land }) => land,
);

const SHAPES = ["peaks", "hills", "dunes", "mesa", "trees", "islands"] as const;

/** The planes of a kind of land; the hero stands off the middle, a counterweight beyond it. */
export function ridgesOf(stage: Stage, far: string): readonly Ridge[] {
  const random = stage.chance("ridges");
  const heroX = [0.33, 0.36, 0.62, 0.67][Math.floor(random() * 4)] ?? 0.36;
  const away = between(random, 0.36, 0.5);
  const otherX = heroX < 0.5 ? heroX + away : heroX - away;
  const foot = stage.horizonY + stage.height * 0.012;
  const snowy = stage.plan.has.snow !== undefined || stage.plan.has.winter !== undefined;
  return (ROWS.get(far) ?? []).map(({ plane }, index) => {
    const [name = "", ...cells] = plane.split(" ");
    const [nearness = 0, rise = 0, hero = 0, reach = 0] = cells.slice(0, 4).map(Number);
    const flags = (cells[4] ?? "").split(",");
    return {
      ...{ nearness, rise, hero, reach },
      shape: SHAPES.find((shape) => shape === name) ?? "hills",
      name: "abcd".charAt(index),
      heroX: flags.includes("other") ? otherX : heroX,
      snow: snowy || flags.includes("snow"),
      foot: flags.includes("lower") ? foot + stage.height * 0.06 : foot,
    };
  });
}
