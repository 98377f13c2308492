import type { Pen } from "../paint/canvas.ts";
import { type Lch, shift } from "../paint/colour.ts";
import { drawHat } from "./hats.ts";
import { drawLimb, drawOval, drawShape, type Joint } from "./limb.ts";
import { BROWN, OUTFITS, type Outfit, SKIN } from "./outfits.ts";
import type { Tones } from "./shapes.ts";

/** How somebody is to be drawn. */
export interface PersonArt {
  readonly kind: string;
  readonly tones: Tones;
  /** Whether the prompt or the lexicon named a colour for the clothes. */
  readonly coloured: boolean;
  /** Phase of the step, 0 to 1; `null` stands. */
  readonly step: number | null;
  readonly pose: "stand" | "walk" | "run" | "sit" | "dance" | "fly";
  /** Which skin, 0 to 3. */
  readonly variant: number;
}

/** Draws a person seen from the front, a little turned to the right, 100 high. */
export function drawPerson(pen: Pen, art: PersonArt): void {
  const own = OUTFITS[art.kind] ?? OUTFITS.coat ?? {};
  const body = art.tones.b ?? [0.5, 0.15, 30];
  const outfit: Outfit = {
    top: body,
    legs: [0.3, 0.03, 260],
    hair: BROWN,
    skin: SKIN[art.variant % SKIN.length] ?? [0.76, 0.07, 55],
    ...own,
    ...(art.coloured ? { top: body } : {}),
    ...(art.coloured && (own.long === "dress" || own.long === "robe")
      ? { legs: shift(body, [-0.05, 1, 0]) }
      : {}),
  };
  const joints = poseOf(art, outfit.head ?? 1);
  if (outfit.cape !== undefined)
    drawShape(pen, outfit.cape, [
      [-7, 19],
      [7, 19],
      [17, 78],
      [2, 84],
      [-15, 80],
    ]);
  if (outfit.prop === "wings") drawWings(pen);
  if (outfit.prop === "pack")
    drawLimb(
      pen,
      [0.4, 0.06, 60],
      [
        [-9, 26, 5],
        [-9, 42, 5.5],
      ],
    );
  if (outfit.long === "tail") drawMermaid(pen, outfit);
  else drawLegs(pen, { joints, outfit });
  drawTorso(pen, { joints, outfit });
  drawHead(pen, { joints, outfit, art });
  drawProp(pen, { joints, outfit });
}

interface Joints {
  readonly hipY: number;
  readonly neckY: number;
  readonly head: Joint;
  readonly knees: readonly [Joint, Joint];
  readonly feet: readonly [Joint, Joint];
  readonly elbows: readonly [Joint, Joint];
  readonly hands: readonly [Joint, Joint];
}

function poseOf(art: PersonArt, headSize: number): Joints {
  const phase = (art.step ?? 0) * Math.PI * 2;
  const going = art.pose === "walk" || art.pose === "run";
  const stride = going ? Math.sin(phase) * (art.pose === "run" ? 15 : 10) : 3.6;
  const raised = art.pose === "run" ? 9 : 3;
  const lift = (side: number): number => (going ? Math.max(0, Math.cos(phase) * side) * raised : 0);
  const hipY = art.pose === "sit" ? 66 : 52;
  const sit = art.pose === "sit";
  const head: Joint = [0.6, hipY - 41 - 2.4 * (headSize - 1), 6.4 * headSize];
  const swing = going ? stride * 0.8 : 0;
  const dancing = art.pose === "dance";
  return {
    hipY,
    neckY: hipY - 33,
    head,
    knees: sit
      ? [
          [12, 70, 3.6],
          [14, 72, 3.6],
        ]
      : [
          [stride * 0.55 + 3, 75, 3.4],
          [-stride * 0.55 + (dancing ? 12 : -1), 75 - (dancing ? 8 : 0), 3.4],
        ],
    feet: sit
      ? [
          [12, 96, 2.4],
          [17, 96, 2.4],
        ]
      : [
          [stride + 2, 97 - lift(1), 2.3],
          [-stride - 1 + (dancing ? 2 : 0), 97 - lift(-1) - (dancing ? 14 : 0), 2.3],
        ],
    elbows: dancing
      ? [
          [14, 14, 2.5],
          [-14, 16, 2.5],
        ]
      : [
          [9.5 - swing * 0.5, hipY - 19, 2.6],
          [-9.5 + swing * 0.5, hipY - 19, 2.6],
        ],
    hands: dancing
      ? [
          [8, 0, 2.1],
          [-20, 4, 2.1],
        ]
      : [
          [10 - swing, hipY - 4, 2.1],
          [-10 + swing, hipY - 4, 2.1],
        ],
  };
}

