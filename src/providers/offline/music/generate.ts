import type { Renderer } from "../job.ts";
import { readBrief } from "./compose/brief.ts";
import { compose } from "./compose/compose.ts";
import { inputOf } from "./input.ts";
import { perform, produceTracks } from "./track.ts";
import { variationSeed, wishOf } from "./wish.ts";

/** `generate-music`: two songs on one idea. */
export const generateMusic: Renderer = (job, room) => {
  const input = inputOf(job);
  const makers = [0, 1].map((index) => async (watch: Parameters<typeof perform>[1]) => {
    const wish = wishOf(job, {
      seed: variationSeed(job, index),
      instrumental: input.flag("instrumental"),
      lyrics: input.flag("custom_mode"),
    });
    const score = compose(readBrief(wish));
    return { score, sound: await perform(score, watch) };
  });
  return produceTracks(job, room, makers);
};
