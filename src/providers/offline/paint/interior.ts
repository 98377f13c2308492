import { between, pick } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { placeSubjects } from "./placing.ts";
import { windowOf } from "./room-window.ts";
import { glow } from "./sky.ts";
import { makeSprite, SPRITE_FOOT } from "./sprite.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** A room: wall, floor, a window with the hour of the day in it, and what belongs there. */
export function interiorLayers(stage: Stage): Layer[] {
  const layers = [
    cachedLayer(stage, 0.25, (pen) => paintRoom(pen, stage)),
    cachedLayer(stage, 0.4, (pen) => furnish(pen, stage)),
  ];
  layers.push(dustLayer(stage));
  return layers;
}

const WALLS: readonly [Lch, ...(readonly Lch[])] = [
  [0.8, 0.05, 75],
  [0.7, 0.06, 160],
  [0.68, 0.06, 240],
  [0.78, 0.06, 30],
];

interface Tones {
  readonly wall: Lch;
  readonly floor: Lch;
}

function tones(stage: Stage): Tones {
  const { plan } = stage;
  const random = stage.chance("room-tone");
  const dim = 1 - plan.palette.dark * 0.5;
  const worn = plan.subjects.map(({ colour }) => colour?.join());
  const free = plan.accents.find((accent) => !worn.includes(accent.join()));
  const wall: Lch = free ?? pick<Lch>(random, WALLS);
  const library = plan.setting === "library";
  return {
    wall: library
      ? [0.34 * dim, 0.06, 45]
      : [Math.min(0.82, wall[0]) * dim, Math.min(0.08, wall[1]), wall[2]],
    floor: [0.48 * dim, 0.08, 55],
  };
}

function paintRoom(pen: Pen, stage: Stage): void {
  const { width, height, margin, horizonY, plan, unit } = stage;
  const { wall, floor } = tones(stage);
  const windowX = windowOf(stage).x;
  const light = pen.createRadialGradient(
    windowX * width,
    horizonY * 0.4,
    0,
    windowX * width,
    horizonY * 0.4,
    width * 0.95,
  );
  light.addColorStop(0, css(mix(wall, plan.palette.sun, 0.35)));
  light.addColorStop(0.5, css(wall));
  light.addColorStop(1, css(shift(wall, [-0.2, 1, 0])));
  pen.fillStyle = light;
  pen.fillRect(-margin, -margin, width + margin * 2, horizonY + margin + 2);
  if (plan.setting === "library") paintShelves(pen, stage);
  else if (plan.setting === "kitchen") paintTiles(pen, stage, wall);
  paintWindow(pen, stage, windowX);
  const fill = pen.createLinearGradient(0, horizonY, 0, height);
  fill.addColorStop(0, css(shift(floor, [-0.1, 1, 0])));
  fill.addColorStop(1, css(shift(floor, [0.04, 1, 0])));
  pen.fillStyle = fill;
  pen.fillRect(-margin, horizonY, width + margin * 2, height - horizonY + margin);
  paintBoards(pen, stage, floor);
  pen.fillStyle = css(shift(wall, [0.1, 0.5, 0]));
  pen.fillRect(-margin, horizonY - 20 * unit, width + margin * 2, 20 * unit);
  pen.fillStyle = "rgba(20,10,20,.3)";
  pen.fillRect(-margin, horizonY, width + margin * 2, 6 * unit);
  paintBeam(pen, stage, windowX);
}

function paintBoards(pen: Pen, stage: Stage, floor: Lch): void {
  const { width, height, horizonY, margin, unit } = stage;
  pen.strokeStyle = css(shift(floor, [-0.14, 1, 0]), 0.6);
  pen.lineWidth = 2 * unit;
  for (let board = -16; board <= 16; board += 1) {
    pen.beginPath();
    pen.moveTo(width / 2 + (board * width) / 16, horizonY);
    pen.lineTo(width / 2 + (board * width) / 5.2, height + margin);
    pen.stroke();
  }
}

