import type { Sheet } from "./canvas.ts";
import { castLayers } from "./cast.ts";
import { openFinish } from "./finish.ts";
import { groundLayers, nearLayers } from "./ground.ts";
import { farLayers } from "./land.ts";
import { skyLayers } from "./sky.ts";
import { type Layer, type Moment, STILL, type Stage } from "./stage.ts";

/** A scene whose still parts are painted: any moment of it can be drawn, in any order. */
export interface Scene {
  /** Draws a moment over the whole target, which has the size of the stage. */
  draw(target: Sheet, moment?: Moment): void;
}

/** Paints what does not move and keeps it. */
export function buildScene(stage: Stage): Scene {
  const layers = landLayers(stage);
  const dreamy = stage.plan.mood === "dreamy" ? 1.6 : 1;
  const finish = openFinish(stage, {
    bloom: 0.34 * dreamy,
    vignette: 0.36,
    grain: stage.margin > 0 ? 0.08 : 0.14,
  });
  return {
    draw(target, moment = STILL) {
      target.pen.globalCompositeOperation = "source-over";
      for (const layer of layers) {
        layer.draw(target, moment);
        target.pen.resetTransform();
        target.pen.globalAlpha = 1;
        target.pen.globalCompositeOperation = "source-over";
      }
      finish.apply(target);
    },
  };
}

function landLayers(stage: Stage): Layer[] {
  return [
    ...skyLayers(stage),
    ...farLayers(stage),
    ...groundLayers(stage),
    ...castLayers(stage),
    ...nearLayers(stage),
  ];
}
