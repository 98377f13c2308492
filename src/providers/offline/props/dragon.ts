import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, mix, shift } from "../paint/colour.ts";
import {
  drawBlob,
  drawLimb,
  drawLine,
  drawOval,
  drawShape,
  type Joint,
  type Point,
} from "./limb.ts";

/** How a dragon is to be drawn. */
export interface DragonArt {
  readonly body: Lch;
  /** Phase of the wing beat, 0 to 1, of one that flies; `null` stands. */
  readonly flap: number | null;
  /** How far the fire that it breathes has flared up, 0 to 1; `null` breathes none. */
  readonly fire: number | null;
}

/** Draws a dragon that looks to the right, 100 high, standing on y = 100 or flying. */
export function drawDragon(pen: Pen, art: DragonArt): void {
  const { body, flap, fire } = art;
  const dark = shift(body, [-0.1, 1, -6]);
  drawWing(pen, { tone: dark, root: [16, 44], beat: beatOf(flap, 0.06), far: true });
  drawLeg(pen, { tone: dark, art, far: true });
  drawSpikes(pen, mix(dark, [0.3, 0.05, 60], 0.4));
  drawLimb(pen, body, TAIL);
  drawShape(pen, dark, [
    [-108, 42],
    [-124, 26],
    [-106, 24],
    [-98, 38],
  ]);
  drawLimb(pen, body, TRUNK);
  drawLimb(pen, body, NECK);
  drawBelly(pen, mix(body, [0.88, 0.09, 80], 0.7));
  drawLeg(pen, { tone: body, art, far: false });
  drawDragonHead(pen, art);
  drawWing(pen, {
    tone: shift(body, [0.02, 1, 2]),
    root: [8, 46],
    beat: beatOf(flap, 0),
    far: false,
  });
  if (fire !== null) drawFire(pen, fire);
}

const TAIL: readonly Joint[] = [
  [-28, 60, 15],
  [-58, 70, 9.5],
  [-84, 64, 6],
  [-100, 48, 3.4],
  [-108, 38, 1.4],
];
const TRUNK: readonly Joint[] = [
  [-32, 60, 15],
  [-6, 59, 18.5],
  [20, 54, 15.5],
];
const NECK: readonly Joint[] = [
  [18, 52, 14.5],
  [38, 40, 10],
  [46, 21, 8],
  [60, 9, 7.6],
];

function beatOf(flap: number | null, late: number): number {
  return flap === null ? 0.86 : 0.42 + 0.62 * Math.cos((flap - late) * Math.PI * 2);
}

interface Wing {
  readonly tone: Lch;
  readonly root: Point;
  /** 1 is raised, below 0 beats down. */
  readonly beat: number;
  readonly far: boolean;
}

/** A hand of long fingers with skin between them. */
function drawWing(pen: Pen, { tone, root, beat, far }: Wing): void {
  pen.save();
  pen.translate(root[0], root[1]);
  pen.scale(far ? 0.94 : 1, beat);
  pen.transform(1, 0, far ? -0.34 : 0, 1, 0, 0);
  const wrist: Point = [20, -52];
  const tips: readonly Point[] = [
    [-30, -76],
    [-62, -50],
    [-70, -16],
    [-34, 8],
  ];
  pen.beginPath();
  pen.moveTo(6, 4);
  pen.lineTo(wrist[0], wrist[1]);
  pen.quadraticCurveTo(0, -74, tips[0]?.[0] ?? 0, tips[0]?.[1] ?? 0);
  tips.slice(1).forEach((tip, index) => {
    const from = tips[index] ?? tip;
    pen.quadraticCurveTo(
      (from[0] + tip[0]) * 0.36 + wrist[0] * 0.24,
      (from[1] + tip[1]) * 0.36 + wrist[1] * 0.24,
      tip[0],
      tip[1],
    );
  });
  pen.closePath();
  const skin = pen.createLinearGradient(wrist[0], wrist[1], -60, 0);
  skin.addColorStop(0, css(shift(tone, [-0.02, 1, 4])));
  skin.addColorStop(1, css(mix(tone, [0.72, 0.13, 55], 0.4)));
  pen.fillStyle = skin;
  pen.fill();
  for (const tip of tips.slice(0, 3))
    drawLimb(pen, shift(tone, [-0.07, 1, 0]), [
      [wrist[0], wrist[1], 2],
      [(wrist[0] + tip[0]) / 2, (wrist[1] + tip[1]) / 2 - 4, 1.5],
      [tip[0], tip[1], 0.6],
    ]);
  drawLimb(pen, shift(tone, [-0.03, 1, 0]), [
    [2, 2, 5],
    [14, -24, 3.4],
    [wrist[0], wrist[1], 2.4],
  ]);
  drawShape(
    pen,
    [0.9, 0.03, 85],
    [
      [wrist[0] - 1, wrist[1]],
      [wrist[0] + 7, wrist[1] - 8],
      [wrist[0] + 2.6, wrist[1] + 2],
    ],
  );
  pen.restore();
}

