import type { Pen } from "../paint/canvas.ts";
import { type Lch, shift } from "../paint/colour.ts";
import {
  drawBlob,
  drawLimb,
  drawLine,
  drawOval,
  drawShape,
  type Joint,
  type Point,
} from "./limb.ts";
import { BROWN, OUTFITS, type Outfit, SKIN } from "./outfits.ts";
import { drawGear, drawGearBehind } from "./person-gear.ts";
import { drawBackHair, drawHead } from "./person-head.ts";
import type { PersonArt, PersonParts } from "./person-parts.ts";
import { armJoints, poseFor } from "./person-pose.ts";

/** Draws a person, a little turned to the right, 100 high. */
export function drawPerson(pen: Pen, art: PersonArt): void {
  const outfit = outfitOf(art);
  const pose = poseFor(art.pose, art.phase);
  const parts = { art, outfit, pose };
  pen.save();
  if (art.pose === "fly") {
    pen.translate(0, 50);
    pen.rotate(1.05);
    pen.translate(0, -46);
  }
  if (outfit.cape !== undefined) drawCape(pen, parts);
  drawBackHair(pen, { kind: art.kind, outfit, pose, variant: art.variant });
  drawGearBehind(pen, parts);
  drawArm(pen, { ...parts, far: true });
  if (outfit.long === "tail") drawMermaid(pen, outfit);
  else {
    drawLeg(pen, { ...parts, far: true });
    drawLeg(pen, { ...parts, far: false });
  }
  drawTorso(pen, parts);
  drawNeck(pen, parts);
  drawHead(pen, { kind: art.kind, outfit, pose, variant: art.variant });
  drawGear(pen, parts);
  drawArm(pen, { ...parts, far: false });
  pen.restore();
}

function outfitOf({ kind, tones, variant, coloured }: PersonArt): Outfit {
  const own = OUTFITS[kind] ?? OUTFITS.coat ?? {};
  const body = tones.b ?? [0.5, 0.15, 30];
  const wholeColour = coloured && (own.long === "dress" || own.long === "robe");
  return {
    top: body,
    legs: [0.3, 0.03, 260],
    hair: BROWN,
    skin: SKIN[variant % SKIN.length] ?? [0.76, 0.07, 55],
    ...own,
    ...(coloured ? { top: body } : {}),
    ...(wholeColour ? { legs: shift(body, [-0.05, 1, 0]) } : {}),
  };
}

type Limb = PersonParts & { readonly far: boolean };

function drawLeg(pen: Pen, { outfit, pose, far }: Limb): void {
  const { hip, knee, foot } = far ? pose.far : pose.near;
  const tone = far ? shift(outfit.legs, [-0.06, 1, 0]) : outfit.legs;
  drawLimb(pen, tone, [
    [hip[0], hip[1], 5],
    [knee[0], knee[1], 3.5],
    [foot[0], foot[1] - 2, 2.3],
  ]);
  const shoe: Lch = shift(outfit.legs, [outfit.legs[0] < 0.3 ? 0.06 : -0.16, 0.7, 0]);
  const slope = Math.atan2(foot[1] - knee[1], foot[0] - knee[0]) - Math.PI / 2;
  const pointed = outfit.long === "tutu";
  pen.save();
  pen.translate(foot[0], foot[1] - 0.6);
  pen.rotate(pointed ? slope + 1.3 : Math.max(-0.2, Math.min(1, slope * 0.55)));
  drawBlob(pen, pointed ? [0.82, 0.08, 15] : shoe, [
    [-2.6, -2.4],
    [1.8, -2.6],
    [6.6, 0.4],
    [6.8, 2.6],
    [-2.6, 2.7],
    [-3.2, 0],
  ]);
  pen.restore();
}

