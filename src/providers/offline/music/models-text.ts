import type { Production } from "../../../core/outcome.ts";
import type { Renderer, RenderJob } from "../job.ts";
import { refused } from "./decode/decode.ts";
import { inputOf } from "./input.ts";
import { parentOf } from "./parent.ts";
import { boostStyle } from "./text/boost-style.ts";
import { lyricsText, writeLyrics } from "./text/lyrics.ts";
import { lrcOf } from "./text/timed-lyrics.ts";
import { engineFacts } from "./track.ts";

/** `generate-lyrics`: a title and a song's text on an idea. */
export const generateLyrics: Renderer = async (job) => {
  const { title, sections } = writeLyrics(inputOf(job).text("prompt"), job.seed, 6);
  return textOnly(job, { title, text: lyricsText(sections) });
};

/** `get-timestamped-lyrics`: when each line of a track is sung. */
export const timeLyrics: Renderer = async (job) => {
  const lines = lrcOf(parentOf(job).score);
  if (lines === "") throw refused("The track has no vocals, so there are no lyrics to time");
  return textOnly(job, { timestampe_lyrics: lines });
};

/** `boost-music-style`: a few style words made into a full description. */
export const boostMusicStyle: Renderer = async (job) =>
  textOnly(job, { style: boostStyle(inputOf(job).text("content"), job.seed) });

function textOnly(job: RenderJob, fields: Readonly<Record<string, string>>): Production {
  return {
    artifacts: [],
    outputs: [{ kind: "text", fields }],
    creations: [],
    meta: engineFacts(job),
  };
}
