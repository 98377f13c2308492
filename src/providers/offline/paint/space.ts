import { between } from "../chance.ts";
import type { Pen, Sheet } from "./canvas.ts";
import { openSheet } from "./canvas.ts";
import { css, type Lch, mix, shift, toRgb } from "./colour.ts";
import { fractal, makeNoise, noiseSeed } from "./noise.ts";
import { glow, paintStars } from "./sky.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** Stars, clouds of gas, and a planet with its ring. */
export function spaceLayers(stage: Stage): Layer[] {
  const { plan } = stage;
  const layers = [
    cachedLayer(stage, 0, (pen) => {
      pen.fillStyle = css([0.06, 0.03, 280]);
      pen.fillRect(
        -stage.margin,
        -stage.margin,
        stage.width + 2 * stage.margin,
        stage.height + 2 * stage.margin,
      );
      paintNebula(pen, stage, plan.has.galaxy !== undefined ? 0.3 : 0.75);
      paintStars(pen, stage);
      if (plan.has.galaxy !== undefined) paintSpiral(pen, stage);
    }),
  ];
  if (plan.has.galaxy === undefined || plan.has.planet !== undefined) {
    layers.push(cachedLayer(stage, 0.25, (pen) => paintPlanets(pen, stage)));
  }
  layers.push(twinkleLayer(stage));
  return layers;
}

/** Clouds of light between the stars. */
export function paintNebula(pen: Pen, stage: Stage, strength: number): void {
  const { width, height, margin, plan } = stage;
  const wide = 240;
  const high = Math.round((240 * height) / width);
  const hue = plan.accents[0]?.[2] ?? stage.chance("nebula")() * 360;
  pen.save();
  pen.globalCompositeOperation = "screen";
  for (const [index, turn] of [0, 70, -60].entries()) {
    const noise = fractal(makeNoise(noiseSeed(plan.seed, `nebula-${index}`)), 5);
    const sheet = openSheet(wide, high);
    const image = sheet.pen.createImageData(wide, high);
    const rgb = toRgb([0.6, 0.19, (hue + turn + 360) % 360]);
    for (let y = 0; y < high; y += 1) {
      for (let x = 0; x < wide; x += 1) {
        const band = Math.exp(
          -(((y / high - 0.5 - (x / wide - 0.5) * (index - 1) * 0.8) / 0.34) ** 2),
        );
        const density = Math.max(0, noise(x * 0.018 + 3, y * 0.018) - 0.42) * 3.4 * band;
        const place = (y * wide + x) * 4;
        image.data[place] = rgb[0];
        image.data[place + 1] = rgb[1];
        image.data[place + 2] = rgb[2];
        image.data[place + 3] = Math.min(255, density * 215 * strength);
      }
    }
    sheet.pen.putImageData(image, 0, 0);
    pen.drawImage(sheet.canvas, -margin, -margin, width + margin * 2, height + margin * 2);
  }
  pen.restore();
}

/** Two arms that wind about a bright core, with dust between and young stars along them. */
function paintSpiral(pen: Pen, stage: Stage): void {
  const random = stage.chance("spiral");
  const { width, height, unit } = stage;
  const reach = Math.min(width, height) * 0.47;
  pen.save();
  pen.translate(width * 0.5, height * 0.48);
  pen.rotate(-0.42);
  pen.scale(1, 0.52);
  pen.globalCompositeOperation = "screen";
  glow(pen, { x: 0, y: 0, radius: reach * 1.05, colour: [0.4, 0.1, 275], alpha: 0.5 });
  const arm = (share: number, side: number, stray: number): readonly [number, number] => {
    const angle = 0.6 + Math.log(0.1 + share) * 2.5 + side * Math.PI + stray;
    return [Math.cos(angle) * share * reach, Math.sin(angle) * share * reach];
  };
  const lump = (random() + random() - 1) * 0.2;
  for (let puff = 0; puff < 260; puff += 1) {
    const share = 0.1 + 0.9 * random() ** 0.8;
    const [x, y] = arm(share, puff % 2, (random() + random() + random() - 1.5) * 0.5 + lump);
    const hue = share < 0.3 ? 60 : random() < 0.2 ? 350 : 258;
    const radius = reach * between(random, 0.05, 0.13);
    glow(pen, { x, y, radius, colour: [0.66, 0.13, hue], alpha: 0.24 * (1.2 - share) });
  }
  for (let star = 0; star < 5600; star += 1) {
    const share = random() ** 0.7;
    const spread = (random() + random() + random() - 1.5) * (0.5 + 0.5 * (1 - share));
    const [x, y] = arm(Math.max(0.02, share), star % 2, spread);
    const hue = share < 0.3 ? 70 : random() < 0.16 ? 350 : 250;
    pen.fillStyle = css([0.9, 0.08, hue], 0.25 + 0.75 * random() ** 3);
    const size = unit * between(random, 0.7, 2.2);
    pen.fillRect(x, y, size, size * 1.8);
  }
  pen.globalCompositeOperation = "multiply";
  for (let cloud = 0; cloud < 90; cloud += 1) {
    const share = 0.2 + 0.6 * random();
    const [x, y] = arm(share, cloud % 2, -0.62 + (random() - 0.5) * 0.3);
    const radius = reach * between(random, 0.03, 0.08);
    const fill = pen.createRadialGradient(x, y, 0, x, y, radius);
    fill.addColorStop(0, "rgba(34,16,30,.34)");
    fill.addColorStop(1, "rgba(34,16,30,0)");
    pen.fillStyle = fill;
    pen.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  }
  pen.globalCompositeOperation = "screen";
  glow(pen, { x: 0, y: 0, radius: reach * 0.42, colour: [0.86, 0.1, 70], alpha: 0.9 });
  glow(pen, { x: 0, y: 0, radius: reach * 0.15, colour: [0.99, 0.04, 85], alpha: 1 });
  pen.restore();
}

