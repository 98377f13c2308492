import type { Pen } from "../paint/canvas.ts";
import { type Lch, mix, shift } from "../paint/colour.ts";
import { drawLimb, drawOval, drawShape } from "./limb.ts";
import type { Tones } from "./shapes.ts";

/** How a bird is built; lengths are hundredths of its height. */
interface Build {
  readonly leg: number;
  readonly body: readonly [number, number];
  /** How upright the body is, degrees. */
  readonly tilt: number;
  readonly neck: number;
  readonly head: number;
  readonly beak: number;
  readonly beakHue: Lch;
  readonly tail: number;
  readonly belly: boolean;
}

const ORANGE: Lch = [0.74, 0.17, 60];
const DARK: Lch = [0.28, 0.02, 60];

const BUILDS: Readonly<Record<string, Build>> = {
  song: {
    leg: 18,
    body: [34, 24],
    tilt: 28,
    neck: 8,
    head: 15,
    beak: 10,
    beakHue: DARK,
    tail: 34,
    belly: true,
  },
  eagle: {
    leg: 14,
    body: [36, 22],
    tilt: 50,
    neck: 12,
    head: 12,
    beak: 12,
    beakHue: [0.82, 0.16, 85],
    tail: 26,
    belly: false,
  },
  owl: {
    leg: 8,
    body: [38, 30],
    tilt: 84,
    neck: 2,
    head: 24,
    beak: 5,
    beakHue: [0.75, 0.14, 75],
    tail: 10,
    belly: true,
  },
  crow: {
    leg: 16,
    body: [36, 22],
    tilt: 30,
    neck: 10,
    head: 14,
    beak: 15,
    beakHue: DARK,
    tail: 30,
    belly: false,
  },
  parrot: {
    leg: 10,
    body: [38, 20],
    tilt: 66,
    neck: 6,
    head: 15,
    beak: 9,
    beakHue: DARK,
    tail: 46,
    belly: true,
  },
  gull: {
    leg: 20,
    body: [36, 19],
    tilt: 18,
    neck: 12,
    head: 12,
    beak: 12,
    beakHue: ORANGE,
    tail: 26,
    belly: false,
  },
  penguin: {
    leg: 5,
    body: [40, 27],
    tilt: 88,
    neck: 6,
    head: 17,
    beak: 11,
    beakHue: ORANGE,
    tail: 5,
    belly: true,
  },
  duck: {
    leg: 8,
    body: [40, 24],
    tilt: 12,
    neck: 16,
    head: 16,
    beak: 14,
    beakHue: ORANGE,
    tail: 16,
    belly: true,
  },
  swan: {
    leg: 4,
    body: [42, 24],
    tilt: 10,
    neck: 48,
    head: 9,
    beak: 10,
    beakHue: ORANGE,
    tail: 16,
    belly: false,
  },
  flamingo: {
    leg: 46,
    body: [21, 13],
    tilt: 18,
    neck: 36,
    head: 6,
    beak: 8,
    beakHue: DARK,
    tail: 9,
    belly: false,
  },
  hen: {
    leg: 16,
    body: [34, 27],
    tilt: 24,
    neck: 16,
    head: 13,
    beak: 8,
    beakHue: ORANGE,
    tail: 26,
    belly: false,
  },
};

/** How a bird is to be drawn. */
export interface BirdArt {
  readonly kind: string;
  readonly tones: Tones;
  /** Phase of the wing beat, 0 to 1, when it flies; `null` stands. */
  readonly flap: number | null;
}

/** Draws a bird that looks to the right, 100 high: standing, or flying seen from the side. */
export function drawBird(pen: Pen, art: BirdArt): void {
  const build = BUILDS[art.kind] ?? BUILDS.song;
  if (build === undefined) return;
  if (art.flap === null) drawStanding(pen, { art, build });
  else drawFlying(pen, art);
}

function drawStanding(
  pen: Pen,
  { art, build }: { readonly art: BirdArt; readonly build: Build },
): void {
  const body = art.tones.b ?? [0.5, 0.1, 50];
  const dark = art.tones.d ?? body;
  const angle = (build.tilt * Math.PI) / 180;
  const [long, deep] = build.body;
  const lean = Math.sin(angle);
  const centreY = 100 - build.leg - deep * 0.5 - long * 0.5 * lean;
  const frontX = Math.cos(angle) * long * 0.72;
  const frontY = centreY - lean * long * 0.72;
  drawLimb(pen, dark, [
    [-Math.cos(angle) * long * 0.6, centreY + lean * long * 0.6, 5],
    [
      -Math.cos(angle * 0.7) * (long * 0.7 + build.tail),
      centreY + lean * long * 0.7 + build.tail * Math.sin(angle * 0.6),
      4,
    ],
  ]);
  for (const x of [-4, 5])
    drawLimb(pen, build.beakHue, [
      [x, 98 - build.leg, 1.7],
      [x, 97, 1.5],
      [x + 6, 98, 1.3],
    ]);
  drawOval(pen, body, [0, centreY, long, deep, -angle]);
  if (build.belly)
    drawOval(pen, bellyOf(art.kind, body), [
      deep * 0.28,
      centreY + deep * 0.12,
      long * 0.78,
      deep * 0.66,
      -angle,
    ]);
  const neck = build.neck;
  const headX = frontX + (neck > 30 ? 8 : neck * 0.35);
  const headY = frontY - neck - build.head * 0.35;
  if (neck > 30)
    drawLimb(pen, body, [
      [frontX - 6, frontY + 6, 8],
      [frontX + 10, frontY - neck * 0.3, 4.6],
      [frontX - 2, frontY - neck * 0.75, 4],
      [headX, headY, 4.5],
    ]);
  else
    drawLimb(pen, body, [
      [frontX * 0.6, centreY - lean * long * 0.4 - 4, deep * 0.6],
      [headX, headY, build.head * 0.8],
    ]);
  drawOval(pen, dark, [
    -long * 0.12 * Math.cos(angle) - 3,
    centreY + 2,
    long * 0.72,
    deep * 0.52,
    -angle * 0.85 + 0.14,
  ]);
  drawHead(pen, { art, build, x: headX, y: headY });
}

