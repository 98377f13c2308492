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
