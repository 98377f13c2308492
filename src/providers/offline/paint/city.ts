import { between, type Random } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { planeColour } from "./land.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

interface Tower {
  readonly x: number;
  readonly wide: number;
  readonly top: number;
  readonly roof: "flat" | "steps" | "gable" | "antenna" | "tank" | "dome";
  readonly windows: "dots" | "bands" | "columns";
}

/** A skyline in four planes by a small grammar of roofs and windows; lit at night. */
export function cityLayers(stage: Stage): Layer[] {
  const random = stage.chance("city");
  const side = stage.plan.sun.x > 0.5;
  // What the picture is of stands on the side away from the sun, and before sky if it is a tower.
  const rival = stage.plan.subjects[0]?.category === "building";
  const focus = side !== rival ? 0.38 : 0.62;
  const layers: Layer[] = [];
  for (let plane = 0; plane < (rival ? 3 : 4); plane += 1) {
    const towers = makeTowers(stage, { random, focus, plane, rise: rival ? 0.5 : 1 });
    const nearness = 0.12 + plane * 0.22;
    layers.push(
      cachedLayer(stage, 0.12 + plane * 0.1, (pen) => {
        for (const tower of towers) drawTower(pen, { stage, tower, nearness, random });
        const mist = pen.createLinearGradient(
          0,
          stage.horizonY - stage.height * 0.2,
          0,
          stage.horizonY,
        );
        mist.addColorStop(0, css(stage.plan.palette.sky[3], 0));
        mist.addColorStop(1, css(stage.plan.palette.sky[3], 0.3 * (1 - nearness * 0.8)));
        pen.fillStyle = mist;
        pen.fillRect(
          -stage.margin,
          stage.horizonY - stage.height * 0.2,
          stage.width + 2 * stage.margin,
          stage.height * 0.2,
        );
      }),
    );
  }
  if (stage.plan.palette.dark > 0.3) layers.push(beaconLayer(stage));
  return layers;
}

interface Skyline {
  readonly random: Random;
  /** Where its highest towers are, as a fraction of the width. */
  readonly focus: number;
  /** 0 for the farthest. */
  readonly plane: number;
  /** Heights beside the usual. */
  readonly rise: number;
}

function makeTowers(stage: Stage, { random, focus, plane, rise: share }: Skyline): Tower[] {
  const { width, height, margin, horizonY } = stage;
  const towers: Tower[] = [];
  const scale = 1 + plane * 0.12;
  for (let x = -margin; x < width + margin; ) {
    const wide = Math.min(width, height * 1.4) * between(random, 0.035, 0.085) * scale;
    const bell = Math.exp(-(((x / width - focus) / 0.24) ** 2));
    const rise =
      (0.07 + 0.1 * random() + bell * between(random, 0.16, 0.46)) * (1 - plane * 0.17) * share;
    towers.push({
      x,
      wide,
      top: horizonY - height * rise,
      roof:
        (["flat", "steps", "gable", "antenna", "tank", "dome", "steps"] as const)[
          Math.floor(random() * 7)
        ] ?? "flat",
      windows: (["dots", "bands", "columns"] as const)[Math.floor(random() * 3)] ?? "dots",
    });
    x += wide * between(random, 0.82, 1.25);
  }
  return towers;
}

interface TowerWork {
  readonly stage: Stage;
  readonly tower: Tower;
  readonly nearness: number;
  readonly random: Random;
}

function drawTower(pen: Pen, { stage, tower, nearness, random }: TowerWork): void {
  const { horizonY, plan, unit } = stage;
  const { x, wide, top } = tower;
  const night = plan.palette.dark > 0.5 ? -0.09 - 0.05 * (1 - nearness) : 0;
  const colour = shift(planeColour(stage, nearness), [
    night + between(random, -0.025, 0.025),
    0.4,
    between(random, -8, 8),
  ]);
  const lit = mix(colour, plan.palette.sun, 0.22 * (1 - plan.palette.dark * 0.5));
  const fill = pen.createLinearGradient(0, top, 0, horizonY);
  fill.addColorStop(0, css(colour));
  fill.addColorStop(1, css(mix(colour, plan.palette.sky[3], 0.4 * (1 - nearness))));
  pen.fillStyle = fill;
  pen.fillRect(x, top, wide, horizonY - top + 2);
  drawRoof(pen, tower, { unit });
  pen.fillStyle = css(lit, 0.55);
  pen.fillRect(plan.sun.x > 0.5 ? x + wide * 0.84 : x, top, wide * 0.16, horizonY - top);
  drawWindows(pen, { stage, tower, nearness, random });
}

