import { between } from "../chance.ts";
import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, mix, shift } from "../paint/colour.ts";
import { drawBlob, drawLimb, drawLine, drawOval, drawShape } from "./limb.ts";
import { leafMass, type PlantArt } from "./tree.ts";

const STEM: Lch = [0.48, 0.12, 140];

/** Draws a flower or another plant that is no tree, 100 high, its foot on y = 100. */
export function drawPlant(pen: Pen, art: PlantArt & { readonly draw: string }): void {
  const tone = art.tones.b ?? [0.7, 0.18, 10];
  const draw = PLANTS[art.draw === "flower" ? art.kind : art.draw] ?? PLANTS.daisy;
  draw?.(pen, art, tone);
}

const PLANTS: Readonly<Record<string, (pen: Pen, art: PlantArt, tone: Lch) => void>> = {
  daisy: (pen, { random }, tone) => {
    stem(pen, [0, 100, 2, 30]);
    petals(pen, { x: 2, y: 26, count: 12, long: 20, wide: 6, tone, turn: random() });
    drawOval(pen, [0.86, 0.16, 88], [2, 26, 8, 7.5]);
  },
  sunflower: (pen, _art, tone) => {
    stem(pen, [0, 100, 0, 34]);
    petals(pen, {
      x: 0,
      y: 24,
      count: 20,
      long: 23,
      wide: 5.5,
      tone: shift(tone, [-0.06, 1, -8]),
      turn: 0.15,
    });
    petals(pen, { x: 0, y: 24, count: 20, long: 21, wide: 5, tone, turn: 0 });
    drawOval(pen, [0.3, 0.06, 50], [0, 24, 13, 12.5]);
    drawOval(pen, [0.4, 0.08, 55], [0, 24, 8, 7.5]);
  },
  rose: (pen, _art, tone) => {
    stem(pen, [0, 100, 0, 40]);
    for (const [x, y, way] of [
      [1, 74, 1],
      [0, 62, -1],
      [1, 52, 1],
    ] as const)
      drawShape(pen, shift(STEM, [-0.06, 1, 0]), [
        [x, y - 1],
        [x + way * 4, y - 3],
        [x, y + 2],
      ]);
    for (const turn of [-0.9, -0.4, 0.4, 0.9])
      drawOval(pen, shift(STEM, [-0.04, 1, 0]), [turn * 12, 42, 3, 9, turn * 0.8]);
    drawRose(pen, tone);
  },
  tulip: (pen, _art, tone) => {
    stem(pen, [0, 100, 0, 36]);
    drawShape(pen, shift(tone, [-0.08, 1, 0]), [
      [-15, 10],
      [-6, 22],
      [0, 2],
      [6, 22],
      [15, 10],
      [14, 34],
      [0, 44],
      [-14, 34],
    ]);
    drawOval(pen, tone, [-6, 27, 9, 16, 0.2]);
    drawOval(pen, shift(tone, [0.05, 1, 4]), [7, 27, 8, 15, -0.2]);
  },
  lavender: (pen, { random }, tone) => {
    stem(pen, [0, 100, 3, 20]);
    for (let bud = 0; bud < 26; bud += 1) {
      const t = bud / 26;
      drawOval(pen, shift(tone, [between(random, -0.1, 0.1), 1, 0]), [
        3 - t + between(random, -4, 4) * (1.1 - t),
        52 - t * 50,
        3.4,
        3,
      ]);
    }
  },
  lotus: (pen, _art, tone) => {
    drawOval(pen, [0.44, 0.11, 150], [0, 92, 50, 9]);
    for (const [turn, long] of [
      [-1.25, 40],
      [1.25, 40],
      [-0.8, 48],
      [0.8, 48],
      [-0.38, 54],
      [0.38, 54],
      [0, 56],
    ] as const) {
      pen.save();
      pen.translate(0, 90);
      pen.rotate(turn);
      drawOval(pen, shift(tone, [0.05 - Math.abs(turn) * 0.06, 1 + Math.abs(turn) * 0.3, 0]), [
        0,
        -long * 0.55,
        11,
        long * 0.55,
      ]);
      pen.restore();
    }
    drawOval(pen, [0.88, 0.15, 90], [0, 72, 7, 4]);
  },
  mushroom: (pen, { random }, tone) => {
    drawLimb(
      pen,
      [0.93, 0.03, 85],
      [
        [0, 96, 13],
        [0, 60, 9],
      ],
    );
    drawShape(
      pen,
      [0.86, 0.04, 70],
      [
        [-40, 50],
        [40, 50],
        [20, 60],
        [-20, 60],
      ],
    );
    pen.fillStyle = css(tone);
    pen.beginPath();
    pen.moveTo(-48, 52);
    pen.bezierCurveTo(-46, -14, 46, -14, 48, 52);
    pen.quadraticCurveTo(0, 62, -48, 52);
    pen.fill();
    for (let spot = 0; spot < 7; spot += 1)
      drawOval(
        pen,
        [0.97, 0.01, 90],
        [
          -32 + spot * 11,
          38 - Math.sin((spot / 6) * Math.PI) * 24 + between(random, -5, 5),
          between(random, 3, 6),
          between(random, 2.4, 4.6),
        ],
      );
  },
  cactus: (pen, _art, tone) => {
    const dark = shift(tone, [-0.07, 1, 0]);
    drawLimb(pen, dark, [
      [-14, 60, 6],
      [-26, 58, 6],
      [-27, 36, 6.5],
    ]);
    drawLimb(pen, dark, [
      [14, 50, 6],
      [25, 48, 6],
      [26, 24, 6.5],
    ]);
    drawLimb(pen, tone, [
      [0, 98, 11],
      [0, 14, 12],
    ]);
    pen.strokeStyle = css(shift(tone, [-0.1, 1, 0]));
    pen.lineWidth = 1.2;
    for (const x of [-6, -1, 4, 9]) {
      pen.beginPath();
      pen.moveTo(x, 98);
      pen.lineTo(x, 8 + Math.abs(x) * 0.5);
      pen.stroke();
    }
    petals(pen, { x: 2, y: 3, count: 6, long: 6, wide: 3, tone: [0.68, 0.2, 350], turn: 0 });
  },
  bamboo: (pen, { random }, tone) => {
    for (const x of [-16, -4, 9, 20]) {
      const lean = between(random, -3, 3);
      drawLimb(pen, shift(tone, [between(random, -0.1, 0.06), 1, 0]), [
        [x, 100, 3],
        [x + lean, 2, 2.2],
      ]);
      for (let joint = 0; joint < 7; joint += 1)
        drawOval(pen, shift(tone, [-0.14, 1, 0]), [
          x + (lean * joint) / 7,
          92 - joint * 14,
          3.4,
          0.9,
        ]);
      for (let leaf = 0; leaf < 5; leaf += 1)
        drawOval(pen, shift(tone, [-0.04, 1, 6]), [
          x + between(random, -12, 12),
          between(random, 4, 50),
          8,
          1.7,
          between(random, -0.9, 0.9),
        ]);
    }
  },
  bush: (pen, { random }, tone) => {
    for (const [x, y, r] of [
      [-26, 76, 24],
      [26, 78, 22],
      [0, 58, 30],
    ] as const)
      leafMass(pen, { leaf: tone, random, at: [x, y, r, r * 0.8], count: 90, size: 5 });
  },
  corn: (pen, { random }) => {
    for (const x of [-26, -8, 11, 29]) {
      const lean = between(random, -4, 4);
      const green: Lch = [between(random, 0.44, 0.54), 0.13, 128];
      drawLimb(pen, green, [
        [x, 100, 1.9],
        [x + lean, 14, 1.2],
      ]);
      for (let leaf = 0; leaf < 7; leaf += 1) {
        const y = 90 - leaf * 11;
        const way = leaf % 2 === 0 ? 1 : -1;
        const long = between(random, 17, 25);
        drawBlob(pen, shift(green, [between(random, -0.06, 0.07), 1, 0]), [
          [x + (lean * leaf) / 8, y],
          [x + way * long * 0.45, y - 16],
          [x + way * long, y - 3],
          [x + way * long * 1.1, y + 4],
          [x + way * long * 0.5, y - 8],
        ]);
      }
      for (const [y, way] of [
        [52, 1],
        [64, -1],
      ] as const) {
        drawOval(pen, [0.84, 0.16, 88], [x + way * 4, y - 3, 3.2, 8.5, way * 0.3]);
        drawOval(pen, shift(green, [0.05, 1, 0]), [x + way * 3.4, y + 2, 3.6, 7, way * 0.3]);
      }
      for (const turn of [-0.5, -0.2, 0.15, 0.45])
        drawLimb(
          pen,
          [0.74, 0.11, 85],
          [
            [x + lean, 15, 0.8],
            [x + lean + turn * 16, 2, 0.7],
          ],
        );
    }
  },
  wheat: (pen, { random }, tone) => {
    for (let stalk = 0; stalk < 16; stalk += 1) {
      const x = between(random, -30, 30);
      const lean = between(random, -10, 14);
      drawLimb(pen, shift(tone, [-0.1, 0.8, 0]), [
        [x, 100, 0.9],
        [x + lean, 30, 0.7],
      ]);
      for (let grain = 0; grain < 9; grain += 1)
        drawOval(pen, shift(tone, [between(random, -0.08, 0.06), 1, 0]), [
          x + lean + (grain % 2 === 0 ? -2 : 2) + grain * 0.3,
          34 - grain * 3.6,
          2.4,
          3.4,
          grain % 2 === 0 ? -0.5 : 0.5,
        ]);
    }
  },
};