/** Paints a window with curtains and the hour of the day in it; `at` is its middle. */
export function paintWindow(pen: Pen, stage: Stage, at: number): void {
  const { width, height, horizonY, plan, unit } = stage;
  const wide = Math.min(width, height) * 0.3;
  const high = horizonY * 0.58;
  const [x, y] = [at * width - wide / 2, horizonY * 0.14];
  const frame = mix([0.9, 0.02, 85], plan.palette.sky[1], plan.palette.dark * 0.6);
  pen.fillStyle = css(frame);
  pen.fillRect(x - 14 * unit, y - 14 * unit, wide + 28 * unit, high + 28 * unit);
  const sky = pen.createLinearGradient(0, y, 0, y + high);
  plan.palette.sky.forEach((tone, index) => void sky.addColorStop(index / 3, css(tone)));
  pen.fillStyle = sky;
  pen.fillRect(x, y, wide, high);
  pen.fillStyle = css(mix(plan.palette.far, plan.palette.near, 0.4));
  pen.beginPath();
  pen.moveTo(x, y + high);
  for (let step = 0; step <= 12; step += 1)
    pen.lineTo(
      x + (wide * step) / 12,
      y + high * (0.8 - 0.1 * Math.sin(step * 0.9 + (plan.seed % 7))),
    );
  pen.lineTo(x + wide, y + high);
  pen.fill();
  if (plan.palette.dark > 0.6) {
    pen.fillStyle = css([0.95, 0.03, 95]);
    pen.beginPath();
    pen.arc(x + wide * 0.7, y + high * 0.24, wide * 0.09, 0, Math.PI * 2);
    pen.fill();
  }
  pen.fillStyle = css(frame);
  pen.fillRect(x + wide / 2 - 5 * unit, y, 10 * unit, high);
  pen.fillRect(x, y + high * 0.46, wide, 10 * unit);
  pen.fillRect(x - 26 * unit, y + high + 12 * unit, wide + 52 * unit, 14 * unit);
  const curtain = plan.accents[1] ?? ([0.5, 0.13, 20] as const);
  for (const side of [-1, 1]) {
    const edge = side < 0 ? x - 26 * unit : x + wide + 26 * unit;
    pen.fillStyle = css([curtain[0] * (1 - plan.palette.dark * 0.4), curtain[1], curtain[2]]);
    pen.beginPath();
    pen.moveTo(edge, y - 30 * unit);
    pen.lineTo(edge - side * wide * 0.26, y - 30 * unit);
    pen.quadraticCurveTo(
      edge - side * wide * 0.2,
      y + high * 0.5,
      edge - side * wide * 0.02,
      y + high * 1.16,
    );
    pen.lineTo(edge + side * wide * 0.1, y + high * 1.16);
    pen.fill();
  }
}

function paintBeam(pen: Pen, stage: Stage, at: number): void {
  const { width, height, horizonY, plan } = stage;
  const side = at > 0.5 ? -1 : 1;
  pen.save();
  pen.globalCompositeOperation = "screen";
  pen.fillStyle = css(plan.palette.sun, 0.2 * (1 - plan.palette.dark * 0.7));
  pen.beginPath();
  pen.moveTo(width * at - width * 0.05, horizonY);
  pen.lineTo(width * at + width * 0.1, horizonY);
  pen.lineTo(width * (at + side * 0.3) + width * 0.1, height * 0.97);
  pen.lineTo(width * (at + side * 0.3) - width * 0.16, height * 0.97);
  pen.fill();
  if (plan.palette.dark > 0.3) {
    glow(pen, {
      x: width * (1 - at),
      y: horizonY * 0.3,
      radius: width * 0.5,
      colour: [0.86, 0.13, 72],
      alpha: 0.55,
    });
  }
  pen.restore();
}

const SPINES: readonly Lch[] = [
  [0.42, 0.14, 25],
  [0.4, 0.09, 150],
  [0.38, 0.1, 255],
  [0.6, 0.11, 80],
  [0.3, 0.05, 40],
  [0.5, 0.08, 310],
];

function paintShelves(pen: Pen, stage: Stage): void {
  const { width, horizonY, margin, unit, plan } = stage;
  const random = stage.chance("shelves");
  const dim = 1 - plan.palette.dark * 0.35;
  const rows = 6;
  const step = horizonY / rows;
  for (let row = 0; row < rows; row += 1) {
    const foot = (row + 1) * step - 8 * unit;
    pen.fillStyle = "rgba(14,6,10,.5)";
    pen.fillRect(-margin, row * step, width + margin * 2, step);
    for (let x = -margin; x < width + margin; ) {
      const wide = unit * between(random, 9, 24);
      const high = step * between(random, 0.55, 0.86);
      const tone = SPINES[Math.floor(random() * SPINES.length)] ?? SPINES[0];
      if (tone !== undefined && random() > 0.06) {
        pen.fillStyle = css([tone[0] * dim * between(random, 0.8, 1.15), tone[1], tone[2]]);
        pen.fillRect(x, foot - high, wide - unit, high);
        pen.fillStyle = css([0.8 * dim, 0.09, 85], 0.7);
        pen.fillRect(x + wide * 0.2, foot - high * 0.8, wide * 0.5, 3 * unit);
      }
      x += wide;
    }
    pen.fillStyle = css([0.36 * dim, 0.07, 50]);
    pen.fillRect(-margin, foot, width + margin * 2, 12 * unit);
  }
}

