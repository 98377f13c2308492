import { between } from "../chance.ts";
import { openSheet, type Pen } from "./canvas.ts";
import { css, type Lch, shift } from "./colour.ts";
import { fractal, makeNoise, noiseSeed } from "./noise.ts";
import { cachedLayer, type Layer, livingLayer, type Stage } from "./stage.ts";

/** Currents of colour, circles and torn shapes: what an unknown word looks like. */
export function abstractLayers(stage: Stage): Layer[] {
  const variant = Math.floor(stage.chance("abstract")() * 3);
  const tones = paletteOf(stage);
  const ground = cachedLayer(stage, 0, (pen) => paintGround(pen, stage, tones));
  if (variant === 0)
    return [
      ground,
      cachedLayer(stage, 0.5, (pen) => paintFlow(pen, stage, tones)),
      orbLayer(stage, tones),
    ];
  if (variant === 1)
    return [
      ground,
      cachedLayer(stage, 0.3, (pen) => paintWaves(pen, stage, tones)),
      orbLayer(stage, tones),
    ];
  return [
    ground,
    cachedLayer(stage, 0.5, (pen) => paintCircles(pen, stage, tones)),
    orbLayer(stage, tones),
  ];
}

function paletteOf(stage: Stage): Lch[] {
  const random = stage.chance("abstract-tones");
  const first = stage.plan.accents[0] ?? ([0.6, 0.17, random() * 360] as const);
  const second = stage.plan.accents[1] ?? shift(first, [0.12, 0.9, between(random, 40, 90)]);
  return [
    first,
    second,
    shift(first, [0.2, 0.8, 170]),
    shift(first, [-0.24, 0.8, -20]),
    [0.95, 0.02, 90],
  ];
}

function toneAt(tones: readonly Lch[], index: number): Lch {
  return tones[index % tones.length] ?? [0.5, 0.1, 0];
}

function paintGround(pen: Pen, stage: Stage, tones: readonly Lch[]): void {
  const { width, height, margin } = stage;
  const wide = 120;
  const high = Math.round((120 * height) / width);
  const noise = fractal(makeNoise(noiseSeed(stage.plan.seed, "ground")), 3);
  const sheet = openSheet(wide, high);
  const dark = toneAt(tones, 3);
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const n = noise(x * 0.022, y * 0.022);
      sheet.pen.fillStyle = css(shift(dark, [(n - 0.5) * 0.4, 1, (n - 0.5) * 120]));
      sheet.pen.fillRect(x, y, 1, 1);
    }
  }
  pen.drawImage(sheet.canvas, -margin, -margin, width + margin * 2, height + margin * 2);
}

function paintFlow(pen: Pen, stage: Stage, tones: readonly Lch[]): void {
  const { width, height, margin, unit } = stage;
  const random = stage.chance("flow");
  const noise = makeNoise(noiseSeed(stage.plan.seed, "flow"));
  pen.lineCap = "round";
  for (let line = 0; line < 1500; line += 1) {
    let x = between(random, -margin, width + margin);
    let y = between(random, -margin, height + margin);
    const tone = toneAt(tones, Math.floor(noise(x / width / 0.6, y / width / 0.6) * 9));
    pen.strokeStyle = css(
      shift(tone, [between(random, -0.08, 0.08), 1, between(random, -10, 10)]),
      0.62,
    );
    pen.lineWidth = unit * (1 + 6 * random() ** 3);
    pen.beginPath();
    pen.moveTo(x, y);
    for (let step = 0; step < 30; step += 1) {
      const angle = noise((x / width) * 3.2, (y / width) * 3.2) * Math.PI * 4;
      x += Math.cos(angle) * 9 * unit;
      y += Math.sin(angle) * 9 * unit;
      pen.lineTo(x, y);
    }
    pen.stroke();
  }
}

function paintWaves(pen: Pen, stage: Stage, tones: readonly Lch[]): void {
  const { width, height, margin, unit } = stage;
  const noise = makeNoise(noiseSeed(stage.plan.seed, "waves"));
  for (let wave = 0; wave < 13; wave += 1) {
    pen.save();
    pen.shadowColor = "rgba(10,5,30,.45)";
    pen.shadowBlur = 22 * unit;
    pen.shadowOffsetY = -6 * unit;
    pen.fillStyle = css(shift(toneAt(tones, wave), [-0.012 * wave + 0.05, 1, wave * 3]));
    pen.beginPath();
    pen.moveTo(-margin, height + margin);
    for (let step = 0; step <= 60; step += 1) {
      const u = step / 60;
      pen.lineTo(
        -margin + (width + margin * 2) * u,
        height * (0.1 + wave * 0.075) +
          (noise(u * 3 + wave * 0.35, wave * 0.4) - 0.5) * height * 0.42,
      );
    }
    pen.lineTo(width + margin, height + margin);
    pen.fill();
    pen.restore();
  }
}

function paintCircles(pen: Pen, stage: Stage, tones: readonly Lch[]): void {
  const { width, height, unit } = stage;
  const random = stage.chance("circles");
  for (let group = 0; group < 9; group += 1) {
    const x = between(random, 0.05, 0.95) * width;
    const y = between(random, 0.05, 0.95) * height;
    const reach = Math.min(width, height) * between(random, 0.08, 0.34);
    for (let ring = 7; ring > 0; ring -= 1) {
      pen.fillStyle = css(toneAt(tones, group + ring), 0.9);
      pen.beginPath();
      pen.arc(x, y, (reach * ring) / 7, 0, Math.PI * 2);
      pen.fill();
    }
    pen.strokeStyle = css(toneAt(tones, 4), 0.8);
    pen.lineWidth = 3 * unit;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(between(random, 0, width), between(random, 0, height));
    pen.stroke();
  }
}

function orbLayer(stage: Stage, tones: readonly Lch[]): Layer {
  const { width, height } = stage;
  const random = stage.chance("orbs");
  const short = Math.min(width, height);
  const orbs = Array.from({ length: 7 }, (_, index) => ({
    x: random(),
    y: random(),
    r: short * between(random, 0.02, 0.1),
    phase: random() * 6,
    tone: toneAt(tones, index),
  }));
  return livingLayer(stage, 1, (pen, { t }) => {
    for (const { x, y, r, phase, tone } of orbs) {
      const px = (x + Math.sin(t * 0.5 + phase) * 0.05) * width;
      const py = (y + Math.cos(t * 0.42 + phase) * 0.05) * height;
      const fill = pen.createRadialGradient(px - r * 0.3, py - r * 0.3, 0, px, py, r);
      fill.addColorStop(0, css(shift(tone, [0.2, 0.8, 0])));
      fill.addColorStop(1, css(shift(tone, [-0.1, 1.1, 0])));
      pen.fillStyle = fill;
      pen.beginPath();
      pen.arc(px, py, r, 0, Math.PI * 2);
      pen.fill();
    }
  });
}