interface Parts {
  readonly joints: Joints;
  readonly outfit: Outfit;
}

function drawLegs(pen: Pen, { joints, outfit }: Parts): void {
  const shoe: Lch = shift(outfit.legs, [-0.12, 0.6, 0]);
  for (const side of [1, 0] as const) {
    const tone = side === 1 ? shift(outfit.legs, [-0.05, 1, 0]) : outfit.legs;
    const hip: Joint = [side === 0 ? 3 : -3, joints.hipY, 4.8];
    drawLimb(pen, tone, [hip, joints.knees[side], joints.feet[side]]);
    const [x, y] = joints.feet[side];
    drawLimb(pen, shoe, [
      [x, y, 2.5],
      [x + 4.2, y + 0.6, 2],
    ]);
  }
}

function drawTorso(pen: Pen, { joints, outfit }: Parts): void {
  const { hipY, neckY } = joints;
  const dark = shift(outfit.top, [-0.08, 1, 0]);
  drawArm(pen, { joints, outfit, side: 1, tone: dark });
  drawLimb(pen, outfit.top, [
    [0, neckY + 5.5, 7.4],
    [0, hipY - 14, 6.2],
    [0, hipY, 6.6],
  ]);
  drawLimb(pen, outfit.top, [
    [-6.4, neckY + 4.4, 3.4],
    [6.4, neckY + 4.4, 3.4],
  ]);
  const flare = {
    skirt: [13, 68],
    coat: [11, 74],
    robe: [17, 97],
    dress: [16, 90],
    tutu: [24, 60],
    tail: [0, 0],
  }[outfit.long ?? "tail"];
  const [wide = 0, foot = 0] = flare;
  if (wide > 0) {
    drawShape(pen, outfit.top, [
      [-6.5, hipY - 12],
      [6.5, hipY - 12],
      [wide, foot],
      [wide * 0.4, foot + 2],
      [-wide * 0.3, foot + 1],
      [-wide, foot],
    ]);
    drawShape(pen, dark, [
      [1, hipY - 6],
      [wide * 0.2, foot + 1.5],
      [-wide * 0.5, foot + 1],
    ]);
  }
  drawLimb(pen, outfit.skin, [
    [0.3, neckY + 3, 2.7],
    [0.5, neckY - 2, 2.6],
  ]);
  drawArm(pen, { joints, outfit, side: 0, tone: outfit.top });
}

function drawArm(
  pen: Pen,
  { joints, outfit, side, tone }: Parts & { readonly side: 0 | 1; readonly tone: Lch },
): void {
  const shoulder: Joint = [side === 0 ? 7.6 : -7.6, joints.neckY + 5, 3.1];
  drawLimb(pen, tone, [
    shoulder,
    joints.elbows[side],
    [joints.hands[side][0], joints.hands[side][1], 2.1],
  ]);
  drawLimb(pen, outfit.skin, [
    [joints.hands[side][0], joints.hands[side][1], 2.1],
    [joints.hands[side][0] + 0.6, joints.hands[side][1] + 3, 1.9],
  ]);
}

