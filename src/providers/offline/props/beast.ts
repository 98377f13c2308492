import type { Pen } from "../paint/canvas.ts";
import { type Lch, mix, shift } from "../paint/colour.ts";
import { type Build, beastBuild } from "./beast-builds.ts";
import { drawBeastCoat } from "./beast-coat.ts";
import { type BeastArt, type Frame, type Part, skeleton } from "./beast-frame.ts";
import { drawBeastHead } from "./beast-head.ts";
import { drawBeastTail } from "./beast-tail.ts";
import { flightOf, footfall, type LegName } from "./gait.ts";
import { drawLimb, drawLine, drawOval, drawShape, type Joint } from "./limb.ts";

/** Draws a four-legged animal that looks to the right, 100 high, its feet on y = 100. */
export function drawBeast(pen: Pen, art: BeastArt): void {
  const build = beastBuild(art.kind);
  const body = art.tones.b ?? [0.5, 0.1, 50];
  const dark = art.tones.d ?? body;
  const frame = skeleton(build, art.gait);
  const flight = flightOf(art.gait, art.phase) * build.leg * 0.2;
  pen.save();
  pen.translate(0, 60 - flight);
  if (art.gait === "run") pen.rotate(Math.sin(art.phase * Math.PI * 2) * 0.06 - 0.02);
  pen.translate(0, -60);
  // Who lies rests on the belly, with folded legs.
  if (art.gait === "lie") pen.translate(0, build.leg - build.deep * 0.08);
  drawBeastTail(pen, { build, frame, art, body });
  const legs = { build, frame, art, flight };
  const far = shift(legColour(art, body), [-0.1, 1, -3]);
  drawLeg(pen, { ...legs, colour: far, name: "hindFar" });
  drawLeg(pen, { ...legs, colour: far, name: "foreFar" });
  drawBody(pen, { build, frame, body, dark: art.kind === "panda" ? BLACK : body });
  drawBelly(pen, { build, frame, art, body });
  drawLeg(pen, { ...legs, colour: legColour(art, body), name: "hindNear" });
  drawLeg(pen, { ...legs, colour: legColour(art, body), name: "foreNear" });
  if (build.extra !== "wool") drawHaunch(pen, { build, frame, art, body });
  drawBeastCoat(pen, { build, frame, art, body });
  drawBeastHead(pen, { build, frame, art, body, dark });
  pen.restore();
}

const BLACK: Lch = [0.2, 0.01, 280];

function legColour(art: BeastArt, body: Lch): Lch {
  if (art.kind === "panda") return BLACK;
  return art.kind === "sheep" ? [0.25, 0.02, 60] : body;
}

function drawBody(
  pen: Pen,
  {
    build,
    frame,
    body,
    dark,
  }: { readonly build: Build; readonly frame: Frame; readonly body: Lch; readonly dark: Lch },
): void {
  const { hip, waist, shoulder, neckTop, head } = frame;
  const { deep } = build;
  drawLimb(pen, body, [hip, waist, shoulder]);
  const base: Joint = [shoulder[0] + deep * 0.04, shoulder[1] - deep * 0.06, deep * 0.43];
  const half: Joint = [
    base[0] + (neckTop[0] - base[0]) * 0.56,
    base[1] + (neckTop[1] - base[1]) * 0.5,
    (deep * 0.43 + neckTop[2]) * 0.47,
  ];
  drawLimb(pen, dark, [base, half, neckTop]);
  drawLimb(pen, body, [neckTop, [head[0], head[1], head[2] * 0.9]]);
}

