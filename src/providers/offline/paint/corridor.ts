import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { glow } from "./sky.ts";
import { type Layer, livingLayer, type Moment, type Stage } from "./stage.ts";

/** Doors on each side. */
const DOORS = 5;
/** Metres: half the width of the corridor, floor under and ceiling over the eye, door spacing. */
const HALF = 1.5;
const FLOOR = 1.5;
const CEILING = 1.5;
const SPACING = 2.6;
const DOOR_TOP = -0.75;

/** A long corridor in one-point projection; in films its doors open one after the other. */
export function corridorLayers(stage: Stage): Layer[] {
  return [livingLayer(stage, 0, (pen, moment) => paintCorridor(pen, stage, moment))];
}

/** Where a point of the corridor is on the frame. */
type Project = (x: number, y: number, z: number) => readonly [number, number];

function paintCorridor(pen: Pen, stage: Stage, moment: Moment): void {
  const { width, height, horizonY, plan } = stage;
  const walk = moment.duration === 0 ? 0 : moment.t * 0.42;
  const focal = Math.min(width, height * 1.4) * 0.56;
  const centreX = width * (0.5 - moment.x * 1.4);
  const project: Project = (x, y, z) => {
    const depth = Math.max(0.12, z - walk);
    return [centreX + (x * focal) / depth, horizonY + (y * focal) / depth];
  };
  const dim = 1 - plan.palette.dark * 0.45;
  const accent = plan.accents[0];
  const wall: Lch = [0.62 * dim, accent?.[1] ?? 0.06, accent?.[2] ?? 60];
  const end = DOORS * SPACING + 4;
  pen.fillStyle = css([0.2, 0.03, 50]);
  pen.fillRect(-stage.margin, -stage.margin, width + stage.margin * 2, height + stage.margin * 2);
  paintEnd(pen, { stage, project, end });
  for (let z = end - 0.5; z > walk - 0.3; z -= 0.5)
    paintSlice(pen, { stage, project, wall, z, end });
  for (let door = DOORS - 1; door >= 0; door -= 1) {
    for (const side of [-1, 1] as const)
      paintDoor(pen, { stage, project, side, door, moment, walk });
  }
  paintLamps(pen, { stage, project, end, walk });
}

interface Build {
  readonly stage: Stage;
  readonly project: Project;
}

function quad(pen: Pen, points: readonly (readonly [number, number])[], colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  pen.fill();
}

function paintEnd(pen: Pen, { stage, project, end }: Build & { readonly end: number }): void {
  const { plan } = stage;
  const [x0, y0] = project(-HALF, -CEILING, end);
  const [x1, y1] = project(HALF, FLOOR, end);
  const sky = pen.createLinearGradient(0, y0, 0, y1);
  plan.palette.sky.forEach((tone, index) => void sky.addColorStop(index / 3, css(tone)));
  pen.fillStyle = sky;
  pen.fillRect(x0, y0, x1 - x0, y1 - y0);
}

interface Slice extends Build {
  readonly wall: Lch;
  readonly z: number;
  readonly end: number;
}

function paintSlice(pen: Pen, { project, wall, z, end, stage }: Slice): void {
  const far = z + 0.52;
  const share = z / end;
  const lamp = 0.72 + 0.28 * Math.cos((z / SPACING) * Math.PI * 2);
  const tone = (colour: Lch, times: number): string =>
    css(
      mix(
        [colour[0] * times * (0.55 + 0.45 * lamp), colour[1], colour[2]],
        stage.plan.palette.sky[3],
        share * 0.3,
      ),
    );
  const floor: Lch = [0.4, 0.07, 45];
  const carpet: Lch = [0.42, 0.15, 25];
  const rail = 0.35;
  for (const side of [-HALF, HALF]) {
    quad(
      pen,
      [
        project(side, -CEILING, z),
        project(side, -CEILING, far),
        project(side, rail, far),
        project(side, rail, z),
      ],
      tone(wall, 1),
    );
    quad(
      pen,
      [
        project(side, rail, z),
        project(side, rail, far),
        project(side, FLOOR, far),
        project(side, FLOOR, z),
      ],
      tone(shift(wall, [-0.14, 1.2, -10]), 0.9),
    );
  }
  quad(
    pen,
    [
      project(-HALF, FLOOR, z),
      project(HALF, FLOOR, z),
      project(HALF, FLOOR, far),
      project(-HALF, FLOOR, far),
    ],
    tone(floor, 1),
  );
  quad(
    pen,
    [
      project(-0.62, FLOOR, z),
      project(0.62, FLOOR, z),
      project(0.62, FLOOR, far),
      project(-0.62, FLOOR, far),
    ],
    tone(carpet, 1.1),
  );
  quad(
    pen,
    [
      project(-HALF, -CEILING, z),
      project(HALF, -CEILING, z),
      project(HALF, -CEILING, far),
      project(-HALF, -CEILING, far),
    ],
    tone(shift(wall, [0.16, 0.5, 0]), 1),
  );
}