function drawTorso(pen: Pen, { outfit, pose }: PersonParts): void {
  const { hip, neck, turn } = pose;
  const slim = 1 - turn * 0.22;
  const [dx, dy] = [hip[0] - neck[0], hip[1] - neck[1]];
  const at = (down: number, aside: number): Point => [
    neck[0] + dx * down + aside * slim,
    neck[1] + dy * down - dx * 0.02 * aside,
  ];
  const woman = outfit.hairLong === true;
  const waist = woman ? 5.2 : 6.6;
  drawBlob(pen, outfit.top, [
    at(-0.01, 2.8),
    at(0.06, 7),
    at(0.11, 10.2),
    at(0.34, woman ? 8.4 : 9),
    at(0.62, waist),
    at(0.86, 7.6),
    at(1.08, 7.8),
    at(1.14, 0),
    at(1.08, -7.8),
    at(0.86, -7.4),
    at(0.62, -waist),
    at(0.34, woman ? -7.4 : -8.4),
    at(0.11, -10.2),
    at(0.06, -7),
    at(-0.01, -2.8),
  ]);
  const dark = shift(outfit.top, [-0.1, 1, 0]);
  drawLine(pen, { colour: dark, wide: 0.9, alpha: 0.7 }, [
    at(0.16, 0.8),
    at(0.5, 1.4),
    at(0.94, 1),
  ]);
  if (outfit.long !== undefined && outfit.long !== "tail") drawSkirt(pen, { outfit, pose });
  const belt: Lch = outfit.long === "dress" || outfit.long === "robe" ? GOLD : dark;
  drawLine(pen, { colour: belt, wide: 1.7 }, [
    at(0.7, -waist * 0.86),
    at(0.72, 0),
    at(0.7, waist * 0.9),
  ]);
}

const GOLD: Lch = [0.8, 0.13, 85];

/** How far a skirt stands out at its hem, and where the hem is between hip (0) and foot (1). */
const FLARES: Readonly<Record<string, readonly [number, number]>> = {
  skirt: [12, 0.36],
  coat: [10.5, 0.5],
  robe: [15, 0.99],
  dress: [15.5, 0.9],
  tutu: [25, 0.12],
};

function drawSkirt(pen: Pen, { outfit, pose }: Omit<PersonParts, "art">): void {
  const [wide, long] = FLARES[outfit.long ?? ""] ?? [12, 0.4];
  const { hip, near, far } = pose;
  const seated = near.knee[1] < hip[1] + 8;
  if (seated && outfit.long !== "tutu") {
    drawLimb(pen, outfit.top, [
      [hip[0], hip[1], 7.4],
      [near.knee[0], near.knee[1] + 1, 5.4],
      [near.knee[0] + 0.6, near.knee[1] + (near.foot[1] - near.knee[1]) * long * 0.8, 6],
    ]);
    return;
  }
  const lag = ((near.foot[0] + far.foot[0]) / 2) * long * 0.5 - (hip[0] - pose.neck[0]) * 0.3;
  const spread = Math.max(wide, (Math.abs(near.foot[0] - far.foot[0]) / 2) * long + 6);
  const foot = hip[1] + (97.5 - hip[1]) * long;
  const middle = hip[0] + (outfit.long === "tutu" ? 0 : lag);
  const top = hip[1] - 11;
  const dark = shift(outfit.top, [-0.09, 1, 0]);
  const flat = outfit.long === "tutu";
  pen.save();
  if (flat) pen.globalAlpha = 0.9;
  drawBlob(pen, outfit.top, [
    [hip[0] - 4.6, top],
    [hip[0] + 4.6, top],
    [hip[0] + 7.6, hip[1] + (flat ? -3 : 1)],
    [middle + spread * 1.04, foot - 3],
    [middle + spread * 0.96, foot + 1.6],
    [middle + spread * 0.3, foot + 2.4],
    [middle - spread * 0.4, foot + 2.2],
    [middle - spread * 1, foot + 1.2],
    [middle - spread * 1.04, foot - 3],
    [hip[0] - 7.6, hip[1] + (flat ? -3 : 1)],
  ]);
  pen.restore();
  for (const fold of flat ? [-0.8, -0.5, -0.2, 0.1, 0.4, 0.7] : [-0.55, -0.1, 0.42])
    drawLine(pen, { colour: dark, wide: flat ? 0.6 : 1.3, alpha: 0.65 }, [
      [hip[0] + fold * 6, hip[1] - 3],
      [middle + fold * spread * 0.7, (hip[1] + foot) / 2],
      [middle + fold * spread * 0.94, foot],
    ]);
  if (outfit.long === "dress" || outfit.long === "robe")
    drawLine(pen, { colour: GOLD, wide: 1.2, alpha: 0.8 }, [
      [middle - spread * 0.92, foot - 0.6],
      [middle, foot + 1.2],
      [middle + spread * 0.9, foot - 0.4],
    ]);
}

