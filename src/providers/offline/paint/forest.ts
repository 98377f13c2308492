import { between } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { fogOf } from "./land.ts";
import { glow, skyLayers } from "./sky.ts";
import { makeSprite, SPRITE_FOOT, type Sprite } from "./sprite.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** Trunks in five planes with mist between them, a path of light, and beams from above. */
export function forestLayers(stage: Stage): Layer[] {
  const { plan } = stage;
  const layers: Layer[] = skyLayers(stage).slice(0, 1);
  layers.push(cachedLayer(stage, 0.04, (pen) => paintDepth(pen, stage)));
  for (let plane = 0; plane < 4; plane += 1) {
    layers.push(cachedLayer(stage, 0.16 + plane * 0.16, (pen) => paintPlane(pen, stage, plane)));
  }
  if (plan.palette.dark < 0.7) layers.push(beamLayer(stage));
  return layers;
}

function tones(stage: Stage): { readonly air: Lch; readonly leaf: Lch; readonly bark: Lch } {
  const { plan } = stage;
  const autumn = plan.has.autumn !== undefined || plan.has.leaves !== undefined;
  const snow = plan.has.snow !== undefined || plan.has.winter !== undefined;
  const dark = plan.palette.dark;
  const leaf: Lch = snow
    ? [0.6, 0.03, 200]
    : autumn
      ? [0.6, 0.15, 55]
      : plan.setting === "jungle"
        ? [0.5, 0.15, 140]
        : [0.46, 0.1, 150];
  return {
    air: mix(plan.palette.sky[3], [leaf[0] + 0.2, leaf[1] * 0.5, leaf[2]], 0.35),
    leaf: [leaf[0] * (1 - dark * 0.66), leaf[1] * (1 - dark * 0.4), leaf[2]],
    bark: [0.3 * (1 - dark * 0.5), 0.04, 50],
  };
}

function paintDepth(pen: Pen, stage: Stage): void {
  const { width, height, margin, horizonY, plan } = stage;
  const { air, leaf } = tones(stage);
  const back = pen.createLinearGradient(0, 0, 0, horizonY);
  back.addColorStop(0, css(mix(air, leaf, 0.5), 0.9));
  back.addColorStop(1, css(air, 0.92));
  pen.fillStyle = back;
  pen.fillRect(-margin, -margin, width + margin * 2, horizonY + margin + 2);
  glow(pen, {
    x: plan.sun.x * width,
    y: horizonY * 0.5,
    radius: height * 0.7,
    colour: plan.palette.sun,
    alpha: 0.75 - plan.palette.dark * 0.5,
  });
}

function paintPlane(pen: Pen, stage: Stage, plane: number): void {
  const { width, height, margin, horizonY, unit, plan } = stage;
  const random = stage.chance(`forest-${plane}`);
  const { air, leaf, bark } = tones(stage);
  const near = plane / 3;
  const foot = horizonY + (height - horizonY) * (0.02 + near * 0.5);
  const trunk = mix(air, bark, 0.25 + near * 0.7);
  const count = 19 - plane * 4;
  for (let index = 0; index < count; index += 1) {
    const spread = (index + between(random, 0.1, 0.9)) / count;
    const x = -margin + (width + margin * 2) * spread;
    const middle = Math.abs(x / width - 0.5) < 0.15 + near * 0.12;
    if (plane > 0 && middle) continue;
    const wide = unit * (12 + 40 * near ** 1.3) * between(random, 0.7, 1.3);
    paintTrunk(pen, {
      x,
      foot: foot + between(random, -6, 12) * unit * (1 + near * 2),
      wide,
      colour: trunk,
      stage,
    });
  }
  paintCanopy(pen, { stage, near, colour: mix(air, leaf, 0.3 + near * 0.65), random });
  paintFloor(pen, {
    stage,
    foot,
    near,
    colour: mix(air, floorColour(stage, leaf), 0.3 + near * 0.7),
    random,
  });
  const mist = pen.createLinearGradient(0, foot - height * 0.26, 0, foot + height * 0.05);
  mist.addColorStop(0, css(plan.palette.sky[3], 0));
  mist.addColorStop(1, css(air, Math.min(0.7, 0.42 * (1 - near) * fogOf(stage))));
  pen.fillStyle = mist;
  pen.fillRect(-margin, foot - height * 0.26, width + margin * 2, height * 0.31);
}