interface Door extends Build {
  readonly side: -1 | 1;
  readonly door: number;
  readonly moment: Moment;
  readonly walk: number;
}

/** How far a door is open, 0 to 1: they follow each other from near to far. */
export function doorOpening(index: number, { t, duration }: Moment): number {
  if (duration === 0) return index % 3 === 1 ? 0.55 : index % 4 === 2 ? 0.9 : 0;
  const since = t - 0.6 - index * Math.min(0.6, (duration - 1.6) / (DOORS * 2));
  const share = Math.min(1, Math.max(0, since / 0.67));
  return share * share * (3 - 2 * share);
}

/** The door that opens where only one does: near enough to look through. */
const ONE = 2;

function oneOpening({ t, duration }: Moment): number {
  if (duration === 0) return 0.72;
  const share = Math.min(1, Math.max(0, (t - 0.8) / 1.2));
  return share * share * (3 - 2 * share) * 0.8;
}

function paintDoor(pen: Pen, { stage, project, side, door, moment, walk }: Door): void {
  const z0 = 2 + door * SPACING + (side > 0 ? 0.5 : 0);
  const z1 = z0 + 1;
  if (z1 - walk < 0.5) return;
  const near = Math.max(z0, walk + 0.2);
  const top = DOOR_TOP;
  const x = side * HALF * 0.999;
  const index = door * 2 + (side > 0 ? 1 : 0);
  const asked = stage.plan.subjects.find((subject) => subject.draw === "door")?.colour;
  const base = asked ?? ([0.5, 0.13, 250] as const);
  const colour: Lch = [base[0], Math.max(0.1, base[1]), (base[2] + index * 44) % 360];
  const single = stage.plan.has.just_one !== undefined;
  const open = single ? (index === ONE ? oneOpening(moment) : 0) : doorOpening(index, moment);
  quad(
    pen,
    [
      project(x, top - 0.08, near - 0.06),
      project(x, top - 0.08, z1 + 0.06),
      project(x, FLOOR, z1 + 0.06),
      project(x, FLOOR, near - 0.06),
    ],
    css([0.86, 0.03, 80]),
  );
  paintBehind(pen, {
    stage,
    points: [
      project(x, top, near),
      project(x, top, z1),
      project(x, FLOOR, z1),
      project(x, FLOOR, near),
    ],
    index,
  });
  paintLeaf(pen, { stage, project, x, near, z1, open, colour });
  if (open > 0.02) paintSpill(pen, { stage, project, side, z: (near + z1) / 2, open, colour });
}

interface Leaf extends Build {
  /** The wall, the door's near edge when shut, its hinge. */
  readonly x: number;
  readonly near: number;
  readonly z1: number;
  readonly open: number;
  readonly colour: Lch;
}

