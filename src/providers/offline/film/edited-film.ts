import { applyFilmLooks } from "../look/apply.ts";
import { openStage, STILL } from "../paint/stage.ts";
import { weatherLayers } from "../paint/weather.ts";
import { leaveTrace, relight } from "../picture/edit.ts";
import type { Size } from "../request/ratio.ts";
import type { ScenePlan } from "../scene/plan.ts";
import type { Film } from "./direct.ts";
import type { Footage } from "./footage.ts";

/** A clip of the customer that words change. */
export interface EditedFilm {
  readonly footage: Footage;
  readonly frames: number;
  readonly fps: number;
  readonly size: Size;
  readonly plan: ScenePlan;
}

/**
 * Shows the customer's clip in the light, the season, the colours, the look and the weather that
 * the words name. What happens in it stays.
 */
export function editedFilm({ footage, frames, fps, size, plan }: EditedFilm): Film {
  const weather = weatherLayers(openStage({ ...plan, setting: "hills" }, size));
  return {
    frames,
    fps,
    plans: [plan],
    faithful: true,
    load: (from, count) => footage.load(from, count),
    draw(target, frame) {
      const { pen } = target;
      pen.resetTransform();
      pen.globalCompositeOperation = "source-over";
      pen.drawImage(footage.frame(frame).canvas, 0, 0, target.width, target.height);
      relight(target, plan);
      pen.save();
      const moment = { ...STILL, t: frame / fps, duration: frames / fps };
      for (const layer of weather) layer.draw(target, moment);
      pen.restore();
      leaveTrace(target, plan);
      applyFilmLooks(target, plan);
    },
  };
}
