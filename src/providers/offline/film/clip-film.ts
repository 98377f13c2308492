import type { RenderJob } from "../job.ts";
import { loadPicture } from "../picture/load.ts";
import type { FilmRequest } from "../request/film-request.ts";
import type { Size } from "../request/ratio.ts";
import type { ScenePlan } from "../scene/plan.ts";
import type { Clip } from "./clip.ts";
import type { Film } from "./direct.ts";
import { editedFilm } from "./edited-film.ts";
import { openFootage } from "./footage.ts";
import { motionFilm } from "./motion-film.ts";
import { followMotion } from "./sway.ts";

/** A film that a customer's clip is in, or moves. */
export interface ClipFilm {
  readonly request: FilmRequest;
  readonly clip: Clip;
  readonly size: Size;
  readonly fps: number;
  readonly frames: number;
  readonly plan: ScenePlan;
}

/** Models that change a clip and show it, rather than take something from it. */
const SHOWS_CLIP = /^happy-horse$|video-to-video/;
/** Models whose picture moves as something in the clip does. */
const MOVES_PICTURE = /motion-control|wan-animate/;
/** Whose picture takes a place in the clip. */
const INTO_CLIP = /wan-animate-replace/;
/** Motion is looked for this wide. */
const MOTION_WIDTH = 64;

/** Whether a model's film has the shape of its clip, even where a picture is given. */
export function isShapedByClip(model: string): boolean {
  return INTO_CLIP.test(model);
}

/** Makes the film that the clip is used for; `null` when nobody can decode it. */
export async function clipFilm(job: RenderJob, wish: ClipFilm): Promise<Film | null> {
  const { request, clip, size, fps } = wish;
  const file = job.inputs[request.videoUrls[0] ?? ""];
  if (file === undefined || job.decode === false) return null;
  const decoding = { clip: file, seconds: clip.seconds, fps };
  if (SHOWS_CLIP.test(job.model)) {
    const footage = await openFootage({ ...decoding, size });
    return footage === null ? null : editedFilm({ ...wish, footage });
  }
  if (!MOVES_PICTURE.test(job.model) || request.startUrl === null) return null;
  const height = Math.round((MOTION_WIDTH * clip.size.height) / clip.size.width);
  const small = await openFootage({ ...decoding, size: { width: MOTION_WIDTH, height } });
  if (small === null) return null;
  const sway = await followMotion(small, Math.max(1, Math.floor(clip.seconds * fps)));
  const picture = await loadPicture(job, request.startUrl, size);
  const into = INTO_CLIP.test(job.model) ? await openFootage({ ...decoding, size }) : null;
  return motionFilm({ ...wish, picture, sway, into });
}