/** Belly, chest and throat are paler on many. */
function drawBelly(pen: Pen, { build, frame, art, body }: Part): void {
  if (!PALE_BELLIED.has(art.kind)) return;
  const { hip, waist, shoulder, head } = frame;
  const { deep } = build;
  pen.save();
  pen.globalCompositeOperation = "source-atop";
  pen.globalAlpha = 0.5;
  drawLimb(pen, mix(body, [0.97, 0.02, 85], 0.8), [
    [hip[0] + deep * 0.1, hip[1] + deep * 0.5, deep * 0.12],
    [waist[0], waist[1] + deep * 0.5, deep * 0.14],
    [shoulder[0], shoulder[1] + deep * 0.54, deep * 0.16],
    [shoulder[0] + deep * 0.46, shoulder[1] + deep * 0.1, deep * 0.2],
    [head[0] + head[2] * 0.1, head[1] + head[2] * 1.1, head[2] * 0.3],
  ]);
  pen.restore();
}

/** The roundings of thigh and shoulder. */
function drawHaunch(pen: Pen, { build, frame, art, body }: Part): void {
  const { hip, shoulder } = frame;
  const { deep } = build;
  pen.save();
  pen.globalCompositeOperation = "source-atop";
  const colour: Lch = [0.16, 0.05, 290];
  for (const wide of [0.3, 0.2, 0.1]) {
    const shade = { colour, wide: deep * wide, alpha: 0.035 };
    drawLine(pen, shade, [
      [hip[0] + deep * 0.22, hip[1] - deep * 0.2],
      [hip[0] + deep * 0.4, hip[1] + deep * 0.1],
      [hip[0] + deep * 0.3, hip[1] + deep * 0.42],
    ]);
    drawLine(pen, shade, [
      [shoulder[0] - deep * 0.14, shoulder[1] - deep * 0.26],
      [shoulder[0] - deep * 0.3, shoulder[1] + deep * 0.06],
      [shoulder[0] - deep * 0.2, shoulder[1] + deep * 0.38],
    ]);
  }
  drawFur(pen, { build, frame, art, body });
  pen.restore();
}

/** Short strokes along the body, light above and dark below. */
function drawFur(pen: Pen, { build, frame, art, body }: Part): void {
  if (build.foot === "column" || art.kind === "panda" || build.extra === "patches") return;
  const { hip, shoulder } = frame;
  for (let hair = 0; hair < 110; hair += 1) {
    const x = hip[0] - hip[2] + art.random() * (shoulder[0] - hip[0] + hip[2] * 2.4);
    const high = art.random();
    const y = hip[1] + (high - 0.5) * build.deep * 1.1;
    const long = 2.2 + art.random() * 2.6;
    const colour = shift(body, [0.12 - high * 0.24, 1, 0]);
    drawLine(pen, { colour, wide: 0.5, alpha: 0.4 }, [
      [x, y],
      [x - long, y + long * 0.34],
    ]);
  }
}

const PALE_BELLIED = new Set(
  "fox wolf dog cat deer rabbit squirrel leopard tiger goat mouse".split(" "),
);

interface Leg {
  readonly build: Build;
  readonly frame: Frame;
  readonly art: BeastArt;
  readonly colour: Lch;
  readonly flight: number;
  readonly name: LegName;
}

/** A leg bends twice: knee and hock behind, elbow and wrist in front. */
function drawLeg(pen: Pen, leg: Leg): void {
  if (leg.art.gait === "lie") foldLeg(pen, leg);
  else swingLeg(pen, leg);
}

function foldLeg(pen: Pen, { build, frame, art, colour, name }: Leg): void {
  const { deep, thick } = build;
  const hind = name.startsWith("hind");
  const [x, y] = hind ? frame.hip : frame.shoulder;
  const aside = name.endsWith("Far") ? deep * 0.14 : 0;
  const foot = y + deep * 0.5 - thick * 0.7;
  const ahead = hind ? deep * 0.75 : deep * 1.15;
  drawLimb(pen, colour, [
    [x, y + deep * 0.14, deep * (hind ? 0.36 : 0.26)],
    [x + deep * (hind ? 0.4 : 0.05), foot - thick * 0.6, thick * 1.3],
    [x + ahead + aside, foot, thick * 0.95],
  ]);
  drawFoot(pen, { build, art, colour, at: [x + ahead + aside, foot, thick * 0.72], turn: 0 });
}