/** Petals that lie over each other, the outer ones open, the inner ones rolled round the heart. */
function drawRose(pen: Pen, tone: Lch): void {
  const [x, y] = [0, 25];
  const layers = [
    [6, 22, 0.2, -0.1],
    [5, 17, 0.9, -0.03],
    [5, 12.5, 0.3, 0.03],
    [4, 8.5, 0.8, 0],
    [3, 5, 0.2, -0.08],
  ] as const;
  for (const [count, reach, turn, light] of layers) {
    for (let petal = 0; petal < count; petal += 1) {
      const a = (petal / count) * Math.PI * 2 + turn;
      const [px, py] = [x + Math.cos(a) * reach * 0.5, y + Math.sin(a) * reach * 0.44];
      const own = shift(tone, [light - Math.sin(a) * 0.05, 1, 0]);
      drawOval(pen, shift(own, [-0.13, 1, -4]), [px, py, reach * 0.74, reach * 0.64, a]);
      drawOval(pen, own, [
        px + Math.cos(a) * reach * 0.05,
        py + Math.sin(a) * reach * 0.05 - reach * 0.03,
        reach * 0.69,
        reach * 0.58,
        a,
      ]);
      drawLine(pen, { colour: shift(own, [0.12, 0.9, 4]), wide: 0.55, alpha: 0.7 }, [
        [px + Math.cos(a - 0.9) * reach * 0.6, py + Math.sin(a - 0.9) * reach * 0.5],
        [px + Math.cos(a) * reach * 0.72, py + Math.sin(a) * reach * 0.6],
        [px + Math.cos(a + 0.9) * reach * 0.6, py + Math.sin(a + 0.9) * reach * 0.5],
      ]);
    }
  }
  drawLine(pen, { colour: shift(tone, [-0.2, 1, -6]), wide: 1 }, [
    [x - 2.4, y - 0.6],
    [x, y - 2.2],
    [x + 2.2, y - 0.2],
    [x + 0.2, y + 1.6],
    [x - 0.8, y + 0.2],
  ]);
}

