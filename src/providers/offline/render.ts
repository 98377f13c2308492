import { UpstreamFailure } from "../provider.ts";
import type { Renderer } from "./job.ts";

/** Makes the files of a job with the renderer of its medium, loaded when it is first needed. */
export const render: Renderer = async (job, room) => {
  const renderer = await LOADERS[job.media]();
  room.progress(0);
  return renderer(job, room);
};

const LOADERS = {
  image: async (): Promise<Renderer> => (await import("./picture/render.ts")).renderPicture,
  video: async (): Promise<Renderer> => (await import("./film/render.ts")).renderFilm,
  music: loadMusic,
} as const;

async function loadMusic(): Promise<Renderer> {
  const path: string = "./music/render.ts";
  const loaded: unknown = await import(path).catch(() => null);
  if (hasMusic(loaded)) return loaded.renderMusic;
  throw new UpstreamFailure({
    code: "model_unavailable",
    message: "The offline engine makes no music yet",
    retry: "other-route",
    retryAfterMs: null,
    billed: "no",
  });
}

function hasMusic(value: unknown): value is { readonly renderMusic: Renderer } {
  return typeof value === "object" && value !== null && "renderMusic" in value;
}