interface Globe {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Lch;
  readonly ring: boolean;
  readonly name: string;
}

function paintPlanets(pen: Pen, stage: Stage): void {
  const { width, height, plan } = stage;
  const random = stage.chance("planets");
  const short = Math.min(width, height);
  const away = plan.sun.x > 0.5 ? 0.33 : 0.67;
  const crowded = plan.subjects.length > 0;
  const colour = plan.accents[0] ?? ([0.66, 0.13, between(random, 20, 300)] as const);
  const big: Globe = {
    x: (crowded ? 1 - away : away) * width,
    y: height * (crowded ? 0.3 : 0.46),
    radius: short * (crowded ? 0.19 : 0.27),
    colour,
    ring: random() < 0.7,
    name: "big",
  };
  paintGlobe(pen, stage, big);
  const small: Globe = {
    x: (crowded ? away : 1 - away) * width,
    y: height * 0.74,
    radius: short * 0.06,
    colour: shift(colour, [0.04, 0.8, 140]),
    ring: false,
    name: "small",
  };
  paintGlobe(pen, stage, small);
}

/** A planet: bands of noise over a sphere, day and night side, an atmosphere at the rim, a ring. */
export function paintGlobe(pen: Pen, stage: Stage, globe: Globe): void {
  if (globe.ring) paintRing(pen, stage, { globe, front: false });
  const sheet = globeSheet(stage, globe);
  pen.drawImage(
    sheet.canvas,
    globe.x - globe.radius,
    globe.y - globe.radius,
    globe.radius * 2,
    globe.radius * 2,
  );
  pen.save();
  pen.globalCompositeOperation = "screen";
  glow(pen, {
    x: globe.x,
    y: globe.y,
    radius: globe.radius * 1.35,
    colour: shift(globe.colour, [0.1, 0.8, 0]),
    alpha: 0.22,
  });
  pen.restore();
  if (globe.ring) paintRing(pen, stage, { globe, front: true });
}

function globeSheet({ plan }: Stage, { colour, name, radius }: Globe): Sheet {
  const size = Math.min(520, Math.max(60, Math.round(radius * 2)));
  const noise = fractal(makeNoise(noiseSeed(plan.seed, `globe-${name}`)), 5);
  const sheet = openSheet(size, size);
  const image = sheet.pen.createImageData(size, size);
  const tones = [shift(colour, [-0.14, 1.1, -14]), colour, shift(colour, [0.14, 0.7, 16])].map(
    toRgb,
  );
  const light = [plan.sun.x > 0.5 ? 0.62 : -0.62, -0.42, 0.66] as const;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const u = (x / size) * 2 - 1;
      const v = (y / size) * 2 - 1;
      const r = u * u + v * v;
      if (r > 1) continue;
      const w = Math.sqrt(1 - r);
      const lon = Math.atan2(u, w);
      const lat = Math.asin(v);
      const band = noise(lon * 1.2 + 5, lat * 6 + noise(lon * 2.4, lat * 3) * 1.6);
      const tone = Math.min(1.999, Math.max(0, band * 2.6 - 0.3));
      const low = tones[Math.floor(tone)] ?? tones[0];
      const high = tones[Math.floor(tone) + 1] ?? low;
      const share = tone - Math.floor(tone);
      const lit = Math.max(0.05, u * light[0] + v * light[1] + w * light[2]) * 1.15;
      const place = (y * size + x) * 4;
      for (let part = 0; part < 3; part += 1)
        image.data[place + part] =
          ((low?.[part] ?? 0) * (1 - share) + (high?.[part] ?? 0) * share) * lit;
      image.data[place + 3] = 255 * Math.min(1, (1 - Math.sqrt(r)) * size * 0.5);
    }
  }
  sheet.pen.putImageData(image, 0, 0);
  return sheet;
}

function paintRing(
  pen: Pen,
  stage: Stage,
  { globe, front }: { readonly globe: Globe; readonly front: boolean },
): void {
  const random = stage.chance("ring");
  pen.save();
  pen.translate(globe.x, globe.y);
  pen.rotate(-0.36);
  for (let arc = 0; arc < 40; arc += 1) {
    const radius = globe.radius * (1.32 + (arc / 40) * 0.72);
    pen.strokeStyle = css(
      mix(globe.colour, [0.92, 0.03, 80], 0.3 + 0.5 * random()),
      0.12 + 0.6 * random(),
    );
    pen.lineWidth = globe.radius * 0.02;
    pen.beginPath();
    pen.ellipse(0, 0, radius, radius * 0.25, 0, front ? 0 : Math.PI, front ? Math.PI : Math.PI * 2);
    pen.stroke();
  }
  pen.restore();
}

function twinkleLayer(stage: Stage): Layer {
  const random = stage.chance("twinkle");
  const { width, height, unit } = stage;
  const stars = Array.from({ length: 40 }, () => ({
    x: random() * width,
    y: random() * height,
    phase: random() * 6.3,
    size: between(random, 3, 9),
  }));
  return livingLayer(stage, 0.05, (pen, { t }) => {
    pen.globalCompositeOperation = "screen";
    for (const { x, y, phase, size } of stars) {
      const shine = Math.max(0, Math.sin(t * 1.6 + phase));
      pen.strokeStyle = css([0.96, 0.03, 230], 0.75 * shine);
      pen.lineWidth = unit * 1.1;
      const arm = size * unit * shine;
      pen.beginPath();
      pen.moveTo(x - arm, y);
      pen.lineTo(x + arm, y);
      pen.moveTo(x, y - arm);
      pen.lineTo(x, y + arm);
      pen.stroke();
    }
  });
}