function drawNeck(pen: Pen, { outfit, pose }: PersonParts): void {
  const [x, y] = pose.neck;
  const shade = shift(outfit.skin, [-0.08, 1.1, -6]);
  drawLimb(pen, shade, [
    [x, y + 4.4, outfit.hairLong === true ? 3 : 3.6],
    [pose.head[0] * 0.7 + x * 0.3, pose.head[1] + 5, outfit.hairLong === true ? 2.5 : 3],
  ]);
  if (outfit.hat === "bubble") return;
  drawShape(pen, outfit.skin, [
    [x - 3.2, y + 2.2],
    [x + 3.4, y + 2.2],
    [x + 0.6 + pose.turn, y + (outfit.long === "dress" ? 8.6 : 6.4)],
  ]);
  if (outfit.hat === "crown" && outfit.hairLong === true)
    for (const [dx, dy] of [
      [-2.6, 2.2],
      [-1.7, 4],
      [-0.5, 5.2],
      [0.9, 5.4],
      [2.1, 4.4],
      [3, 2.4],
    ] as const)
      drawOval(pen, dx === -0.5 ? [0.6, 0.2, 25] : [0.97, 0.01, 90], [x + dx, y + dy, 0.6, 0.6]);
  const rim =
    outfit.long === "dress" || outfit.long === "robe" ? GOLD : shift(outfit.top, [0.14, 0.8, 0]);
  drawLine(pen, { colour: rim, wide: 0.9 }, [
    [x - 3.8, y + 1.8],
    [x + 0.6 + pose.turn, y + (outfit.long === "dress" ? 9 : 6.8)],
    [x + 4, y + 1.8],
  ]);
}

function drawArm(pen: Pen, { outfit, pose, far }: Limb): void {
  const side = far ? pose.far : pose.near;
  const tone = far ? shift(outfit.top, [-0.1, 1, 0]) : shift(outfit.top, [0.025, 1, 0]);
  const [shoulder, elbow, hand] = armJoints(side);
  if (shoulder === undefined || elbow === undefined || hand === undefined) return;
  const full = outfit.long === "robe" ? 1.5 : 1;
  drawLimb(pen, tone, [shoulder, elbow, [hand[0], hand[1], hand[2] * full]]);
  drawHand(pen, { skin: far ? shift(outfit.skin, [-0.07, 1, 0]) : outfit.skin, elbow, hand });
}

interface Hand {
  readonly skin: Lch;
  readonly elbow: Joint;
  readonly hand: Joint;
}

function drawHand(pen: Pen, { skin, elbow, hand }: Hand): void {
  const angle = Math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]);
  pen.save();
  pen.translate(hand[0], hand[1]);
  pen.rotate(angle);
  drawOval(pen, skin, [1.7, 0, 2.3, 1.75]);
  for (const finger of [-1, -0.3, 0.4])
    drawLimb(pen, skin, [
      [2.6, finger * 1.1, 0.72],
      [4.6, finger * 1.25 + 0.2, 0.56],
    ]);
  drawLimb(pen, shift(skin, [-0.03, 1, 0]), [
    [1.2, -1.2, 0.75],
    [2.9, -2.3, 0.55],
  ]);
  pen.restore();
}

function drawCape(pen: Pen, { outfit, pose }: PersonParts): void {
  const { neck, turn } = pose;
  const cape = outfit.cape ?? outfit.top;
  const stream = turn > 0.6 ? 16 : 4;
  drawBlob(pen, cape, [
    [neck[0] - 7, neck[1] + 1],
    [neck[0] + 7, neck[1] + 1],
    [neck[0] + 11 - stream * 0.5, 56],
    [neck[0] + 13 - stream * 1.2, 86],
    [neck[0] - 4 - stream, 90],
    [neck[0] - 16 - stream, 84],
    [neck[0] - 13 - stream * 0.5, 50],
  ]);
  for (const fold of [-7, 0, 6])
    drawLine(pen, { colour: shift(cape, [-0.1, 1, 0]), wide: 1.2, alpha: 0.7 }, [
      [neck[0] + fold * 0.5, neck[1] + 10],
      [neck[0] + fold - stream * 0.4, 54],
      [neck[0] + fold * 1.3 - stream, 84],
    ]);
}

function drawMermaid(pen: Pen, { legs }: Outfit): void {
  const scale: Lch = [0.6, 0.13, 170];
  drawLimb(pen, legs[0] > 0 ? scale : legs, [
    [0, 50, 7],
    [3, 66, 6.4],
    [10, 80, 4.4],
    [20, 88, 2.6],
  ]);
  drawBlob(pen, shift(scale, [0.08, 1, 10]), [
    [18, 86],
    [38, 72],
    [36, 90],
    [42, 101],
    [20, 94],
  ]);
}
