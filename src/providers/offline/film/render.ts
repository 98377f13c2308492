import type { Artifact, Output } from "../../../core/outcome.ts";
import { appendPoster } from "../../../lib/film-poster.ts";
import type { Renderer, RenderJob, RenderRoom } from "../job.ts";
import { noteOn } from "../lettering/lettering.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import { encodePoster, SOFTWARE, writePicture } from "../picture/encode.ts";
import { readFilmRequest } from "../request/film-request.ts";
import { explainPlan } from "../scene/plan.ts";
import { type EncodedSound, encodeSound } from "./aac.ts";
import { readClipSound } from "./clip.ts";
import { assembleCrew } from "./crew.ts";
import { openMovie } from "./movie-file.ts";
import { type PreparedFilm, prepareFilm } from "./prepare.ts";
import { ambience } from "./sound.ts";

/** Makes the film of a job, and its last frame as a picture when that was asked for. */
export const renderFilm: Renderer = async (job, room) => {
  const asked = readFilmRequest(job.model, job.input);
  const prepared = await prepareFilm(job, asked);
  const { film, size, request } = prepared;
  const file = room.stage("mp4");
  await shoot({ job, prepared, path: file.path }, room);
  const artifacts: Artifact[] = [{ source: { kind: "staged", name: file.name }, media: "video" }];
  const outputs: Output[] = [{ kind: "media", file: 0, media: "video" }];
  if (request.lastFrame) {
    const picture = room.stage("png");
    await writePicture(drawFrame(prepared, film.frames - 1), { path: picture.path, format: "png" });
    artifacts.push({ source: { kind: "staged", name: picture.name }, media: "image" });
    outputs.push({ kind: "media", file: 1, media: "image" });
  }
  const meta = {
    engine: SOFTWARE,
    seed: job.seed,
    ...size,
    frames: film.frames,
    notes: [
      ...new Set([...request.notes, ...film.plans.flatMap(({ title }) => noteOn(title) ?? [])]),
    ],
    scenes: film.plans.map(explainPlan),
  };
  return { artifacts, outputs, creations: [], meta };
};

interface Shooting {
  readonly job: RenderJob;
  readonly prepared: PreparedFilm;
  readonly path: string;
}

async function shoot({ job, prepared, path }: Shooting, room: RenderRoom): Promise<void> {
  const { film, request } = prepared;
  const plan = film.plans[0];
  // Two films with a helper each would share the cores all the same, and need twice the memory.
  const crew = room.crowded ? assembleCrew(job, prepared, 0) : assembleCrew(job, prepared);
  try {
    const own = job.input.audio_setting === "origin" ? request.videoUrls[0] : undefined;
    const kept = own === undefined ? null : await readClipSound(job, own);
    const made = (): Promise<EncodedSound | null> | null =>
      request.sound && plan !== undefined
        ? encodeSound(ambience(plan, film.frames / film.fps))
        : null;
    const sound = kept ?? (await made());
    const movie = await openMovie(path, { ...film, sound });
    try {
      await crew.shoot(movie, room);
      await movie.finish();
      await appendPoster(path, await encodePoster(drawFrame(prepared, 0)));
    } finally {
      await movie.abandon();
    }
  } finally {
    await crew.dismiss();
  }
}

function drawFrame({ film, size }: PreparedFilm, frame: number): Sheet {
  const target = openSheet(size.width, size.height);
  film.draw(target, frame);
  return target;
}
