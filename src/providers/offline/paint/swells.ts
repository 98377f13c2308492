import type { Pen } from "./canvas.ts";
import { css, type Lch, mix, shift } from "./colour.ts";
import { makeNoise, noiseSeed } from "./noise.ts";
import type { Stage } from "./stage.ts";

/** Hills that the ground rolls in, from the skyline to the viewer's feet. */
export function paintSwells(pen: Pen, stage: Stage, colour: Lch): void {
  const { width, height, margin, horizonY, plan } = stage;
  const deep = height - horizonY;
  const strip = Math.max(1, Math.round(width / 200));
  const sunSide = plan.sun.x > 0.5 ? 1 : -1;
  for (const [index, { foot, rise, nearness }] of SWELLS.entries()) {
    const noise = makeNoise(noiseSeed(plan.seed, `swell-${index}`));
    const base = horizonY + deep * foot;
    const crest = (x: number): number => {
      const u = x / width;
      const roll = Math.sin(u * 5.2 + index * 2.3 + plan.seed) * 0.5 + 0.5;
      return base - height * rise * (0.75 * roll + 0.5 * noise(u * 2.2, index));
    };
    const body = mix(colour, plan.palette.sky[3], 0.42 * (1 - nearness));
    const fill = pen.createLinearGradient(0, base - height * rise, 0, base + deep * 0.3);
    fill.addColorStop(0, css(mix(shift(body, [0.04, 1, 0]), plan.palette.sun, 0.2)));
    fill.addColorStop(0.45, css(body));
    fill.addColorStop(1, css(shift(body, [-0.09, 1.05, 4])));
    pen.beginPath();
    pen.moveTo(-margin, height + margin);
    for (let x = -margin; x <= width + margin; x += width / 80) pen.lineTo(x, crest(x));
    pen.lineTo(width + margin, crest(width + margin));
    pen.lineTo(width + margin, height + margin);
    pen.closePath();
    pen.fillStyle = fill;
    pen.fill();
    // The slopes that look away from the sun lie in shade.
    pen.save();
    pen.clip();
    for (let x = -margin; x <= width + margin; x += strip) {
      const slope = (crest(x + width / 80) - crest(x - width / 80)) * sunSide;
      const strength = Math.min(0.5, Math.max(0, -slope / (height * 0.03)) * 0.5);
      if (strength < 0.01) continue;
      const shade = pen.createLinearGradient(0, crest(x), 0, crest(x) + height * 0.16);
      shade.addColorStop(0, css(shift(body, [-0.2, 1, 8]), strength));
      shade.addColorStop(1, css(shift(body, [-0.2, 1, 8]), 0));
      pen.fillStyle = shade;
      pen.fillRect(x, crest(x) - 2, strip, height * 0.17);
    }
    pen.restore();
  }
}

/** From far to near: shares of the ground's depth and of the frame's height. */
const SWELLS = [
  { foot: 0.04, rise: 0.2, nearness: 0 },
  { foot: 0.22, rise: 0.18, nearness: 0.35 },
  { foot: 0.5, rise: 0.14, nearness: 0.7 },
  { foot: 0.86, rise: 0.1, nearness: 1 },
] as const;
