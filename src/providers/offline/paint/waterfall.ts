import { between } from "../chance.ts";
import { leafMass } from "../props/tree.ts";
import { isWithout } from "../scene/without.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { makeNoise, noiseSeed } from "./noise.ts";
import { makeSprite, SPRITE_FOOT } from "./sprite.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

interface Fall {
  readonly stage: Stage;
  readonly x: number;
  readonly wide: number;
  readonly top: number;
  readonly rock: Lch;
  /** Whether leaves grow over everything. */
  readonly lush: boolean;
}

/** Water that falls over a cliff into a pool, with spray, and in a jungle with leaves all round. */
export function fallLayers(stage: Stage): Layer[] {
  const { width, height, horizonY, plan } = stage;
  const dim = 1 - plan.palette.dark * 0.5;
  const fall: Fall = {
    stage,
    x: width * (plan.sun.x > 0.5 ? 0.42 : 0.58),
    wide: Math.min(width, height) * 0.19,
    top: horizonY - height * 0.41,
    rock: mix([0.42 * dim, 0.025, 70], plan.palette.near, 0.25),
    lush: isLush(stage),
  };
  const layers = [
    cachedLayer(stage, 0.45, (pen) => paintCliff(pen, fall)),
    livingLayer(stage, 0.5, (pen, { t }) => paintWater(pen, fall, t)),
    cachedLayer(stage, 0.55, (pen) => paintBanks(pen, fall)),
  ];
  return layers;
}

/** The leaves that frame the picture, in front of all else. */
export function fallFrame(stage: Stage): Layer[] {
  return isLush(stage) ? [cachedLayer(stage, 1.25, (pen) => paintFrame(pen, stage))] : [];
}

function isLush({ plan }: Stage): boolean {
  const wooded = plan.has.jungle !== undefined || plan.has.forest !== undefined;
  return wooded && !isWithout(plan, "trees");
}

function paintCliff(pen: Pen, fall: Fall): void {
  const { stage, x, wide, top, rock, lush } = fall;
  const { width, margin, horizonY, unit, plan } = stage;
  const random = stage.chance("cliff");
  const noise = makeNoise(noiseSeed(plan.seed, "cliff"));
  const edge = (px: number): number =>
    top -
    34 * unit +
    Math.exp(-(((px - x) / (wide * 0.62)) ** 2)) * 46 * unit -
    noise(px / (90 * unit), 3) * 70 * unit;
  const span = width + margin * 2;
  for (let column = 0; column < 46; column += 1) {
    const from = -margin + (span * column) / 46;
    const to = from + span / 46 + 2;
    const depth = noise(column * 0.62, 7);
    const lit = (plan.sun.x - from / width) * 0.06;
    const tone = shift(mix(rock, plan.palette.sun, 0.1), [(depth - 0.5) * 0.16 + lit, 1, 0]);
    const fill = pen.createLinearGradient(0, edge(from), 0, horizonY);
    fill.addColorStop(0, css(shift(tone, [0.07, 1, 0])));
    fill.addColorStop(0.75, css(shift(tone, [-0.04, 1, 0])));
    fill.addColorStop(1, css(shift(tone, [-0.12, 1, 0])));
    pen.fillStyle = fill;
    pen.beginPath();
    pen.moveTo(from, horizonY + 6 * unit);
    pen.lineTo(from, edge(from));
    pen.lineTo(to, edge(to));
    pen.lineTo(to, horizonY + 6 * unit);
    pen.fill();
  }
  for (let ledge = 0; ledge < 90; ledge += 1) {
    const px = between(random, -margin, width + margin);
    const py = between(random, top, horizonY - 12 * unit);
    const long = between(random, 20, 90) * unit;
    pen.strokeStyle = css(shift(rock, [ledge % 2 === 0 ? 0.1 : -0.12, 1, 0]), 0.5);
    pen.lineWidth = between(random, 2, 6) * unit;
    pen.beginPath();
    pen.moveTo(px, py);
    pen.lineTo(px + long * 0.5, py + between(random, -6, 10) * unit);
    pen.lineTo(px + long, py + between(random, -4, 14) * unit);
    pen.stroke();
  }
  paintGreen(pen, fall, edge);
  if (lush) paintPalms(pen, fall, edge);
}

function leafTone({ plan }: Stage, random: () => number): Lch {
  const dim = 1 - plan.palette.dark * 0.55;
  const autumn = plan.has.autumn !== undefined;
  return [
    between(random, 0.36, 0.56) * dim,
    0.13,
    autumn ? between(random, 40, 80) : between(random, 128, 146),
  ];
}

