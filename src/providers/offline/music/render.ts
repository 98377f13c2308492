import { UpstreamFailure } from "../../provider.ts";
import type { Renderer } from "../job.ts";
import { generateMusic } from "./generate.ts";
import { extendMusic, extendUpload, replaceSection } from "./models-continue.ts";
import { coverUpload } from "./models-cover.ts";
import { addInstrumental, addVocals } from "./models-layers.ts";
import { generateMusicCover, generatePersona } from "./models-persona.ts";
import { convertToWav, separateUpload, separateVocals, splitStems } from "./models-stems.ts";
import { boostMusicStyle, generateLyrics, timeLyrics } from "./models-text.ts";
import { createMusicVideo } from "./models-video.ts";

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
  "extend-music": extendMusic,
  "upload-and-cover-audio": coverUpload,
  "upload-and-extend-audio": extendUpload,
  "add-instrumental": addInstrumental,
  "add-vocals": addVocals,
  "replace-section": replaceSection,
  "generate-lyrics": generateLyrics,
  "get-timestamped-lyrics": timeLyrics,
  "boost-music-style": boostMusicStyle,
  "generate-persona": generatePersona,
  "generate-music-cover": generateMusicCover,
  "convert-to-wav": convertToWav,
  "separate-vocals": separateVocals,
  "stem-split": splitStems,
  "upload-and-separate-vocals": separateUpload,
  "create-music-video": createMusicVideo,
};