function drawSpikes(pen: Pen, tone: Lch): void {
  const ridge: readonly Point[] = [
    [-98, 45],
    [-86, 57],
    [-70, 60],
    [-54, 58],
    [-38, 48],
    [-22, 43],
    [-4, 41],
    [22, 37],
    [33, 28],
    [39, 16],
    [50, 5],
  ];
  ridge.forEach(([x, y], index) => {
    const size = 5 + 4 * Math.sin((index / 10) * Math.PI);
    drawShape(pen, tone, [
      [x - size * 0.8, y + size * 0.7],
      [x - size * 0.7, y - size * 1.1],
      [x + size * 0.8, y + size * 0.7],
    ]);
  });
}

function drawBelly(pen: Pen, pale: Lch): void {
  pen.save();
  pen.globalCompositeOperation = "source-atop";
  const plates: readonly Joint[] = [
    [-22, 76, 6],
    [-2, 77, 8],
    [18, 69, 7],
    [36, 53, 6],
    [49, 34, 4.4],
    [55, 20, 3],
  ];
  drawLimb(pen, pale, plates);
  for (let rib = 0; rib < 11; rib += 1) {
    const t = (rib / 10) * 4.99;
    const from = plates[Math.floor(t)] ?? [0, 0, 0];
    const to = plates[Math.floor(t) + 1] ?? from;
    const part = t % 1;
    const x = from[0] + (to[0] - from[0]) * part;
    const y = from[1] + (to[1] - from[1]) * part;
    drawLine(pen, { colour: shift(pale, [-0.2, 1, -6]), wide: 0.8, alpha: 0.7 }, [
      [x - 5, y - 7],
      [x, y],
      [x + 3, y + 8],
    ]);
  }
  pen.restore();
}

function drawLeg(
  pen: Pen,
  { tone, art, far }: { readonly tone: Lch; readonly art: DragonArt; readonly far: boolean },
): void {
  const aside = far ? 12 : 0;
  const flies = art.flap !== null;
  const hind: readonly Joint[] = flies
    ? [
        [-24, 64, 12],
        [-36, 78, 6.5],
        [-52, 82, 4],
        [-62, 86, 3],
      ]
    : [
        [-24, 64, 13],
        [-12, 80, 7],
        [-24, 89, 4.4],
        [-20, 96.4, 3.6],
      ];
  const fore: readonly Joint[] = flies
    ? [
        [20, 60, 8],
        [26, 72, 4.6],
        [16, 79, 3.4],
      ]
    : [
        [20, 60, 9],
        [14, 78, 5],
        [21, 89, 3.8],
        [21, 96.4, 3.2],
      ];
  for (const leg of [hind, fore]) {
    const moved = leg.map(([x, y, r]): Joint => [x + aside, y, r]);
    drawLimb(pen, tone, moved);
    const [x, y] = moved.at(-1) ?? [0, 0];
    for (const claw of [-1, 0, 1])
      drawShape(
        pen,
        [0.9, 0.03, 85],
        [
          [x + claw * 2.6, y - 0.8],
          [x + claw * 2.6 + (flies ? -6 : 7), y + 3.2],
          [x + claw * 2.6, y + 3],
        ],
      );
  }
}

