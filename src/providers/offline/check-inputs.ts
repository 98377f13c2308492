import { upstreamError } from "../answer.ts";
import { type FetchedInput, UpstreamFailure } from "../provider.ts";
import type { Clip } from "./film/clip.ts";
import { isWholeFilm } from "./film/whole-film.ts";
import { namedMedia } from "./input-media.ts";
import type { RenderJob } from "./job.ts";

/**
 * Looks whether each of the customer's files is what its member asks for, so that nothing is made
 * in the place of what a file without a film in it could not give.
 * @throws {UpstreamFailure} `input_unreachable` naming the member.
 */
export async function checkInputs(job: RenderJob): Promise<void> {
  for (const { name, url } of namedMedia(job.input)) {
    const file = job.inputs[url];
    if (file !== undefined) await checkOne(job, { name, url, file });
  }
}

interface NamedFile {
  readonly name: string;
  readonly url: string;
  readonly file: FetchedInput;
}

async function checkOne(job: RenderJob, { name, url, file }: NamedFile): Promise<void> {
  const wanted = WANTED.find(({ names }) => names.test(name));
  if (wanted === undefined) return;
  if (!wanted.types.test(file.mediaType)) {
    throw refusal(`${name} must name a ${wanted.noun}; the file is ${file.mediaType}`);
  }
  if (wanted.noun !== "film") return;
  const isWhole = await isWholeFilm(file.path, file.mediaType);
  // Loaded when there is a film to look at: most jobs have none.
  const { readClip } = await import("./film/clip.ts");
  const clip = isWhole ? await readClip(job, url).then(known, unread) : null;
  if (clip === null) {
    throw refusal(`${name} names a film that cannot be read; it may have been cut short`);
  }
}

const known = (clip: Clip | null): Clip | null => clip;
const unread = (): null => null;

/** What each member holds. The sound of a film serves where a sound is wanted. */
const WANTED = [
  { names: /video_urls?$/, noun: "film", types: /^video\// },
  { names: /audio_urls?$|^upload_url$/, noun: "sound", types: /^(?:audio|video)\// },
  { names: /image_urls?$|^mask_url$|^element_input_urls$/, noun: "picture", types: /^image\// },
] as const;

function refusal(message: string): UpstreamFailure {
  return new UpstreamFailure(upstreamError({ code: "input_unreachable", message }));
}
