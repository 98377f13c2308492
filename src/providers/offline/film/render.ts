import { setImmediate as nextTurn } from "node:timers/promises";
import type { Artifact, Output } from "../../../core/outcome.ts";
import type { Renderer, RenderRoom } from "../job.ts";
import { openSheet, registerFonts, type Sheet } from "../paint/canvas.ts";
import { SOFTWARE, writePicture } from "../picture/encode.ts";
import { type FilmRequest, readFilmRequest } from "../request/film-request.ts";
import type { Size } from "../request/ratio.ts";
import { explainPlan } from "../scene/plan.ts";
import { encodeSound } from "./aac.ts";
import type { Film } from "./direct.ts";
import { collectGarbage } from "./garbage.ts";
import { FPS, type FrameEncoder, openFrameEncoder } from "./h264.ts";
import { type MovieFile, openMovie } from "./movie-file.ts";
import { prepareFilm } from "./prepare.ts";
import { ambience } from "./sound.ts";
import { toYuv } from "./yuv.ts";

/** Makes the film of a job, and its last frame as a picture when that was asked for. */
export const renderFilm: Renderer = async (job, room) => {
  registerFonts();
  const asked = readFilmRequest(job.model, job.input);
  const { film, size, request } = await prepareFilm(job, asked);
  const file = room.stage("mp4");
  const target = openSheet(size.width, size.height);
  await shoot({ film, request, size, target, path: file.path }, room);
  const artifacts: Artifact[] = [{ source: { kind: "staged", name: file.name }, media: "video" }];
  const outputs: Output[] = [{ kind: "media", file: 0, media: "video" }];
  if (request.lastFrame) {
    const picture = room.stage("png");
    await writePicture(target, { path: picture.path, format: "png" });
    artifacts.push({ source: { kind: "staged", name: picture.name }, media: "image" });
    outputs.push({ kind: "media", file: 1, media: "image" });
  }
  const meta = {
    engine: SOFTWARE,
    seed: job.seed,
    ...size,
    frames: film.frames,
    notes: [...request.notes],
    scenes: film.plans.map(explainPlan),
  };
  return { artifacts, outputs, creations: [], meta };
};

interface Shooting {
  readonly film: Film;
  readonly request: FilmRequest;
  readonly size: Size;
  /** Holds the last frame afterwards. */
  readonly target: Sheet;
  readonly path: string;
}

async function shoot(
  { film, request, size, target, path }: Shooting,
  room: RenderRoom,
): Promise<void> {
  const seconds = film.frames / FPS;
  const plan = film.plans[0];
  const sound =
    request.sound && plan !== undefined ? await encodeSound(ambience(plan, seconds)) : null;
  const movie = await openMovie(path, { frames: film.frames, sound });
  const encoder = await openFrameEncoder(size, quantizerOf(size, film));
  try {
    await shootFrames({ film, size, target, encoder, movie }, room);
    await movie.finish();
  } finally {
    await movie.abandon();
  }
}

interface Reel {
  readonly film: Film;
  readonly size: Size;
  readonly target: Sheet;
  readonly encoder: FrameEncoder;
  readonly movie: MovieFile;
}

async function shootFrames(
  { film, size, target, encoder, movie }: Reel,
  room: RenderRoom,
): Promise<void> {
  const yuv = new Uint8Array((size.width * size.height * 3) / 2);
  for (let frame = 0; frame < film.frames; frame += 1) {
    film.draw(target, frame);
    toYuv(target.canvas.data(), yuv, size);
    const part = await encoder.add(yuv);
    if (part !== null) await movie.add(part);
    room.progress((frame + 1) / (film.frames + 1));
    // Pixel buffers are given back only when the event loop turns.
    await nextTurn();
    if (frame % 12 === 11) collectGarbage();
    room.signal.throwIfAborted();
  }
  const rest = await encoder.finish();
  if (rest !== null) await movie.add(rest);
}

function quantizerOf({ width, height }: Size, { faithful = false }: Film): number {
  if (faithful) return 19;
  return width * height > 1_500_000 ? 27 : 25;
}