function swingLeg(pen: Pen, { build, frame, art, colour, flight, name }: Leg): void {
  const { leg, deep, thick } = build;
  const hind = name.startsWith("hind");
  const far = name.endsWith("Far");
  const root = hind ? frame.hip : frame.shoulder;
  const { ahead, lift } = footfall(name, art.gait, art.phase);
  const reach = leg * { stand: 0.34, walk: 0.36, run: 0.92, lie: 0, howl: 0.34 }[art.gait];
  const stretch = art.gait === "run" ? Math.max(0, Math.abs(ahead) - 0.55) * leg * 0.4 : 0;
  const x0 = root[0] + (hind ? -0.02 : 0.1) * deep + (far ? deep * 0.1 : 0);
  const y0 = root[1] + deep * (hind ? 0.06 : 0.14);
  const x1 = x0 + ahead * reach - (hind ? deep * 0.12 : deep * 0.05);
  const y1 =
    97.6 + flight * 0.35 - thick * 0.6 - lift * leg * (art.gait === "run" ? 0.44 : 0.16) - stretch;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const fold = (art.gait === "stand" || art.gait === "howl" ? 0 : lift) * leg * 0.3;
  const bend = (share: number, aside: number): readonly [number, number] => [
    x0 + dx * share + aside,
    y0 + dy * share,
  ];
  const upper = hind ? bend(0.4, leg * 0.1 + fold * 0.8) : bend(0.36, -leg * 0.05 + fold * 0.3);
  const lower = hind ? bend(0.7, -leg * 0.11 - fold * 0.6) : bend(0.68, leg * 0.035 + fold * 0.6);
  const column = build.foot === "column";
  const thigh = Math.max(thick * 1.5, deep * (hind ? 0.33 : 0.25));
  const wide = column ? 1.15 : 1;
  drawLimb(pen, colour, [
    [x0, y0, thigh],
    [upper[0], upper[1], Math.max(thick * (column ? 1.15 : 1.25), thigh * (hind ? 0.62 : 0.5))],
    [lower[0], lower[1], thick * 0.86 * wide],
    [x1, y1, thick * 0.72 * wide],
  ]);
  drawFoot(pen, { build, art, colour, at: [x1, y1, thick * 0.72 * wide], turn: fold / leg });
}

interface Foot {
  readonly build: Build;
  readonly art: BeastArt;
  readonly colour: Lch;
  readonly at: Joint;
  readonly turn: number;
}

function drawFoot(pen: Pen, { build, art, colour, at, turn }: Foot): void {
  const [x, y, r] = at;
  pen.save();
  pen.translate(x, y);
  pen.rotate(turn * 2.4);
  if (art.kind === "fox" || art.kind === "wolf" || art.kind === "cat") {
    const sock: Lch = art.kind === "fox" ? [0.24, 0.03, 40] : mix(colour, [0.97, 0.02, 85], 0.6);
    drawLimb(pen, sock, [
      [0, -r * 2.6, r * 1.04],
      [0, 0, r * 1.06],
    ]);
    drawOval(pen, sock, [r * 0.9, r * 0.25, r * 1.8, r * 1.05]);
  } else if (build.foot === "hoof") {
    drawShape(
      pen,
      [0.2, 0.02, 50],
      [
        [-r * 1.02, -r * 0.6],
        [r * 1.02, -r * 0.9],
        [r * 2, r * 1.5],
        [-r * 1.15, r * 1.5],
      ],
    );
  } else if (build.foot === "column") {
    drawShape(pen, colour, [
      [-r, -r],
      [r, -r],
      [r * 1.22, r * 1.1],
      [-r * 1.12, r * 1.1],
    ]);
    for (const toe of [-0.1, 0.5, 1])
      drawOval(pen, [0.86, 0.03, 80], [toe * r, r * 0.72, r * 0.24, r * 0.32]);
  } else drawOval(pen, colour, [r * 0.9, r * 0.25, r * 1.8, r * 1.1]);
  pen.restore();
}