/** Leaves along the edge, and over the rock where it is lush. */
function paintGreen(pen: Pen, { stage, x, wide, top, lush }: Fall, edge: (px: number) => number) {
  const { width, margin, horizonY, unit } = stage;
  const random = stage.chance("cliff-green");
  const clumps = lush ? 76 : 26;
  for (let clump = 0; clump < clumps; clump += 1) {
    const px = between(random, -margin, width + margin);
    const aside = Math.abs(px - x);
    if (aside < wide * 0.66) continue;
    const hanging = lush && clump % 3 !== 0;
    const py = hanging ? between(random, top - 10 * unit, horizonY - 20 * unit) : edge(px);
    const wideLeaf = between(random, 34, 82) * unit;
    if (lush) {
      leafMass(pen, {
        leaf: [0.3, 0.08, 148],
        random,
        at: [px, py + 10 * unit, wideLeaf * 1.2, wideLeaf * 0.9],
        count: 20,
        size: 19 * unit,
      });
    }
    leafMass(pen, {
      leaf: leafTone(stage, random),
      random,
      at: [px, py, wideLeaf, wideLeaf * (hanging ? 0.8 : 0.5)],
      count: lush ? 36 : 34,
      size: 9 * unit,
    });
  }
  if (!lush) return;
  for (let vine = 0; vine < 34; vine += 1) {
    const px = between(random, -margin, width + margin);
    if (Math.abs(px - x) < wide * 0.6) continue;
    const from = edge(px);
    const long = between(random, 80, 260) * unit;
    pen.strokeStyle = css(leafTone(stage, random), 0.85);
    pen.lineWidth = between(random, 2, 4) * unit;
    pen.beginPath();
    pen.moveTo(px, from);
    pen.quadraticCurveTo(
      px + 20 * unit,
      from + long * 0.6,
      px + between(random, -14, 22) * unit,
      from + long,
    );
    pen.stroke();
  }
}

function paintPalms(pen: Pen, { stage, x, wide }: Fall, edge: (px: number) => number): void {
  const { width, height } = stage;
  const random = stage.chance("cliff-palms");
  for (const share of [0.08, 0.22, 0.78, 0.93, 0.34, 0.66]) {
    const px = share * width;
    if (Math.abs(px - x) < wide * 0.8) continue;
    const sprite = makeSprite(stage, {
      art: { draw: "tree", kind: "palm", colour: [0.5, 0.14, 138], motion: null, phase: 0 },
      name: `fall-palm-${share}`,
      height: height * between(random, 0.11, 0.16),
      flipped: share > 0.5,
      haze: 0.12,
      glows: false,
    });
    const { canvas, width: wideSheet, height: high } = sprite.sheet;
    pen.drawImage(canvas, px - wideSheet / 2, edge(px) + 14 * stage.unit - high * SPRITE_FOOT);
  }
}

function paintWater(pen: Pen, fall: Fall, t: number): void {
  const { stage, x, wide, top } = fall;
  const { horizonY, plan, unit } = stage;
  const noise = makeNoise(noiseSeed(plan.seed, "fall"));
  const high = horizonY - top;
  const white: Lch = [0.97 - plan.palette.dark * 0.3, 0.015, 225];
  const reach = (v: number): number => wide * (0.42 + 0.16 * v ** 1.5);
  const body = pen.createLinearGradient(x - wide * 0.6, 0, x + wide * 0.6, 0);
  const blue = mix(white, [0.72, 0.07, 225], 0.55);
  for (const [at, tone] of [
    [0, blue],
    [0.3, white],
    [0.55, mix(white, blue, 0.5)],
    [0.8, white],
    [1, blue],
  ] as const)
    body.addColorStop(at, css(tone));
  pen.fillStyle = body;
  pen.beginPath();
  pen.moveTo(x - reach(0), top + 6 * unit);
  pen.quadraticCurveTo(x - reach(0), top - 16 * unit, x - reach(0) * 0.6, top - 16 * unit);
  pen.lineTo(x + reach(0) * 0.6, top - 16 * unit);
  pen.quadraticCurveTo(x + reach(0), top - 16 * unit, x + reach(0), top + 6 * unit);
  pen.quadraticCurveTo(x + reach(0.2), top + high * 0.6, x + reach(1), horizonY + 8 * unit);
  pen.lineTo(x - reach(1), horizonY + 8 * unit);
  pen.quadraticCurveTo(x - reach(0.2), top + high * 0.6, x - reach(0), top + 6 * unit);
  pen.fill();
  pen.lineCap = "round";
  for (let strand = 0; strand < 60; strand += 1) {
    const share = (strand + 0.5) / 60 - 0.5;
    for (let piece = 0; piece < 5; piece += 1) {
      const v = (piece / 5 + t * 0.55 + noise(strand * 0.7, 2) * 1.7) % 1;
      const bright = noise(strand * 0.5 + 9, piece * 1.9);
      const tone = bright > 0.5 ? white : shift(blue, [-0.08, 1.2, 0]);
      pen.strokeStyle = css(tone, 0.25 + 0.5 * bright);
      pen.lineWidth = (1 + 4 * bright) * unit;
      pen.beginPath();
      pen.moveTo(x + share * 2 * reach(v), top + v * high);
      pen.lineTo(x + share * 2 * reach(Math.min(1, v + 0.14)), top + Math.min(1, v + 0.14) * high);
      pen.stroke();
    }
  }
  paintSpray(pen, fall, t);
}

