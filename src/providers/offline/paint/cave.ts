import { between } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { makeNoise, noiseSeed } from "./noise.ts";
import { glow } from "./sky.ts";
import { cachedLayer, type Layer, type Stage } from "./stage.ts";

/** The inside of a cave: facetted walls round a mouth with the sky in it, and a floor. */
export function caveLayers(stage: Stage): Layer[] {
  return [cachedLayer(stage, 0.7, (pen) => paintCave(pen, stage))];
}

const ROCK: Lch = [0.25, 0.03, 55];
const RINGS = 9;
const SPOKES = 44;

function paintCave(pen: Pen, stage: Stage): void {
  const { width, height, margin, horizonY, plan, unit } = stage;
  const noise = makeNoise(noiseSeed(plan.seed, "cave"));
  const middle = { x: width * (plan.sun.x > 0.5 ? 0.56 : 0.44), y: horizonY * 0.66 };
  const reach = Math.hypot(width, height) * 0.75 + margin;
  const corner = (ring: number, spoke: number): readonly [number, number] => {
    const at = spoke % SPOKES;
    const stray = ring === 0 ? 0 : noise(at * 3.7 + 1, ring * 5.3) - 0.5;
    const turn = ((at + (ring % 2) * 0.5 + stray * 1.5) / SPOKES) * Math.PI * 2;
    const share =
      (ring + (ring === 0 ? 0 : (noise(at * 2.9, ring * 3.1 + 40) - 0.5) * 1.1)) / RINGS;
    const rough = 0.82 + 0.36 * noise(Math.cos(turn) * 2.4 + ring * 1.7 + 9, Math.sin(turn) * 2.4);
    const near = Math.min(width, height) * 0.21;
    const far = near + (reach - near) * share ** 1.35;
    const x = middle.x + Math.cos(turn) * far * rough;
    const y = middle.y + Math.sin(turn) * far * rough * (ring === 0 ? 1.12 : 1);
    // The floor cuts the mouth off.
    return [x, ring === 0 ? Math.min(horizonY + 4 * unit, y) : y];
  };
  for (let ring = 0; ring < RINGS; ring += 1)
    for (let spoke = 0; spoke < SPOKES; spoke += 1) {
      const corners = [
        corner(ring, spoke),
        corner(ring, spoke + 1),
        corner(ring + 1, spoke + 1),
        corner(ring + 1, spoke),
      ];
      pen.fillStyle = css(facet(stage, { ring, spoke, noise }));
      pen.strokeStyle = pen.fillStyle;
      pen.lineWidth = 1.5 * unit;
      pen.beginPath();
      for (const [x, y] of corners) pen.lineTo(x, y);
      pen.closePath();
      pen.fill();
      pen.stroke();
    }
  paintFloor(pen, stage, middle.x);
  paintSpikes(pen, stage);
}

interface Facet {
  readonly ring: number;
  readonly spoke: number;
  readonly noise: (x: number, y: number) => number;
}

/** Light from the mouth falls on the rock that turns to it, less the further in. */
function facet({ plan }: Stage, { ring, spoke, noise }: Facet): Lch {
  const grain = noise(spoke * 0.9 + 3, ring * 1.3) - 0.5;
  const near = 1 - ring / RINGS;
  const light = plan.palette.dark > 0.6 ? 0.12 : 0.4;
  const tone = shift(ROCK, [grain * 0.13 - 0.1 * (1 - near), 1, grain * 30]);
  return mix(tone, plan.palette.sun, light * near ** 2.2 * (0.6 + grain));
}

function paintFloor(pen: Pen, stage: Stage, mouth: number): void {
  const { width, height, margin, horizonY, plan, unit } = stage;
  const random = stage.chance("cave-floor");
  const fill = pen.createLinearGradient(0, horizonY, 0, height);
  fill.addColorStop(0, css(mix(ROCK, plan.palette.sun, plan.palette.dark > 0.6 ? 0.14 : 0.34)));
  fill.addColorStop(0.4, css(shift(ROCK, [-0.02, 1, 0])));
  fill.addColorStop(1, css(shift(ROCK, [-0.12, 1, 0])));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(-margin, height + margin);
  for (let step = 0; step <= 20; step += 1) {
    const u = step / 20;
    const rise = Math.abs(u - mouth / width) ** 1.6 * 150 * unit;
    pen.lineTo(-margin + (width + margin * 2) * u, horizonY - rise + between(random, -5, 5) * unit);
  }
  pen.lineTo(width + margin, height + margin);
  pen.fill();
  for (let stone = 0; stone < 46; stone += 1) {
    const far = random() ** 1.4;
    const y = horizonY + (height - horizonY) * (0.06 + far * 0.98);
    const size = (6 + 34 * far) * unit * between(random, 0.5, 1.3);
    const x = between(random, -margin, width + margin);
    pen.fillStyle = css(shift(ROCK, [between(random, -0.1, 0.05), 1, 0]), 0.9);
    pen.beginPath();
    pen.ellipse(x, y, size, size * 0.42, 0, 0, Math.PI * 2);
    pen.fill();
    pen.fillStyle = css(mix(ROCK, plan.palette.sun, 0.28), 0.5);
    pen.beginPath();
    pen.ellipse(x, y - size * 0.14, size * 0.7, size * 0.2, 0, Math.PI, 0);
    pen.fill();
  }
  pen.save();
  pen.globalCompositeOperation = "screen";
  pen.translate(mouth, horizonY + 30 * unit);
  pen.scale(1, 0.3);
  glow(pen, {
    x: 0,
    y: 0,
    radius: width * 0.4,
    colour: plan.palette.sun,
    alpha: 0.34 * (1 - plan.palette.dark * 0.7),
  });
  pen.restore();
}

function paintSpikes(pen: Pen, stage: Stage): void {
  const { width, height, margin, unit } = stage;
  const random = stage.chance("spikes");
  for (let spike = 0; spike < 30; spike += 1) {
    const x = between(random, -margin, width + margin);
    const aside = Math.abs(x / width - 0.5) * 2;
    const long = height * between(random, 0.04, 0.17) * (0.35 + aside);
    const wide = unit * between(random, 12, 30);
    const fill = pen.createLinearGradient(x - wide, 0, x + wide, 0);
    fill.addColorStop(0, css(shift(ROCK, [0.02, 1, 0])));
    fill.addColorStop(1, css(shift(ROCK, [-0.13, 1, 0])));
    pen.fillStyle = fill;
    pen.beginPath();
    pen.moveTo(x - wide, -margin);
    pen.quadraticCurveTo(x - wide * 0.2, long * 0.5, x, long);
    pen.quadraticCurveTo(x + wide * 0.2, long * 0.5, x + wide, -margin);
    pen.fill();
  }
}
