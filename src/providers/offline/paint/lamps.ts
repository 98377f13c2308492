import type { Pen } from "./canvas.ts";
import type { Lch } from "./colour.ts";
import type { Place } from "./place.ts";
import { glow } from "./sky.ts";
import { type Layer, livingLayer, type Stage } from "./stage.ts";

/** What throws its light on what stands near. */
export const LAMPS: ReadonlySet<string> = new Set(["campfire", "crystal", "candle", "lantern"]);

/** The light of lamps, fires and crystals over what has been drawn. */
export function lampLayer(stage: Stage, lamps: readonly Place[]): Layer {
  return livingLayer(stage, 1, (pen, { t }) => {
    pen.globalCompositeOperation = "screen";
    for (const { x, y, height, subject } of lamps) {
      const cool = subject.draw === "crystal";
      const radius = height * (2.1 + 0.08 * Math.sin(t * 8 + x));
      const colour = cool ? (subject.colour ?? CRYSTAL) : FLAME;
      const alpha = (cool ? 0.32 : 0.16) + 0.2 * stage.plan.palette.dark;
      glow(pen, { x, y: y - height * 0.5, radius, colour, alpha });
      pen.save();
      pen.translate(x, y);
      pen.scale(1, 0.22);
      glow(pen, { x: 0, y: 0, radius: radius * 0.9, colour, alpha });
      pen.restore();
    }
  });
}

const FLAME: Lch = [0.78, 0.15, 62];
const CRYSTAL: Lch = [0.8, 0.13, 200];

/** The light that a saucer throws on the ground below it. */
export function drawSaucerBeam(pen: Pen, stage: Stage, { place, x, t }: Beam): void {
  const { height, horizonY } = stage;
  const top = place.y - place.height * 0.3;
  const foot = Math.max(top + place.height, horizonY + (height - horizonY) * 0.42);
  const wide = place.height * (1.15 + 0.05 * Math.sin(t * 3));
  const fill = pen.createLinearGradient(0, top, 0, foot);
  fill.addColorStop(0, "rgba(190,255,220,.6)");
  fill.addColorStop(1, "rgba(150,255,200,.1)");
  pen.save();
  pen.globalCompositeOperation = "screen";
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(x - place.height * 0.36, top);
  pen.lineTo(x + place.height * 0.36, top);
  pen.lineTo(x + wide, foot);
  pen.ellipse(x, foot, wide, wide * 0.16, 0, 0, Math.PI);
  pen.fill();
  pen.translate(x, foot);
  pen.scale(1, 0.2);
  glow(pen, { x: 0, y: 0, radius: wide * 1.5, colour: [0.9, 0.12, 155], alpha: 0.5 });
  pen.restore();
}

interface Beam {
  readonly place: Place;
  readonly x: number;
  /** Seconds since the start. */
  readonly t: number;
}