function drawHead(pen: Pen, { joints, outfit, art }: Parts & { readonly art: PersonArt }): void {
  const [x, y, r] = joints.head;
  if (outfit.hairLong === true)
    drawLimb(pen, outfit.hair, [
      [x - r * 0.4, y, r * 0.85],
      [x - r * 0.6, y + r * 1.6, r * 0.72],
      [x - r * 0.7, y + r * 2.5, r * 0.4],
    ]);
  drawOval(pen, outfit.hair, [x - r * 0.16, y - r * 0.2, r * 1.06, r * 1.08]);
  drawOval(pen, outfit.skin, [x + r * 0.16, y + r * 0.14, r * 0.84, r * 0.94]);
  drawLimb(pen, outfit.hair, [
    [x - r * 0.6, y - r * 0.5, r * 0.42],
    [x + r * 0.5, y - r * 0.72, r * 0.34],
  ]);
  const eye: Lch = art.kind === "alien" ? [0.12, 0.02, 280] : [0.2, 0.03, 50];
  const size = art.kind === "alien" ? 0.26 : art.kind === "skeleton" ? 0.22 : 0.1;
  drawOval(pen, eye, [x + r * 0.02, y + r * 0.12, r * size, r * size * 1.3, 0.3]);
  drawOval(pen, eye, [x + r * 0.58, y + r * 0.12, r * size, r * size * 1.3, -0.3]);
  drawOval(pen, shift(outfit.skin, [-0.16, 1.4, -10]), [
    x + r * 0.34,
    y + r * 0.62,
    r * 0.2,
    r * 0.07,
  ]);
  drawHat(pen, { outfit, x, y, r });
}

function drawProp(pen: Pen, { joints, outfit }: Parts): void {
  const [x, y] = joints.hands[0];
  if (outfit.prop === "staff") {
    drawLimb(
      pen,
      [0.36, 0.07, 55],
      [
        [x + 3, 12, 1.3],
        [x + 4, 97, 1.2],
      ],
    );
    drawOval(pen, [0.85, 0.12, 210], [x + 3, 9, 4.2, 4.2]);
  } else if (outfit.prop === "sword") {
    drawLimb(
      pen,
      [0.84, 0.01, 240],
      [
        [x + 2, y + 2, 1.4],
        [x + 18, y - 32, 0.5],
      ],
    );
    drawLimb(
      pen,
      [0.75, 0.13, 85],
      [
        [x - 1, y - 3, 1],
        [x + 6, y + 1, 1],
      ],
    );
  } else if (outfit.prop === "cane")
    drawLimb(
      pen,
      [0.36, 0.07, 55],
      [
        [x + 2, y + 1, 1.2],
        [x + 4, 98, 0.9],
      ],
    );
  else if (outfit.prop === "mic") {
    drawLimb(
      pen,
      [0.5, 0.01, 260],
      [
        [11, 26, 0.8],
        [13, 98, 0.8],
      ],
    );
    drawOval(pen, [0.2, 0.01, 260], [10, 23, 2.4, 2.8]);
  }
}

function drawWings(pen: Pen): void {
  for (const side of [-1, 1]) {
    const feather: Lch = [0.97, 0.01, 90];
    drawLimb(pen, feather, [
      [side * 4, 26, 4],
      [side * 26, 12, 7],
      [side * 34, 40, 3],
    ]);
    drawLimb(pen, shift(feather, [-0.05, 1, 0]), [
      [side * 4, 30, 4],
      [side * 20, 30, 7],
      [side * 24, 56, 2],
    ]);
  }
}

function drawMermaid(pen: Pen, { legs }: Outfit): void {
  const scale: Lch = [0.6, 0.13, 170];
  drawLimb(pen, legs[0] > 0 ? scale : legs, [
    [0, 50, 7],
    [3, 66, 6.4],
    [10, 80, 4.4],
    [20, 88, 2.6],
  ]);
  drawShape(pen, shift(scale, [0.08, 1, 10]), [
    [19, 88],
    [38, 76],
    [34, 90],
    [40, 99],
    [22, 93],
  ]);
}