function stem(pen: Pen, [x, y, topX, topY]: readonly [number, number, number, number]): void {
  drawLimb(pen, STEM, [
    [x, y, 2.2],
    [(x + topX) / 2 + 2, (y + topY) / 2, 1.8],
    [topX, topY, 1.6],
  ]);
  drawOval(pen, shift(STEM, [0.04, 1, 0]), [x + 12, y - 26, 13, 4.4, -0.7]);
  drawOval(pen, shift(STEM, [-0.05, 1, 0]), [x - 10, y - 14, 12, 4, 0.7]);
}

interface Petals {
  readonly x: number;
  readonly y: number;
  readonly count: number;
  readonly long: number;
  readonly wide: number;
  readonly tone: Lch;
  readonly turn: number;
}

function petals(pen: Pen, { x, y, count, long, wide, tone, turn }: Petals): void {
  for (let petal = 0; petal < count; petal += 1) {
    const a = (petal / count) * Math.PI * 2 + turn;
    const shade = mix(tone, shift(tone, [-0.1, 1, 0]), 0.5 + 0.5 * Math.sin(a));
    drawOval(pen, shade, [
      x + Math.cos(a) * long * 0.55,
      y + Math.sin(a) * long * 0.5,
      long * 0.55,
      wide,
      a,
    ]);
  }
}