function paintTiles(pen: Pen, stage: Stage, wall: Lch): void {
  const { width, horizonY, margin, unit } = stage;
  pen.strokeStyle = css(shift(wall, [0.08, 0.6, 0]), 0.55);
  pen.lineWidth = 2 * unit;
  for (let y = horizonY * 0.46; y < horizonY; y += 44 * unit) {
    pen.strokeRect(-margin - 4, y, width + margin * 2 + 8, 44 * unit);
    for (let x = -margin; x < width + margin; x += 44 * unit)
      pen.strokeRect(x, y, 44 * unit, 44 * unit);
  }
  pen.fillStyle = css(shift(wall, [-0.24, 1.2, 0]));
  pen.fillRect(-margin, horizonY * 0.78, width + margin * 2, horizonY * 0.24);
  pen.fillStyle = css([0.86, 0.02, 80]);
  pen.fillRect(-margin, horizonY * 0.75, width + margin * 2, 16 * unit);
  pen.fillStyle = css(shift(wall, [-0.34, 1.2, 0]));
  for (let door = 0; door < 9; door += 1) {
    pen.fillRect((door * width) / 6 - width * 0.16, horizonY * 0.81, width / 7, horizonY * 0.16);
  }
}

/** What belongs into a room besides what was asked for: kind of thing, place, height. */
const FURNITURE: Readonly<Record<string, readonly (readonly [string, number, number, Lch])[]>> = {
  room: [
    ["sofa", 0.5, 0.24, [0.5, 0.1, 200]],
    ["potted", 0.92, 0.3, [0.6, 0.1, 40]],
    ["lantern", 0.1, 0.22, [0.8, 0.13, 80]],
    ["frame", 0.5, 0.16, [0.6, 0.12, 80]],
  ],
  library: [
    ["desk", 0.5, 0.2, [0.42, 0.08, 50]],
    ["lantern", 0.4, 0.11, [0.8, 0.13, 80]],
    ["book", 0.56, 0.06, [0.42, 0.14, 25]],
  ],
  kitchen: [
    ["teapot", 0.36, 0.1, [0.56, 0.13, 25]],
    ["fruitbowl", 0.55, 0.11, [0.6, 0.07, 60]],
    ["bottle", 0.64, 0.14, [0.4, 0.1, 145]],
    ["potted", 0.12, 0.16, [0.6, 0.1, 40]],
  ],
};

/** The wanted place, or another one that no door takes; `null` where there is none. */
function freePlace(wanted: number, taken: readonly number[]): number | null {
  const [door] = taken;
  const free = (x: number): boolean =>
    taken.every((each) => Math.abs(each - x) > (each === door ? 0.19 : 0.09));
  return (
    [wanted, 1 - wanted, wanted + 0.26, wanted - 0.26].find((x) => x < 0.95 && free(x)) ?? null
  );
}

function furnish(pen: Pen, stage: Stage): void {
  const { width, height, horizonY, plan } = stage;
  const doors = placeSubjects(stage).filter(({ subject }) => subject.draw === "door");
  const taken = doors.map((door) => door.x / width);
  for (const [draw, wanted, share, colour] of FURNITURE[plan.setting] ?? []) {
    if (plan.subjects.some((subject) => subject.draw === draw)) continue;
    const x = freePlace(wanted, taken);
    if (x === null) continue;
    if (doors.length > 0) taken.push(x);
    const sprite = makeSprite(stage, {
      art: { draw, kind: "", colour, motion: null, phase: 0 },
      name: `room-${draw}`,
      height: height * share,
      flipped: false,
      haze: 0,
      glows: draw === "lantern",
    });
    const onWall =
      draw === "frame"
        ? horizonY * 0.42
        : plan.setting === "kitchen"
          ? horizonY * 0.752
          : horizonY + height * 0.05;
    const onDesk = plan.setting === "library" && draw !== "desk" ? onWall - height * 0.135 : onWall;
    pen.drawImage(
      sprite.sheet.canvas,
      width * x - sprite.sheet.width / 2,
      onDesk - sprite.sheet.height * SPRITE_FOOT,
    );
  }
}

function dustLayer(stage: Stage): Layer {
  const { width, height, unit, plan } = stage;
  const random = stage.chance("dust");
  const motes = Array.from({ length: 60 }, () => ({
    x: random(),
    y: random(),
    phase: random() * 6,
    size: random(),
  }));
  return livingLayer(stage, 1, (pen, { t }) => {
    pen.globalCompositeOperation = "screen";
    pen.fillStyle = css(plan.palette.sun, 0.4);
    for (const { x, y, phase, size } of motes) {
      pen.beginPath();
      pen.arc(
        (x + Math.sin(t * 0.22 + phase) * 0.04) * width,
        (y + Math.cos(t * 0.19 + phase) * 0.03) * height,
        unit * (0.8 + 1.7 * size),
        0,
        Math.PI * 2,
      );
      pen.fill();
    }
  });
}
