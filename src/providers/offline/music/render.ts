import { UpstreamFailure } from "../../provider.ts";
import type { Renderer } from "../job.ts";
import { generateMusic } from "./generate.ts";

/** Makes what a music model gives. Runs in a worker thread. */
export const renderMusic: Renderer = (job, room) => {
  const render = RENDERERS[job.model];
  if (render === undefined) {
    throw new UpstreamFailure({
      code: "model_unavailable",
      message: `The offline engine has no music model ${job.model}`,
      retry: "never",
      retryAfterMs: null,
      billed: "no",
    });
  }
  return render(job, room);
};

const RENDERERS: Readonly<Record<string, Renderer>> = {
  "generate-music": generateMusic,
};
