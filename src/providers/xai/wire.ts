import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { type CostPart, tickCost } from "../cost.ts";
import { at, listAt, numberAt, objectAt, textAt, textsAt } from "../reading.ts";

/** The endpoints that make something. */
export type Endpoint = (typeof ENDPOINTS)[number];

const ENDPOINTS = ["videos/generations", "images/generations", "images/edits"] as const;

/** What is stored before the submit. */
export interface PreparedImagine {
  readonly endpoint: Endpoint;
  readonly body: JsonObject;
  /** Customer's URLs: the first frame, or the pictures to edit. */
  readonly images: readonly string[];
  readonly references: readonly string[];
}

/** Writes what is stored. */
export function writePrepared({ endpoint, body, images, references }: PreparedImagine): Json {
  return { endpoint, body, images, references };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedImagine {
  const name = textAt(prepared, "endpoint");
  return {
    endpoint: ENDPOINTS.find((known) => known === name) ?? "images/generations",
    body: objectAt(prepared, "body"),
    images: textsAt(prepared, "images"),
    references: textsAt(prepared, "references"),
  };
}

/** A film's state as it is told. */
export interface FilmState {
  /** `null` when none is told, as some finished ones do. */
  readonly status: string | null;
  readonly progress: number | null;
  readonly url: string | null;
  /** Whether the moderation took the result away. */
  readonly isBlocked: boolean;
  readonly words: UpstreamWords;
  readonly meta: Json;
  readonly cost: CostPart;
}

/** Reads the state of a film. */
export function readFilm(answer: Json): FilmState {
  return {
    status: textAt(answer, "status"),
    progress: numberAt(answer, "progress"),
    url: textAt(answer, "video", "url"),
    isBlocked: at(answer, "video", "respect_moderation") === false,
    words: readWords(answer),
    meta: {
      model: textAt(answer, "model"),
      duration: numberAt(answer, "video", "duration"),
      cost_in_usd_ticks: numberAt(answer, "usage", "cost_in_usd_ticks"),
    },
    cost: readCost(answer),
  };
}

/** What a request did cost. */
export function readCost(answer: Json): CostPart {
  return tickCost(numberAt(answer, "usage", "cost_in_usd_ticks"));
}

/** A picture of an answer; `bytes` is `null` for one that the moderation took away. */
export interface PictureState {
  readonly bytes: Uint8Array | null;
}

/** The pictures of an answer. */
export function readPictures(answer: Json): readonly PictureState[] {
  return listAt(answer, "data").flatMap((item): readonly PictureState[] => {
    const base64 = textAt(item, "b64_json");
    if (base64 !== null) return [{ bytes: Buffer.from(base64, "base64") }];
    return at(item, "respect_moderation") === false ? [{ bytes: null }] : [];
  });
}

/** Reads an error in any of the three shapes that are in use. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return {
    code: textAt(answer, "error", "code") ?? textAt(answer, "code") ?? "",
    message: textAt(answer, "error", "message") ?? textAt(answer, "error") ?? "",
  };
}