function drawDragonHead(pen: Pen, { body, fire }: DragonArt): void {
  const dark = shift(body, [-0.14, 1, -6]);
  const bone: Lch = [0.88, 0.04, 85];
  const gape = fire !== null ? 6 : 2.4;
  for (const [dx, dy] of [
    [4, 1],
    [0, 0],
  ] as const)
    drawLimb(pen, dx === 0 ? bone : shift(bone, [-0.16, 1, 0]), [
      [58 + dx, 4 + dy, 2.8],
      [46 + dx, -4 + dy, 2.1],
      [36 + dx, -16 + dy, 0.4],
    ]);
  drawLimb(pen, dark, [
    [64, 16, 4.6],
    [78, 19 + gape, 2.6],
    [87, 18 + gape, 1.4],
  ]);
  for (const x of [74, 79, 84])
    drawShape(
      pen,
      [0.97, 0.01, 90],
      [
        [x - 1.3, 17.5 + gape],
        [x, 14 + gape],
        [x + 1.3, 17.5 + gape],
      ],
    );
  drawLimb(pen, body, [
    [62, 9, 8.4],
    [74, 9.5, 5.6],
    [89, 12, 4.6],
  ]);
  for (const x of [72, 78, 84, 89])
    drawShape(
      pen,
      [0.97, 0.01, 90],
      [
        [x - 1.4, 14.6],
        [x, 18.6],
        [x + 1.4, 14.6],
      ],
    );
  drawOval(pen, dark, [90, 8.6, 1.6, 1]);
  drawBlob(
    pen,
    [0.9, 0.17, 95],
    [
      [63, 5],
      [68, 2.6],
      [72, 5.6],
      [67, 7.4],
    ],
  );
  drawOval(pen, [0.12, 0.02, 50], [68, 5, 0.9, 2]);
  drawLine(pen, { colour: dark, wide: 1.4 }, [
    [61, 3.4],
    [67, 0.6],
    [73, 4],
  ]);
  drawShape(pen, shift(body, [-0.05, 1, 0]), [
    [56, 12],
    [46, 17],
    [57, 18],
  ]);
}

function drawFire(pen: Pen, flare: number): void {
  const long = 0.86 + 0.14 * Math.cos(flare * Math.PI * 4);
  const flames: readonly (readonly [Lch, number])[] = [
    [[0.58, 0.21, 30], 1],
    [[0.74, 0.18, 55], 0.74],
    [[0.9, 0.15, 92], 0.5],
    [[0.98, 0.05, 95], 0.26],
  ];
  for (const [tone, size] of flames)
    flicker(pen, { long, size, flare }, () =>
      drawBlob(pen, tone, [
        [92, 20],
        [112, 20 - 9 * size],
        [134, 22 - 20 * size],
        [126 + 34 * size, 22 - 12 * size],
        [134 + 50 * size, 24 - 3 * size],
        [130 + 40 * size, 26 + 5 * size],
        [130 + 46 * size, 29 + 13 * size],
        [122, 27 + 13 * size],
        [104, 23 + 5 * size],
      ]),
    );
}

interface Flicker {
  readonly long: number;
  readonly size: number;
  readonly flare: number;
}

/** Each tongue of the fire swells in its own time. */
function flicker(pen: Pen, { long, size, flare }: Flicker, draw: () => void): void {
  pen.save();
  pen.translate(92, 21);
  pen.scale(long, 1 + 0.12 * Math.sin((flare + size) * Math.PI * 2));
  pen.translate(-92, -21);
  draw();
  pen.restore();
}
