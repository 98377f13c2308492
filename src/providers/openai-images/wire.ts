import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import { at, listAt, textAt, textsAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedPicture {
  readonly body: JsonObject;
  /** Customer's URLs; with any the request is an edit. */
  readonly images: readonly string[];
  readonly mask: string | null;
}

/** Writes what is stored. */
export function writePrepared({ body, images, mask }: PreparedPicture): Json {
  return { body, images, mask };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedPicture {
  const body = at(prepared, "body");
  return {
    body: isJsonObject(body) ? body : {},
    images: textsAt(prepared, "images"),
    mask: textAt(prepared, "mask"),
  };
}

/** One picture of an answer. */
export type Picture =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "url"; readonly url: string };

/** The pictures of an answer; empty when it holds none. */
export function readPictures(answer: Json): readonly Picture[] {
  return listAt(answer, "data").flatMap((item): readonly Picture[] => {
    const base64 = textAt(item, "b64_json");
    if (base64 !== null) return [{ kind: "bytes", bytes: Buffer.from(base64, "base64") }];
    const url = textAt(item, "url");
    return url === null ? [] : [{ kind: "url", url }];
  });
}

/** Facts for operators: what was made and used. */
export function readMeta(answer: Json): Json {
  const facts = ["size", "quality", "output_format", "usage"] as const;
  return Object.fromEntries(facts.map((name) => [name, at(answer, name) ?? null]));
}

/** An error in the words of this family. */
export interface ImageError {
  readonly code: string;
  readonly type: string;
  readonly message: string;
  /** Whether a moderation stage is named, and which. */
  readonly stage: string;
}

/** Reads `{error: {…}}`, and `{error: "text"}` or `{detail: "text"}` as some servers write it. */
export function readError(answer: Json | undefined): ImageError {
  return {
    code: textAt(answer, "error", "code") ?? "",
    type: textAt(answer, "error", "type") ?? "",
    message:
      textAt(answer, "error", "message") ??
      textAt(answer, "error") ??
      textAt(answer, "detail") ??
      textAt(answer, "message") ??
      "",
    stage: textAt(answer, "error", "moderation_details", "moderation_stage") ?? "",
  };
}