function floorColour({ plan }: Stage, leaf: Lch): Lch {
  const dark = 1 - plan.palette.dark * 0.6;
  if (plan.has.snow !== undefined || plan.has.winter !== undefined) return [0.92 * dark, 0.02, 245];
  if (plan.has.autumn !== undefined || plan.has.leaves !== undefined)
    return [0.54 * dark, 0.13, 58];
  return shift(leaf, [-0.04, 1, -8]);
}

interface Trunk {
  readonly x: number;
  readonly foot: number;
  readonly wide: number;
  readonly colour: Lch;
  readonly stage: Stage;
}

function paintTrunk(pen: Pen, { x, foot, wide, colour, stage }: Trunk): void {
  const sunward = stage.plan.sun.x * stage.width > x ? 1 : -1;
  const fill = pen.createLinearGradient(x - wide / 2, 0, x + wide / 2, 0);
  const lit = css(mix(colour, stage.plan.palette.sun, 0.34));
  fill.addColorStop(0, sunward < 0 ? lit : css(shift(colour, [-0.05, 1, 0])));
  fill.addColorStop(0.5, css(colour));
  fill.addColorStop(1, sunward > 0 ? lit : css(shift(colour, [-0.05, 1, 0])));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(x - wide * 0.72, foot);
  pen.quadraticCurveTo(x - wide * 0.46, foot - wide * 2, x - wide * 0.4, -stage.margin);
  pen.lineTo(x + wide * 0.36, -stage.margin);
  pen.quadraticCurveTo(x + wide * 0.46, foot - wide * 2, x + wide * 0.8, foot);
  pen.fill();
}

interface Foliage {
  readonly stage: Stage;
  readonly near: number;
  readonly colour: Lch;
  readonly random: () => number;
}

function paintCanopy(pen: Pen, { stage, near, colour, random }: Foliage): void {
  const { width, margin, horizonY, unit } = stage;
  for (let index = 0; index < 420; index += 1) {
    const x = between(random, -margin, width + margin);
    const edge = Math.abs(x / width - 0.5) * 2;
    const reach = horizonY * (0.1 + 0.42 * edge ** 1.4) * (0.6 + near * 0.8);
    const y = -margin + (reach + margin) * random() ** 1.3;
    const size = unit * (8 + 16 * near) * between(random, 0.6, 1.4);
    pen.fillStyle = css(
      shift(colour, [between(random, -0.07, 0.07), 1, between(random, -8, 8)]),
      0.85,
    );
    pen.beginPath();
    pen.ellipse(x, y, size, size * 0.6, random() * 3, 0, Math.PI * 2);
    pen.fill();
  }
}

function paintFloor(
  pen: Pen,
  { stage, foot, near, colour, random }: Foliage & { readonly foot: number },
): void {
  const { width, height, margin, unit, plan } = stage;
  const fill = pen.createLinearGradient(0, foot - 8 * unit, 0, height);
  fill.addColorStop(0, css(mix(colour, plan.palette.sun, 0.16)));
  fill.addColorStop(1, css(shift(colour, [-0.1, 1, 0])));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(-margin, height + margin);
  for (let step = 0; step <= 30; step += 1) {
    pen.lineTo(
      -margin + ((width + 2 * margin) * step) / 30,
      foot + between(random, -7, 7) * unit * (0.6 + near),
    );
  }
  pen.lineTo(width + margin, height + margin);
  pen.fill();
  for (let blade = 0; blade < 240; blade += 1) {
    const x = between(random, -margin, width + margin);
    const y = foot + (height - foot) * random() ** 1.5;
    const high = unit * (6 + 20 * near) * between(random, 0.5, 1.5);
    pen.strokeStyle = css(
      shift(colour, [between(random, -0.08, 0.1), 1, between(random, -10, 10)]),
      0.7,
    );
    pen.lineWidth = unit * (1 + near * 1.6);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.quadraticCurveTo(x, y - high * 0.6, x + between(random, -0.6, 0.6) * high, y - high);
    pen.stroke();
  }
}