function paintSpray(pen: Pen, { stage, x, wide }: Fall, t: number): void {
  const { horizonY, unit, height } = stage;
  const random = stage.chance("spray");
  for (let ring = 0; ring < 7; ring += 1) {
    const grow = (ring / 7 + t * 0.16) % 1;
    pen.strokeStyle = css([0.97, 0.01, 220], 0.5 * (1 - grow));
    pen.lineWidth = 3 * unit;
    pen.beginPath();
    pen.ellipse(
      x,
      horizonY + 10 * unit + grow * height * 0.05,
      wide * (0.6 + grow * 1.3),
      height * (0.012 + grow * 0.03),
      0,
      0,
      Math.PI * 2,
    );
    pen.stroke();
  }
  for (let drop = 0; drop < 34; drop += 1) {
    const sx = x + (random() - 0.5) * wide * 2.1 + Math.sin(t * 1.2 + drop) * 8 * unit;
    const sy = horizonY + between(random, -34, 14) * unit;
    const radius = unit * between(random, 24, 74);
    const fill = pen.createRadialGradient(sx, sy, 0, sx, sy, radius);
    fill.addColorStop(0, css([0.98, 0.01, 225], 0.36));
    fill.addColorStop(1, css([0.98, 0.01, 225], 0));
    pen.fillStyle = fill;
    pen.fillRect(sx - radius, sy - radius, radius * 2, radius * 2);
  }
}

/** Boulders and leaves at the water's edge. */
function paintBanks(pen: Pen, { stage, x, wide, rock, lush }: Fall): void {
  const { width, margin, horizonY, unit } = stage;
  const random = stage.chance("banks");
  for (let stone = 0; stone < 26; stone += 1) {
    const px = between(random, -margin, width + margin);
    if (Math.abs(px - x) < wide * 0.72) continue;
    const size = between(random, 18, 56) * unit;
    const py = horizonY + between(random, -4, 16) * unit;
    const fill = pen.createLinearGradient(0, py - size * 0.7, 0, py);
    fill.addColorStop(0, css(shift(rock, [0.12, 1, 0])));
    fill.addColorStop(1, css(shift(rock, [-0.14, 1, 0])));
    pen.fillStyle = fill;
    pen.beginPath();
    pen.ellipse(px, py, size, size * between(random, 0.45, 0.7), 0, Math.PI, 0);
    pen.fill();
    if (lush && stone % 2 === 0)
      leafMass(pen, {
        leaf: leafTone(stage, random),
        random,
        at: [px + size * 0.5, py - size * 0.3, size * 1.3, size * 0.7],
        count: 30,
        size: 9 * unit,
      });
  }
}

/** Large dark leaves at the corners, out of which one looks. */
function paintFrame(pen: Pen, stage: Stage): void {
  const { width, height, margin, plan } = stage;
  const random = stage.chance("frame");
  const dim = 1 - plan.palette.dark * 0.6;
  for (const [x, y, toward] of [
    [-margin * 0.5, height * 1.02, -0.9],
    [width + margin * 0.5, height * 1.02, -2.25],
    [-margin * 0.5, -height * 0.02, 0.7],
    [width + margin * 0.5, -height * 0.02, 2.4],
  ] as const) {
    for (let leaf = 0; leaf < 7; leaf += 1) {
      const angle = toward + (leaf / 6 - 0.5) * 1.5;
      const long = height * between(random, 0.17, 0.3) * (y < height / 2 ? 0.75 : 1);
      paintLeaf(pen, { x, y, angle, long, tone: [between(random, 0.2, 0.34) * dim, 0.09, 145] });
    }
  }
}

interface Leaf {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly long: number;
  readonly tone: Lch;
}

function paintLeaf(pen: Pen, { x, y, angle, long, tone }: Leaf): void {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  const fill = pen.createLinearGradient(0, -long * 0.16, 0, long * 0.16);
  fill.addColorStop(0, css(shift(tone, [0.1, 1.1, -6])));
  fill.addColorStop(0.5, css(tone));
  fill.addColorStop(1, css(shift(tone, [-0.06, 1, 0])));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.bezierCurveTo(long * 0.25, -long * 0.2, long * 0.7, -long * 0.18, long, 0);
  pen.bezierCurveTo(long * 0.7, long * 0.16, long * 0.25, long * 0.18, 0, 0);
  pen.fill();
  pen.strokeStyle = css(shift(tone, [0.14, 1, -4]), 0.7);
  pen.lineWidth = long * 0.012;
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(long * 0.96, 0);
  for (let rib = 1; rib < 8; rib += 1) {
    const at = (rib / 8) * long * 0.9;
    const side = long * 0.12 * Math.sin((rib / 8) * Math.PI);
    pen.moveTo(at, 0);
    pen.lineTo(at + long * 0.07, -side);
    pen.moveTo(at, 0);
    pen.lineTo(at + long * 0.07, side);
  }
  pen.stroke();
  pen.restore();
}