function drawRoof(
  pen: Pen,
  { x, wide, top, roof }: Tower,
  { unit }: { readonly unit: number },
): void {
  if (roof === "steps") {
    pen.fillRect(x + wide * 0.14, top - wide * 0.3, wide * 0.72, wide * 0.32);
    pen.fillRect(x + wide * 0.3, top - wide * 0.6, wide * 0.4, wide * 0.32);
  } else if (roof === "gable" || roof === "dome") {
    pen.beginPath();
    pen.moveTo(x, top + 1);
    if (roof === "gable") pen.lineTo(x + wide / 2, top - wide * 0.5);
    else pen.arc(x + wide / 2, top, wide / 2, Math.PI, 0);
    pen.lineTo(x + wide, top + 1);
    pen.fill();
  } else if (roof === "antenna") {
    pen.fillRect(x + wide * 0.3, top - wide * 0.25, wide * 0.4, wide * 0.27);
    pen.fillRect(x + wide * 0.48, top - wide * 1.1, Math.max(1, 2.4 * unit), wide);
  } else if (roof === "tank") {
    pen.fillRect(x + wide * 0.55, top - wide * 0.4, wide * 0.26, wide * 0.26);
    pen.fillRect(x + wide * 0.6, top - wide * 0.16, wide * 0.16, wide * 0.18);
  }
}

const LIGHTS: readonly Lch[] = [
  [0.9, 0.13, 85],
  [0.93, 0.07, 95],
  [0.86, 0.06, 220],
];

function drawWindows(pen: Pen, { stage, tower, nearness, random }: TowerWork): void {
  const { horizonY, unit, plan } = stage;
  const dark = plan.palette.dark;
  const cell = unit * (7 + 7 * nearness);
  const columns = Math.max(2, Math.floor((tower.wide * 0.86) / cell));
  const step = (tower.wide * 0.86) / columns;
  for (
    let y = tower.top + cell;
    y < horizonY - cell;
    y += cell * (tower.windows === "bands" ? 1.1 : 1.35)
  ) {
    for (let column = 0; column < columns; column += 1) {
      const on = random() < 0.12 + 0.36 * dark;
      const tone = LIGHTS[Math.floor(random() * 3)] ?? LIGHTS[0];
      if (tone === undefined || (!on && dark > 0.6)) continue;
      pen.fillStyle = on
        ? css(
            plan.paletteName === "neon" && random() < 0.4 ? [0.75, 0.2, 330] : tone,
            0.25 + 0.7 * dark,
          )
        : css([0.3, 0.03, 250], 0.2);
      const wide =
        tower.windows === "bands"
          ? step * 0.94
          : tower.windows === "columns"
            ? step * 0.4
            : step * 0.56;
      pen.fillRect(
        tower.x + tower.wide * 0.07 + column * step,
        y,
        wide,
        cell * (tower.windows === "columns" ? 1.1 : 0.62),
      );
    }
  }
}

function beaconLayer(stage: Stage): Layer {
  const random = stage.chance("beacons");
  const beacons = Array.from({ length: 9 }, () => ({
    x: random(),
    y: between(random, 0.55, 0.85),
    phase: random() * 6,
  }));
  return livingLayer(stage, 0.3, (pen, { t }) => {
    for (const { x, y, phase } of beacons) {
      const on = Math.max(0, Math.sin(t * 2.2 + phase)) ** 2;
      pen.fillStyle = css([0.65, 0.24, 25], 0.3 + 0.7 * on);
      pen.beginPath();
      pen.arc(x * stage.width, stage.horizonY * y, stage.unit * (1.6 + 1.8 * on), 0, Math.PI * 2);
      pen.fill();
    }
  });
}