/** The door itself, turned on its hinge, with two panels and a knob. */
function paintLeaf(pen: Pen, { stage, project, x, near, z1, open, colour }: Leaf): void {
  const angle = open * 1.75;
  const edgeX = x - Math.sign(x) * Math.sin(angle);
  const edgeZ = z1 - Math.cos(angle) * (z1 - near);
  const at = (share: number, high: number): readonly [number, number] =>
    project(
      edgeX + (x - edgeX) * share,
      DOOR_TOP + (FLOOR - DOOR_TOP) * high,
      edgeZ + (z1 - edgeZ) * share,
    );
  quad(pen, [at(0, 0), at(1, 0), at(1, 1), at(0, 1)], css(shift(colour, [-0.08 * open, 1, 0])));
  const panel = css(shift(colour, [-0.1, 1, 0]));
  for (const [from, to] of [
    [0.1, 0.45],
    [0.55, 0.92],
  ] as const) {
    quad(pen, [at(0.18, from), at(0.82, from), at(0.82, to), at(0.18, to)], panel);
  }
  const [knobX, knobY] = at(0.1, 0.51);
  const wide = Math.abs(at(1, 0)[0] - at(0, 0)[0]);
  pen.fillStyle = css([0.85, 0.14, 88]);
  pen.beginPath();
  pen.arc(knobX, knobY, Math.max(1, wide * 0.035 + stage.unit * 2), 0, Math.PI * 2);
  pen.fill();
}

const VIEWS: readonly (readonly [Lch, Lch, Lch])[] = [
  [
    [0.62, 0.13, 245],
    [0.9, 0.05, 230],
    [0.6, 0.15, 140],
  ],
  [
    [0.16, 0.06, 280],
    [0.3, 0.1, 290],
    [0.12, 0.04, 270],
  ],
  [
    [0.86, 0.11, 75],
    [0.74, 0.17, 45],
    [0.5, 0.12, 250],
  ],
  [
    [0.8, 0.1, 340],
    [0.92, 0.05, 20],
    [0.7, 0.14, 350],
  ],
];

interface Behind {
  readonly stage: Stage;
  readonly points: readonly (readonly [number, number])[];
  readonly index: number;
}

function paintBehind(pen: Pen, { stage, points, index }: Behind): void {
  const [sky, low, ground] = VIEWS[index % VIEWS.length] ??
    VIEWS[0] ?? [
      [0.8, 0.1, 90],
      [0.8, 0.1, 90],
      [0.5, 0.1, 140],
    ];
  const tops = points.map(([, y]) => y);
  const [from, to] = [Math.min(...tops), Math.max(...tops)];
  const fill = pen.createLinearGradient(0, from, 0, to);
  fill.addColorStop(0, css(sky));
  fill.addColorStop(0.62, css(low));
  fill.addColorStop(0.64, css(ground));
  fill.addColorStop(1, css(shift(ground, [-0.1, 1, 0])));
  pen.save();
  pen.fillStyle = fill;
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  pen.fill();
  pen.clip();
  if (sky[0] < 0.3) {
    const random = stage.chance(`behind-${index}`);
    const xs = points.map(([x]) => x);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    pen.fillStyle = css([0.97, 0.02, 90]);
    for (let star = 0; star < 40; star += 1)
      pen.fillRect(
        left + random() * (right - left),
        from + random() * (to - from),
        2 * stage.unit,
        2 * stage.unit,
      );
  }
  pen.restore();
}

interface Spill extends Build {
  readonly side: -1 | 1;
  readonly z: number;
  readonly open: number;
  readonly colour: Lch;
}

function paintSpill(pen: Pen, { project, side, z, open, colour, stage }: Spill): void {
  pen.save();
  pen.globalCompositeOperation = "screen";
  const [x, y] = project(side * HALF, FLOOR, z);
  const [farX] = project(-side * 0.4, FLOOR, z);
  const reach = Math.abs(farX - x) * (0.5 + 0.7 * open);
  pen.translate(0, y);
  pen.scale(1, 0.3);
  glow(pen, {
    x,
    y: 0,
    radius: Math.max(stage.unit * 8, reach),
    colour: [0.86, 0.1, colour[2]],
    alpha: 0.62 * open,
  });
  pen.restore();
}

function paintLamps(
  pen: Pen,
  { stage, project, end, walk }: Build & { readonly end: number; readonly walk: number },
): void {
  pen.save();
  pen.globalCompositeOperation = "screen";
  for (let z = end - (end % SPACING); z > walk + 0.4; z -= SPACING) {
    const [x, y] = project(0, -CEILING * 0.92, z);
    const radius = (stage.width * 0.3) / Math.max(0.8, z - walk);
    glow(pen, { x, y, radius, colour: [0.9, 0.1, 78], alpha: 0.75 });
  }
  pen.restore();
}