function bellyOf(kind: string, body: Lch): Lch {
  if (kind === "penguin") return [0.97, 0.01, 90];
  if (kind === "duck") return [0.62, 0.07, 60];
  return kind === "parrot" ? [0.86, 0.16, 92] : mix(body, [0.95, 0.03, 70], 0.6);
}

interface Head {
  readonly art: BirdArt;
  readonly build: Build;
  readonly x: number;
  readonly y: number;
}

function drawHead(pen: Pen, { art, build, x, y }: Head): void {
  const body = art.tones.b ?? [0.5, 0.1, 50];
  const { head, beak, beakHue } = build;
  const skull: Lch =
    art.kind === "eagle" ? [0.95, 0.02, 90] : art.kind === "duck" ? [0.42, 0.12, 155] : body;
  if (art.kind === "hen") {
    for (const dx of [-5, 0, 5])
      drawOval(pen, [0.56, 0.22, 27], [x + dx, y - head * 0.95, 3.6, 4.6]);
  }
  drawOval(pen, skull, [x, y, head, head]);
  drawShape(pen, beakHue, [
    [x + head * 0.75, y - head * 0.25],
    [x + head * 0.85 + beak, y + beak * 0.28],
    [x + head * 0.72, y + head * 0.35],
  ]);
  if (art.kind === "owl") {
    drawShape(pen, body, [
      [x - head * 0.9, y - head * 0.5],
      [x - head * 0.7, y - head * 1.35],
      [x - head * 0.1, y - head * 0.85],
    ]);
    drawShape(pen, body, [
      [x + head * 0.9, y - head * 0.5],
      [x + head * 0.7, y - head * 1.35],
      [x + head * 0.1, y - head * 0.85],
    ]);
    for (const side of [-0.42, 0.48]) {
      drawOval(pen, [0.95, 0.04, 90], [x + head * side, y - 1, head * 0.4, head * 0.4]);
      drawOval(pen, [0.8, 0.16, 75], [x + head * side, y - 1, head * 0.28, head * 0.28]);
      drawOval(pen, [0.1, 0, 0], [x + head * side, y - 1, head * 0.15, head * 0.15]);
    }
    return;
  }
  drawOval(pen, [0.12, 0.01, 60], [x + head * 0.36, y - head * 0.14, head * 0.17, head * 0.18]);
  drawOval(pen, [0.98, 0, 0], [x + head * 0.4, y - head * 0.2, head * 0.06, head * 0.06]);
}

function drawFlying(pen: Pen, { kind, tones, flap }: BirdArt): void {
  const body = tones.b ?? [0.4, 0.05, 50];
  const dark = shift(body, [-0.07, 1, 0]);
  const lift = 0.2 + 0.86 * Math.cos((flap ?? 0) * Math.PI * 2);
  drawFlightWing(pen, { tone: dark, lift: lift * 0.94, x: 10, sweep: 0.5 });
  drawShape(pen, dark, [
    [-20, 54],
    [-50, 50],
    [-46, 56],
    [-50, 63],
    [-22, 59],
  ]);
  drawLimb(pen, body, [
    [-28, 56, 3],
    [-10, 55, 7],
    [12, 52, 8],
    [25, 47, 6],
  ]);
  if (kind === "eagle") drawOval(pen, [0.95, 0.02, 90], [26, 46, 6.4, 5.8]);
  drawShape(pen, BUILDS[kind]?.beakHue ?? DARK, [
    [29, 42],
    [42, 48],
    [29, 50],
  ]);
  drawOval(pen, [0.1, 0.01, 60], [27.4, 45, 1.3, 1.3]);
  const light = mix(body, [0.9, 0.02, 90], 0.14);
  drawFlightWing(pen, { tone: light, lift, x: 2, sweep: -0.35 });
}

interface FlightWing {
  readonly tone: Lch;
  /** 1 is raised, below 0 beats down. */
  readonly lift: number;
  readonly x: number;
  /** Which way its tip points, forward or back. */
  readonly sweep: number;
}

/** An arm with a fan of long feathers. */
function drawFlightWing(pen: Pen, { tone, lift, x, sweep }: FlightWing): void {
  const high = Math.abs(lift) < 0.16 ? 0.16 : lift;
  pen.save();
  pen.translate(x, 51);
  pen.transform(1, 0, sweep * -0.6, high, 0, 0);
  for (let feather = 0; feather < 8; feather += 1) {
    const t = feather / 7;
    const [fromX, fromY] = [12 - 16 * t, -34 + 28 * t];
    const turn = -1.62 - 1.0 * t;
    const long = 46 - 20 * t;
    drawLimb(pen, shift(tone, [feather % 2 === 0 ? 0 : -0.035, 1, 0]), [
      [fromX, fromY, 5.6],
      [fromX + Math.cos(turn) * long * 0.6, fromY + Math.sin(turn) * long * 0.6, 4],
      [fromX + Math.cos(turn) * long, fromY + Math.sin(turn) * long, 0.8],
    ]);
  }
  drawLimb(pen, tone, [
    [-6, 2, 8],
    [4, -14, 7],
    [12, -34, 5],
  ]);
  pen.restore();
}
