import { writeFile } from "node:fs/promises";
import type { Artifact } from "../../../core/outcome.ts";
import type { Renderer } from "../job.ts";
import { paintCoverPng } from "./cover.ts";
import { inputOf } from "./input.ts";
import { parentOf } from "./parent.ts";
import { audioId, engineFacts } from "./track.ts";
import { singerFor } from "./wish.ts";

/** `generate-persona`: remembers who sings a track, and in which style. */
export const generatePersona: Renderer = async (job) => {
  const input = inputOf(job);
  const { score } = parentOf(job);
  const id = audioId(`${job.marker}:persona`, 0);
  const style = [score.tags, input.text("description")].filter((part) => part !== "").join(", ");
  const singer = { ...(score.singer ?? singerFor(job)) };
  return {
    artifacts: [],
    outputs: [{ kind: "text", fields: { persona_id: id } }],
    creations: [
      {
        id,
        kind: "persona",
        file: null,
        ref: { persona: { name: input.text("name"), style, singer } },
      },
    ],
    meta: engineFacts(job),
  };
};

/** `generate-music-cover`: two pictures for a track. */
export const generateMusicCover: Renderer = async (job, room) => {
  const { score } = parentOf(job);
  const artifacts: Artifact[] = [];
  for (const variation of [1, 2]) {
    const seed = job.seed + variation * 101;
    const picture = await paintCoverPng({
      title: score.title,
      tags: score.tags,
      prompt: score.prompt,
      seed,
      size: 1024,
    });
    const file = room.stage("png");
    await writeFile(file.path, picture);
    artifacts.push({ source: { kind: "staged", name: file.name }, media: "image" });
    room.progress(variation / 2);
  }
  return {
    artifacts,
    outputs: [{ kind: "images", field: "generate_cover", files: [0, 1] }],
    creations: [],
    meta: engineFacts(job),
  };
};
