import { type Json, type JsonObject, parseJson } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { listAt, numberAt, objectAt, textAt, textsAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedPicture {
  readonly body: JsonObject;
  /** Customer's URLs of the picture to change and of its mask, or `null`. */
  readonly image: string | null;
  readonly mask: string | null;
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedPicture {
  return {
    body: objectAt(prepared, "body"),
    image: textAt(prepared, "image"),
    mask: textAt(prepared, "mask"),
  };
}

/** Pictures of an answer, and facts for operators. */
export interface PictureResult {
  readonly pictures: readonly Uint8Array[];
  readonly meta: Json;
}

/** Reads the pictures; of several a grid may come first, which is none of them. */
export function readResult(answer: Json): PictureResult {
  // The facts are JSON inside a text.
  const info = parseJson(textAt(answer, "info") ?? "");
  const first = numberAt(info, "index_of_first_image") ?? 0;
  const pictures = textsAt(answer, "images")
    .slice(first)
    .map((text) => Buffer.from(text.replace(/^data:[^,]*,/, ""), "base64"));
  return {
    pictures,
    meta: { seed: numberAt(info, "seed"), model: textAt(info, "sd_model_name") },
  };
}

/** Reads `{error, detail, errors}` of a failure and `{detail: [{loc, msg}]}` of a schema. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const [first] = listAt(answer, "detail");
  const field = listAt(first, "loc").at(-1);
  const told = textAt(first, "msg") ?? textAt(answer, "detail") ?? textAt(answer, "errors");
  const place = typeof field === "string" ? `${field}: ` : "";
  return { code: textAt(answer, "error") ?? "", message: `${place}${told ?? ""}` };
}
