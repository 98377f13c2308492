import { between, type Random } from "../chance.ts";
import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, mix, shift } from "../paint/colour.ts";
import { drawLimb, drawOval, drawShape } from "./limb.ts";
import type { Tones } from "./shapes.ts";

/** How a plant is to be drawn. */
export interface PlantArt {
  readonly kind: string;
  readonly tones: Tones;
  readonly random: Random;
}

/** Draws a tree, 100 high, its foot on y = 100. */
export function drawTree(pen: Pen, art: PlantArt): void {
  const leaf = art.tones.b ?? [0.45, 0.12, 135];
  const draw = TREES[art.kind] ?? TREES.oak;
  draw?.(pen, art, leaf);
}

const BARK: Lch = [0.32, 0.05, 50];

const TREES: Readonly<Record<string, (pen: Pen, art: PlantArt, leaf: Lch) => void>> = {
  oak: (pen, art, leaf) => drawLeafy(pen, { art, leaf, size: 1 }),
  blossom: (pen, art, leaf) => drawLeafy(pen, { art, leaf, size: 1.05 }),
  bonsai: (pen, art, leaf) => {
    drawLimb(pen, BARK, [
      [0, 84, 5],
      [-9, 66, 4],
      [6, 48, 3],
      [-2, 32, 2],
    ]);
    for (const [x, y, r] of [
      [-24, 54, 18],
      [22, 42, 17],
      [-2, 24, 19],
    ] as const)
      leafMass(pen, { leaf, random: art.random, at: [x, y, r, r * 0.55], count: 60, size: 3.4 });
    drawShape(
      pen,
      [0.4, 0.08, 30],
      [
        [-26, 84],
        [26, 84],
        [20, 98],
        [-20, 98],
      ],
    );
  },
  bare: (pen, { random }) =>
    drawBranches(
      pen,
      { random, leaves: [] },
      { x: 0, y: 99, angle: -Math.PI / 2, length: 26, width: 7, depth: 7 },
    ),
  pine: (pen, { random }, leaf) => {
    drawLimb(pen, BARK, [
      [0, 99, 2.8],
      [0, 60, 1.6],
    ]);
    for (let tier = 0; tier < 9; tier += 1) {
      const y = 6 + tier * 9.2;
      const wide = 4 + tier * 3.7;
      const points: [number, number][] = [[0, y - 6]];
      for (let step = 0; step <= 10; step += 1) {
        const u = step / 10 - 0.5;
        points.push([
          -u * 2 * wide * between(random, 0.86, 1.1),
          y + 11 - Math.abs(u) * 2 + (step % 2) * 2.4,
        ]);
      }
      drawShape(pen, shift(leaf, [-0.05 + 0.03 * (tier % 2), 1, 0]), points);
      drawShape(pen, shift(leaf, [0.06, 1, -6]), [
        [0, y - 6],
        [wide * 0.55, y + 8],
        [wide * 0.1, y + 6],
      ]);
    }
  },
  palm: (pen, { random }, leaf) => {
    drawLimb(
      pen,
      [0.46, 0.06, 60],
      [
        [-8, 99, 4],
        [-5, 72, 2.8],
        [1, 48, 2.3],
        [6, 27, 2],
      ],
    );
    for (let frond = 0; frond < 10; frond += 1) {
      const a = (frond / 9) * Math.PI * 1.12 - Math.PI * 1.06;
      drawFrond(pen, {
        angle: a + between(random, -0.1, 0.1),
        tone: shift(leaf, [between(random, -0.1, 0.08), 1, 0]),
      });
    }
    for (const x of [3, 8, 6]) drawOval(pen, BARK, [x, 29, 2.4, 2.6]);
  },
  willow: (pen, { random }, leaf) => {
    drawLimb(pen, BARK, [
      [0, 99, 5],
      [-1, 62, 3.6],
      [1, 34, 3],
    ]);
    pen.lineCap = "round";
    for (let strand = 0; strand < 190; strand += 1) {
      const a = between(random, -1, 1);
      const topY = 12 + a * a * 16 + between(random, 0, 10);
      const x = a * 40;
      pen.strokeStyle = css(
        shift(leaf, [between(random, -0.14, 0.1), 1, between(random, -8, 8)]),
        0.8,
      );
      pen.lineWidth = 1.2;
      pen.beginPath();
      pen.moveTo(x * 0.5, topY);
      pen.quadraticCurveTo(x * 1.02, topY + 4, x * 1.08, topY + between(random, 40, 72));
      pen.stroke();
    }
  },
};

