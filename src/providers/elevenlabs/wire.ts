import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { at, textAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedSong {
  readonly marker: string;
  readonly body: JsonObject;
  readonly title: string;
  readonly tags: string;
  readonly prompt: string;
}

/** Writes what is stored. */
export function writePrepared({ marker, body, title, tags, prompt }: PreparedSong): Json {
  return { marker, body, title, tags, prompt };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedSong {
  const body = at(prepared, "body");
  return {
    marker: textAt(prepared, "marker") ?? "",
    body: isJsonObject(body) ? body : {},
    title: textAt(prepared, "title") ?? "",
    tags: textAt(prepared, "tags") ?? "",
    prompt: textAt(prepared, "prompt") ?? "",
  };
}

/** Reads `{detail: {status, message}}`, and the list that a schema's refusal is. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return {
    code: textAt(answer, "detail", "status") ?? textAt(answer, "detail", "code") ?? "",
    message:
      textAt(answer, "detail", "message") ??
      textAt(answer, "detail", 0, "msg") ??
      textAt(answer, "detail") ??
      "",
  };
}
