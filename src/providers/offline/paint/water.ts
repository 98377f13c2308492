import { between } from "../chance.ts";
import { openSheet, type Pen, type Sheet } from "./canvas.ts";
import { css, mix } from "./colour.ts";
import type { Layer, Moment, Stage } from "./stage.ts";

const STRIPS = 110;

/**
 * Water from `fromY` down to the frame's foot, mirroring what was painted above it. The mirror is
 * shorter than its source, darker and wavier downward.
 */
export function waterLayer(stage: Stage, fromY: number, rough: number): Layer {
  const { width, height } = stage;
  const source = openSheet(width, fromY);
  const glints = makeGlints(stage, fromY);
  return {
    depth: 1,
    draw(target, moment) {
      source.pen.clearRect(0, 0, width, fromY);
      source.pen.drawImage(target.canvas, 0, 0);
      mirror(target, { source, stage, fromY, moment, rough });
      tone(target.pen, { stage, fromY, rough });
      for (const glint of glints) drawGlint(target.pen, { glint, stage, moment, fromY });
      target.pen.globalCompositeOperation = "source-over";
      const haze = target.pen.createLinearGradient(0, fromY - 2, 0, fromY + height * 0.03);
      haze.addColorStop(0, css(stage.plan.palette.sky[3], 0.5));
      haze.addColorStop(1, css(stage.plan.palette.sky[3], 0));
      target.pen.fillStyle = haze;
      target.pen.fillRect(0, fromY - 2, width, height * 0.03 + 2);
    },
  };
}

interface Mirror {
  readonly source: Sheet;
  readonly stage: Stage;
  readonly fromY: number;
  readonly moment: Moment;
  readonly rough: number;
}

function mirror({ pen }: Sheet, { source, stage, fromY, moment, rough }: Mirror): void {
  const { width, height } = stage;
  const deep = height - fromY;
  let previous = 0;
  for (let strip = 1; strip <= STRIPS; strip += 1) {
    const u = strip / STRIPS;
    const next = Math.ceil(deep * u ** 1.15);
    const high = next - previous;
    if (high <= 0) continue;
    const phase = u ** 0.45 * 60;
    const wave =
      Math.sin(phase + moment.t * 1.9) + 0.6 * Math.sin(phase * 1.73 - moment.t * 1.3 + 2);
    const shift = wave * width * 0.0045 * u * rough;
    const sourceHigh = high / 0.86;
    const bob = Math.sin(phase * 2.1 + moment.t * 1.4) * deep * 0.006 * rough * u;
    const sourceY = Math.min(
      fromY - sourceHigh,
      Math.max(0, fromY - previous / 0.86 - sourceHigh + bob),
    );
    pen.save();
    pen.translate(0, fromY + next);
    pen.scale(1, -1);
    pen.drawImage(
      source.canvas,
      0,
      sourceY,
      width,
      sourceHigh,
      shift - width * 0.012,
      0,
      width * 1.024,
      high + 0.7,
    );
    pen.restore();
    previous = next;
  }
}

function tone(
  pen: Pen,
  {
    stage,
    fromY,
    rough,
  }: { readonly stage: Stage; readonly fromY: number; readonly rough: number },
): void {
  const { width, height, plan } = stage;
  const body = mix(plan.palette.sky[0], plan.palette.near, 0.4);
  const deep = pen.createLinearGradient(0, fromY, 0, height);
  deep.addColorStop(0, css(body, 0.1 + 0.1 * rough));
  deep.addColorStop(1, css(body, 0.5 + 0.14 * rough));
  pen.fillStyle = deep;
  pen.fillRect(0, fromY, width, height - fromY);
}

interface Glint {
  readonly x: number;
  readonly u: number;
  readonly size: number;
  readonly phase: number;
  /** Whether it belongs to the path of the sun. */
  readonly sunny: boolean;
}

function makeGlints({ chance, plan }: Stage, _fromY: number): Glint[] {
  const random = chance("glints");
  const hidden = ["storm", "overcast"].includes(plan.paletteName);
  return Array.from({ length: hidden ? 160 : 460 }, (_, index) => {
    const u = random() ** 1.4;
    const sunny = !hidden && index % 4 !== 0;
    const spread = (random() + random() + random() - 1.5) * (0.05 + u * 0.16);
    const x = sunny ? plan.sun.x + spread : random();
    return { x, u, size: between(random, 0.4, 1), phase: random() * Math.PI * 2, sunny };
  });
}

interface GlintAt {
  readonly glint: Glint;
  readonly stage: Stage;
  readonly moment: Moment;
  readonly fromY: number;
}

function drawGlint(pen: Pen, { glint, stage, moment, fromY }: GlintAt): void {
  const { width, height, unit, plan } = stage;
  const shine = 0.5 + 0.5 * Math.sin(glint.phase + moment.t * (1.5 + glint.size * 2));
  const alpha = shine * (glint.sunny ? 0.75 : 0.16) * (1 - glint.u * 0.35);
  if (alpha < 0.06) return;
  const y = fromY + 3 * unit + (height - fromY) * glint.u;
  const long = unit * (3 + 26 * glint.u) * glint.size;
  pen.globalCompositeOperation = "screen";
  pen.fillStyle = css(plan.palette.sun, alpha);
  pen.beginPath();
  pen.ellipse(
    glint.x * width + Math.sin(glint.phase + moment.t) * unit * 4,
    y,
    long,
    Math.max(0.7, long * 0.085),
    0,
    0,
    Math.PI * 2,
  );
  pen.fill();
}
