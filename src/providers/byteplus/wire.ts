import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { at, listAt, objectAt, textAt } from "../reading.ts";

/** Where pictures are made, in one call. */
export const PICTURES = "images/generations";
/** Where films are made, as tasks. */
export const FILMS = "contents/generations/tasks";

/** A file of a customer's that goes with a request. */
export interface Medium {
  readonly kind: "image" | "video" | "audio";
  /** `first_frame`, `reference_video`, …; empty for a picture to edit. */
  readonly role: string;
  readonly url: string;
}

/** What is stored before the submit: everything of the body but the media. */
export interface PreparedJob {
  readonly path: typeof PICTURES | typeof FILMS;
  readonly body: JsonObject;
  readonly media: readonly Medium[];
}

/** Writes what is stored. */
export function writePrepared({ path, body, media }: PreparedJob): Json {
  return { path, body, media: media.map((medium) => ({ ...medium })) };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedJob {
  return {
    path: textAt(prepared, "path") === FILMS ? FILMS : PICTURES,
    body: objectAt(prepared, "body"),
    media: listAt(prepared, "media").flatMap((medium) => {
      const kind = (["image", "video", "audio"] as const).find(
        (each) => each === textAt(medium, "kind"),
      );
      const url = textAt(medium, "url");
      if (kind === undefined || url === null) return [];
      return [{ kind, role: textAt(medium, "role") ?? "", url }];
    }),
  };
}

/** The body of a submit; `media` name what can be sent: `data:` URLs, and public ones of clips. */
export function bodyOf({ path, body }: PreparedJob, media: readonly Medium[]): JsonObject {
  if (path === FILMS) {
    return { ...body, content: [...listAt(body, "content"), ...media.map(partOf)] };
  }
  const [first, ...more] = media.map(({ url }) => url);
  if (first === undefined) return body;
  return { ...body, image: more.length === 0 ? first : [first, ...more] };
}

function partOf({ kind, role, url }: Medium): JsonObject {
  const type = `${kind}_url`;
  return { type, [type]: { url }, role };
}

/** Pictures as they are told. */
export interface PicturesAnswer {
  readonly urls: readonly string[];
  /** Why one of them was not made; empty when nothing is said. */
  readonly words: UpstreamWords;
  readonly meta: Json;
}

/** Reads `{data: [{url} or {error}], usage}`: each picture has an end of its own. */
export function readPictures(answer: Json): PicturesAnswer {
  const items = listAt(answer, "data");
  const failed = items.find((item) => isJsonObject(at(item, "error")));
  return {
    urls: items.flatMap((item) => textAt(item, "url") ?? []),
    // An error of the whole answer inside a success says of no picture that it was not made.
    words: readWords(failed),
    meta: { model: textAt(answer, "model"), usage: at(answer, "usage") ?? null },
  };
}

/** A film's task as it is told. */
export interface FilmState {
  readonly status: string | null;
  readonly url: string | null;
  /** A picture of its last frame, or `null` when none was asked for. */
  readonly lastFrame: string | null;
  readonly words: UpstreamWords;
  readonly meta: Json;
}

/** Reads `{status, content: {video_url, last_frame_url}, error, usage, …}`. */
export function readFilm(answer: Json): FilmState {
  return {
    status: textAt(answer, "status"),
    url: textAt(answer, "content", "video_url"),
    lastFrame: textAt(answer, "content", "last_frame_url"),
    words: readWords(answer),
    meta: {
      model: textAt(answer, "model"),
      ratio: textAt(answer, "ratio"),
      resolution: textAt(answer, "resolution"),
      usage: at(answer, "usage") ?? null,
    },
  };
}

/** Reads `{error: {code, message}}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return {
    code: textAt(answer, "error", "code") ?? "",
    message: textAt(answer, "error", "message") ?? "",
  };
}
