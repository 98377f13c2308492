import type { Pen } from "../paint/canvas.ts";
import { type Lch, mix, shift } from "../paint/colour.ts";
import { type Build, beastBuild } from "./beast-builds.ts";
import { drawBeastCoat } from "./beast-coat.ts";
import { type BeastArt, type Frame, type Part, skeleton } from "./beast-frame.ts";
import { drawBeastHead } from "./beast-head.ts";
import { drawLimb, drawOval, type Joint } from "./limb.ts";

/** Draws a four-legged animal that looks to the right, 100 high, its feet on y = 100. */
export function drawBeast(pen: Pen, art: BeastArt): void {
  const build = beastBuild(art.kind);
  const body = art.tones.b ?? [0.5, 0.1, 50];
  const dark = art.tones.d ?? body;
  const frame = skeleton(build);
  drawTail(pen, { build, frame, art, body });
  drawLegs(pen, { build, frame, colour: dark, step: art.step, far: true });
  if (art.kind === "panda") drawBody(pen, { build, frame, body, dark: [0.2, 0.01, 280] });
  else drawBody(pen, { build, frame, body, dark });
  drawLegs(pen, { build, frame, colour: legColour(art, body), step: art.step, far: false });
  drawBeastCoat(pen, { build, frame, art, body });
  drawBeastHead(pen, { build, frame, art, body, dark });
}

function legColour(art: BeastArt, body: Lch): Lch {
  if (art.kind === "panda") return [0.2, 0.01, 280];
  if (art.kind === "fox") return mix(body, [0.2, 0.03, 40], 0.55);
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
  const { hip, shoulder, neckTop, head } = frame;
  const isPanda = dark[0] <= 0.2;
  drawLimb(pen, body, [
    hip,
    [(hip[0] + shoulder[0]) / 2, hip[1] + build.deep * 0.03, build.deep * 0.46],
    shoulder,
  ]);
  drawLimb(pen, isPanda ? dark : body, [
    [shoulder[0] + build.deep * 0.08, shoulder[1] - build.deep * 0.08, build.deep * 0.4],
    neckTop,
  ]);
  drawLimb(pen, body, [neckTop, [head[0], head[1], head[2] * 0.9]]);
}

interface Legs {
  readonly build: Build;
  readonly frame: Frame;
  readonly colour: Lch;
  readonly step: number | null;
  readonly far: boolean;
}

function drawLegs(pen: Pen, { build, frame, colour, step, far }: Legs): void {
  const { leg, deep, thick } = build;
  const { hip, shoulder } = frame;
  for (const [index, root] of [hip, shoulder].entries()) {
    const phase = (step ?? 0) + index * 0.25 + (far ? 0.5 : 0);
    const swing = step === null ? (far ? 0.1 : -0.06) : Math.sin(phase * Math.PI * 2) * 0.42;
    const lifted = step === null ? 0 : Math.max(0, Math.cos(phase * Math.PI * 2)) * leg * 0.16;
    const start = root[1] + deep * 0.18;
    const x = root[0] + (index === 0 ? 1 : -1) * deep * 0.06 + (far ? deep * 0.1 : 0);
    const knee: Joint = [
      x + swing * leg * 0.5 + (index === 0 ? -leg * 0.05 : leg * 0.04),
      start + (98 - start) * 0.54,
      thick * 0.95,
    ];
    const foot: Joint = [x + swing * leg, 98 - thick * 0.7 - lifted, thick * 0.7];
    drawLimb(pen, colour, [
      [x, start, Math.max(thick * 1.5, deep * 0.26)],
      knee,
      foot,
      [foot[0] + thick * 0.7, foot[1] + thick * 0.1, thick * 0.62],
    ]);
  }
}

function drawTail(pen: Pen, { build, frame, art, body }: Part): void {
  const [x, y, r] = [
    frame.hip[0] - frame.hip[2] * 0.85,
    frame.hip[1] - frame.hip[2] * 0.4,
    build.deep,
  ];
  const tip: Lch = build.extra === "mask" ? [0.95, 0.02, 80] : body;
  if (build.tail === "bush" && art.kind === "squirrel") {
    drawLimb(pen, body, [
      [x, y + 12, 6],
      [x - 16, y, 12],
      [x - 20, y - 24, 14],
      [x - 8, y - 44, 11],
    ]);
  } else if (build.tail === "bush") {
    drawLimb(pen, body, [
      [x, y, 3],
      [x - 16, y + 10, 7.5],
      [x - 32, y + 18, 8],
    ]);
    drawLimb(pen, tip, [
      [x - 33, y + 18.5, 7.4],
      [x - 45, y + 22, 2],
    ]);
  } else if (build.tail === "horse") {
    drawLimb(pen, shift(body, [-0.14, 1, 0]), [
      [x + 1, y, 3],
      [x - 9, y + 12, 5],
      [x - 11, y + 34, 5.5],
      [x - 7, y + 50, 1.5],
    ]);
  } else if (build.tail === "curl") {
    drawLimb(pen, body, [
      [x + 2, y, 3.2],
      [x - 10, y - 10, 3.4],
      [x - 12, y - 24, 3.2],
      [x - 3, y - 30, 2],
    ]);
  } else if (build.tail === "long") {
    const thick = art.kind === "crocodile" ? 15 : 2.6;
    drawLimb(pen, body, [
      [x + 3, y + r * 0.2, thick],
      [x - 16, y + r * 0.1, thick * 0.9],
      [x - 32, y - 8, thick * 0.6],
      [x - 42, y - 22, thick * 0.3],
    ]);
  } else if (build.tail === "thin") {
    drawLimb(pen, body, [
      [x + 2, y, 1.8],
      [x - 6, y + 14, 1.4],
      [x - 5, y + 32, 1.2],
    ]);
    drawOval(pen, shift(body, [-0.18, 1, 0]), [x - 5, y + 36, 2.6, 5]);
  } else if (build.tail === "short") {
    drawOval(pen, mix(body, [0.96, 0.01, 90], 0.5), [x, y + 2, 5, 5.5]);
  }
}