function beamLayer(stage: Stage): Layer {
  const { width, height, plan } = stage;
  const random = stage.chance("beams");
  const beams = Array.from({ length: 7 }, () => ({
    x: between(random, -0.1, 1),
    wide: between(random, 0.02, 0.07),
    phase: random() * 6,
  }));
  const slant = plan.sun.x > 0.5 ? -0.34 : 0.34;
  return livingLayer(stage, 0.5, (pen, { t }) => {
    pen.globalCompositeOperation = "screen";
    for (const { x, wide, phase } of beams) {
      const fill = pen.createLinearGradient(0, 0, 0, height * 0.85);
      const alpha = 0.16 + 0.05 * Math.sin(t * 0.8 + phase);
      fill.addColorStop(0, css(plan.palette.sun, alpha));
      fill.addColorStop(1, css(plan.palette.sun, 0));
      pen.fillStyle = fill;
      pen.beginPath();
      pen.moveTo(x * width, 0);
      pen.lineTo((x + wide) * width, 0);
      pen.lineTo((x + wide * 2.4 + slant) * width, height * 0.85);
      pen.lineTo((x - wide + slant) * width, height * 0.85);
      pen.fill();
    }
  });
}

/** Single trees that stand about in open land, behind the subjects. */
export function scatterTrees(stage: Stage, kinds: readonly string[], count: number): Layer[] {
  if (kinds.length === 0 || count === 0) return [];
  const { width, height, horizonY, plan } = stage;
  const random = stage.chance("scatter");
  const trees = Array.from({ length: count }, (_, index) => {
    const far = index / count;
    return {
      x: between(random, -0.06, 1.06),
      far,
      kind: kinds[Math.floor(random() * kinds.length)] ?? "oak",
      variant: index % 3,
    };
  });
  const sprites = new Map<string, Sprite>();
  const spriteOf = (kind: string, variant: number): Sprite => {
    const key = `${kind}-${variant}`;
    const sprite = sprites.get(key) ?? scatteredTree(stage, { kind, variant });
    sprites.set(key, sprite);
    return sprite;
  };
  return [
    cachedLayer(stage, 0.42, (pen) => {
      for (const { x, far, kind, variant } of trees) {
        if (Math.abs(x - 0.5) < 0.2 && far > 0.5) continue;
        const shore = plan.setting === "beach" ? 0.34 : 0;
        if (shore > 0 && Math.abs(x - 0.5) < 0.3) continue;
        const y = horizonY + (height - horizonY) * (0.015 + shore + far * 0.16);
        const sprite = spriteOf(kind, variant);
        const scale = (height * (0.09 + far * 0.17)) / sprite.height;
        const { canvas, width: wide, height: high } = sprite.sheet;
        pen.globalAlpha = 0.74 + 0.26 * far;
        pen.drawImage(
          canvas,
          x * width - (wide * scale) / 2,
          y - high * scale * SPRITE_FOOT,
          wide * scale,
          high * scale,
        );
      }
      pen.globalAlpha = 1;
    }),
  ];
}

/** One of the few trees that stand about many times, as high as the nearest of them. */
function scatteredTree(
  stage: Stage,
  { kind, variant }: { readonly kind: string; readonly variant: number },
): Sprite {
  const autumn: Lch = [0.62, 0.15, 35 + variant * 14];
  const green: Lch = kind === "pine" ? [0.36, 0.08, 155] : [0.46, 0.12, 130 + variant * 5];
  return makeSprite(stage, {
    art: {
      draw: kind === "cactus" ? "cactus" : "tree",
      kind,
      colour: stage.plan.has.autumn !== undefined ? autumn : green,
      motion: null,
      phase: 0,
    },
    name: `scatter-${kind}-${variant}`,
    height: stage.height * 0.26,
    flipped: variant > 1,
    haze: 0.12,
    glows: false,
  });
}
