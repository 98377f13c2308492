import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { at, listAt, objectAt, textAt, textsAt } from "../reading.ts";

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
  return {
    body: objectAt(prepared, "body"),
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

/**
 * Reads `{error: {…}}`, and `{error: "text"}` or `{detail: "text"}` as some servers write it. The
 * code of blocked content is the stage of moderation, where one is named.
 */
export function readWords(answer: Json | undefined): UpstreamWords {
  const type = textAt(answer, "error", "type") ?? "";
  const stage = textAt(answer, "error", "moderation_details", "moderation_stage");
  const isBlocked = stage !== null || type === "image_generation_user_error";
  const code = textAt(answer, "error", "code") ?? "";
  const message =
    textAt(answer, "error", "message") ??
    textAt(answer, "error") ??
    textAt(answer, "detail") ??
    textAt(answer, "message") ??
    "";
  if (isBlocked) return { code: stage === "output" ? "output" : "input", message };
  return { code: type === "insufficient_quota" ? type : code, message };
}
