import type { RenderJob } from "../job.ts";
import type { Lch } from "../paint/colour.ts";
import { loadPicture, pictureColours, pictureSize } from "../picture/load.ts";
import { type FilmRequest, filmSize } from "../request/film-request.ts";
import type { Size } from "../request/ratio.ts";
import { planScene, type ScenePlan } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { type Clip, readClip } from "./clip.ts";
import { clipFilm, isShapedByClip } from "./clip-film.ts";
import { directFilm, type Film } from "./direct.ts";
import { FPS } from "./h264.ts";
import { stillFilm } from "./still-film.ts";
import { canEncode } from "./system-encoder.ts";

/** A film that is ready to be shot. */
export interface PreparedFilm {
  readonly film: Film;
  readonly size: Size;
  readonly request: FilmRequest;
  /** Who turns its frames into H.264. */
  readonly encoder: "shipped" | "system";
}

/** Models whose film is as long as the clip that the customer gave. */
const FOLLOWS_CLIP = /motion-control|wan-animate|^happy-horse/;
const CLIP_SECONDS_MAX = 60;

const DECODED = "The system's ffmpeg decoded the clip";
const NOT_DECODED =
  "The clip gave length and shape; its frames are not decoded by the offline engine";

/** Loads what the customer gave and decides the film. */
export async function prepareFilm(job: RenderJob, asked: FilmRequest): Promise<PreparedFilm> {
  const clip = asked.videoUrls[0] === undefined ? null : await readClip(job, asked.videoUrls[0]);
  const { fps = FPS } = job;
  const request = clip === null ? asked : followClip(job.model, { request: asked, clip });
  const first = request.startUrl ?? request.endUrl;
  const own = first === null ? null : await pictureSize(job, first);
  const given = isShapedByClip(job.model) ? (clip?.size ?? own) : (own ?? clip?.size);
  const shape = request.ratio ?? given ?? { width: 16, height: 9 };
  const size = filmSize(request, shape);
  const framed = { request, size, fps };
  const shown =
    clip === null ? null : await clipFilm(job, { ...framed, ...basisOf(job, framed), clip });
  const made = first === null ? () => paintedFilm(job, framed) : () => framedFilm(job, framed);
  const film = shown ?? (await made());
  const note = shown === null ? NOT_DECODED : DECODED;
  const system = job.encoder === "ffmpeg" && (await canEncode());
  const notes = [
    ...request.notes,
    ...(clip === null ? [] : [note]),
    ...(job.encoder === "ffmpeg" ? [system ? ENCODED : NOT_ENCODED] : []),
  ];
  const encoder = system ? "system" : "shipped";
  return { film, size, request: { ...request, notes }, encoder };
}

const ENCODED = "The system's ffmpeg encoded the film";
const NOT_ENCODED =
  "There is no ffmpeg with x264 on this machine; the shipped encoder made the film";

interface Framed {
  readonly request: FilmRequest;
  readonly size: Size;
  readonly fps: number;
}

function followClip(
  model: string,
  { request, clip }: { readonly request: FilmRequest; readonly clip: Clip },
): FilmRequest {
  const takesShape = FOLLOWS_CLIP.test(model) || model.includes("video-to-video");
  const ratio = takesShape && request.startUrl === null ? clip.size : request.ratio;
  if (!FOLLOWS_CLIP.test(model)) return { ...request, ratio };
  const seconds = Math.min(CLIP_SECONDS_MAX, Math.max(1, clip.seconds));
  const prompt = request.prompts[0]?.prompt ?? "";
  return { ...request, ratio, duration: seconds, prompts: [{ prompt, seconds }] };
}

async function paintedFilm(job: RenderJob, { request, size, fps }: Framed): Promise<Film> {
  const reference: Lch[] = [];
  for (const url of request.referenceUrls.slice(0, 3)) {
    reference.push(...(await pictureColours(job, url)).slice(0, 2));
  }
  return directFilm({ request, seed: job.seed, size, fps, reference });
}

async function framedFilm(job: RenderJob, { request, size, fps }: Framed): Promise<Film> {
  const start = request.startUrl === null ? null : await loadPicture(job, request.startUrl, size);
  const end = request.endUrl === null ? null : await loadPicture(job, request.endUrl, size);
  return stillFilm({ start, end, fps, ...basisOf(job, { request, fps }) });
}

/** The one scene that all words together name, and how many frames there are. */
function basisOf(
  job: RenderJob,
  { request, fps }: Pick<Framed, "request" | "fps">,
): { readonly plan: ScenePlan; readonly frames: number } {
  const prompt = request.prompts.map((shot) => shot.prompt).join(". ");
  const plan = planScene(readPrompt(prompt, request.negative), {
    seed: job.seed,
    direction: request.direction,
  });
  return { plan, frames: Math.max(1, Math.round(request.duration * fps)) };
}
