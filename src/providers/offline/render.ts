import { checkInputs } from "./check-inputs.ts";
import type { Renderer } from "./job.ts";

/**
 * Makes the files of a job with the renderer of its medium, loaded when it is first needed.
 * What the customer gave is looked at before.
 */
export const render: Renderer = async (job, room) => {
  const renderer = await LOADERS[job.media]();
  room.progress(0);
  await checkInputs(job);
  return renderer(job, room);
};

const LOADERS = {
  image: async (): Promise<Renderer> => (await import("./picture/render.ts")).renderPicture,
  video: async (): Promise<Renderer> => (await import("./film/render.ts")).renderFilm,
  music: async (): Promise<Renderer> => (await import("./music/render.ts")).renderMusic,
} as const;