function drawFrond(
  pen: Pen,
  { angle, tone }: { readonly angle: number; readonly tone: Lch },
): void {
  const [x, y] = [6, 26];
  const endX = x + Math.cos(angle) * 38;
  const endY = y + Math.sin(angle) * 20 + 15;
  const midX = x + Math.cos(angle) * 24;
  const midY = y + Math.sin(angle) * 26 - 3;
  pen.strokeStyle = css(tone);
  pen.lineCap = "round";
  for (let leaf = 0; leaf <= 16; leaf += 1) {
    const t = leaf / 16;
    const px = (1 - t) ** 2 * x + 2 * t * (1 - t) * midX + t * t * endX;
    const py = (1 - t) ** 2 * y + 2 * t * (1 - t) * midY + t * t * endY;
    const long = 12 * Math.sin(Math.PI * Math.min(1, t * 0.9 + 0.12));
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(px - Math.cos(angle) * 2, py);
    pen.lineTo(px + Math.cos(angle) * long * 0.4, py + long);
    pen.stroke();
  }
  pen.lineWidth = 1.8;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.quadraticCurveTo(midX, midY, endX, endY);
  pen.stroke();
}

interface Branch {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly length: number;
  readonly width: number;
  readonly depth: number;
}

interface Growth {
  readonly random: Random;
  /** Where leaves will grow. */
  readonly leaves: [number, number][];
}

function drawBranches(pen: Pen, growth: Growth, branch: Branch): void {
  const { x, y, angle, length, width, depth } = branch;
  const endX = x + Math.cos(angle) * length;
  const endY = y + Math.sin(angle) * length;
  drawLimb(pen, BARK, [
    [x, y, width / 2],
    [endX, endY, width * 0.34],
  ]);
  if (depth <= 3) growth.leaves.push([endX, endY]);
  if (depth === 0 || length < 2) return;
  const children = growth.random() < 0.35 ? 3 : 2;
  for (let child = 0; child < children; child += 1) {
    const turn =
      (child - (children - 1) / 2) * between(growth.random, 0.55, 0.8) +
      between(growth.random, -0.2, 0.2);
    drawBranches(pen, growth, {
      x: endX,
      y: endY,
      angle: angle + turn,
      length: length * between(growth.random, 0.68, 0.84),
      width: width * 0.66,
      depth: depth - 1,
    });
  }
}

function drawLeafy(
  pen: Pen,
  { art, leaf, size }: { readonly art: PlantArt; readonly leaf: Lch; readonly size: number },
): void {
  const growth: Growth = { random: art.random, leaves: [] };
  drawBranches(pen, growth, {
    x: 0,
    y: 99,
    angle: -Math.PI / 2,
    length: 23 * size,
    width: 8,
    depth: 6,
  });
  const passes = [
    shift(leaf, [-0.12, 1, -5]),
    leaf,
    mix(shift(leaf, [0.09, 1, 5]), [0.96, 0.08, 95], 0.16),
  ];
  passes.forEach((tone, pass) => {
    for (const [x, y] of growth.leaves) {
      const spread = 8 - pass * 2;
      const px = x + between(art.random, -spread, spread) + pass * 1.4;
      const py = y + between(art.random, -spread, spread) * 0.8 - pass * 2.4;
      if (py > 78) continue;
      drawOval(
        pen,
        shift(tone, [between(art.random, -0.03, 0.03), 1, between(art.random, -6, 6)]),
        [px, py, between(art.random, 2.2, 4.8), between(art.random, 1.8, 3.6), art.random() * 3],
      );
    }
  });
}

interface LeafMass {
  readonly leaf: Lch;
  readonly random: Random;
  readonly at: readonly [number, number, number, number];
  readonly count: number;
  readonly size: number;
}

/** A rounded mass of leaves, dark below and light above. */
export function leafMass(
  pen: Pen,
  { leaf, random, at: [x, y, rx, ry], count, size }: LeafMass,
): void {
  for (let index = 0; index < count; index += 1) {
    const a = random() * Math.PI * 2;
    const reach = Math.sqrt(random());
    const v = index / count;
    const tone = shift(leaf, [-0.13 + 0.24 * v, 1, between(random, -6, 6)]);
    drawOval(pen, tone, [
      x + Math.cos(a) * rx * reach + v * 2,
      y + Math.sin(a) * ry * reach - v * ry * 0.3,
      size * between(random, 0.7, 1.3),
      size * between(random, 0.5, 1),
      random() * 3,
    ]);
  }
}
