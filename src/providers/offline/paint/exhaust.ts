import { between } from "../chance.ts";
import type { Pen } from "./canvas.ts";
import { css, mix } from "./colour.ts";
import type { Place } from "./place.ts";
import { glow } from "./sky.ts";
import type { Moment, Stage } from "./stage.ts";

/** What a rocket leaves behind. */
export interface Exhaust {
  readonly stage: Stage;
  readonly place: Place;
  readonly moment: Moment;
  readonly x: number;
}

/** Smoke lit from above, in a column down to the ground where it spreads, and the flame itself. */
export function drawExhaust(pen: Pen, { stage, place, moment, x }: Exhaust): void {
  const { palette } = stage.plan;
  const random = stage.chance(`exhaust-${place.name}`);
  const ground = stage.horizonY + (stage.height - stage.horizonY) * 0.12;
  const long = Math.max(place.height * 0.6, ground - place.y);
  const wide = place.height * 0.15;
  for (let puff = 0; puff < 110; puff += 1) {
    const u = random() ** 0.8;
    const spread = u > 0.82 ? wide * 5 * (u - 0.82) * 5.5 : 0;
    const drift = Math.sin(moment.t * 0.7 + puff) * wide * 0.12;
    const radius = wide * (0.5 + u * 1.5) * between(random, 0.6, 1.1);
    const lit = mix(
      [0.9, 0.12, 65],
      mix([0.78, 0.02, 260], palette.sky[2], 0.3),
      Math.min(1, u * 1.6),
    );
    pen.fillStyle = css([lit[0] - 0.12 * random(), lit[1], lit[2]], 0.3);
    pen.beginPath();
    pen.arc(
      x + (random() - 0.5) * (wide * (0.7 + u) + spread * 2) + drift,
      place.y + long * u,
      radius,
      0,
      Math.PI * 2,
    );
    pen.fill();
  }
  pen.save();
  pen.globalCompositeOperation = "screen";
  const flicker = 1 + Math.sin(moment.t * 31) * 0.08;
  for (const [size, alpha] of [
    [1.5, 0.5],
    [0.55, 0.95],
  ] as const) {
    glow(pen, {
      x,
      y: place.y + place.height * 0.06,
      radius: place.height * size * flicker,
      colour: [0.86, 0.15, 68],
      alpha,
    });
  }
  pen.restore();
}
