import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { at, listAt, numberAt, textAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedFilm {
  readonly path: string;
  readonly body: JsonObject;
}

/** Writes what is stored. */
export function writePrepared({ path, body }: PreparedFilm): Json {
  return { path, body };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedFilm {
  const body = at(prepared, "body");
  return { path: textAt(prepared, "path") ?? "", body: isJsonObject(body) ? body : {} };
}

/** A job as it is told. */
export interface FilmState {
  readonly id: string;
  readonly status: string;
  readonly url: string | null;
  readonly message: string;
  readonly meta: Json;
}

/** The jobs of a list; `null` when the answer is no list at all. */
export function readJobs(answer: Json): readonly FilmState[] | null {
  if (!Array.isArray(at(answer, "data"))) return null;
  return listAt(answer, "data").map((job) => ({
    id: textAt(job, "id") ?? "",
    status: textAt(job, "status") ?? "",
    url: textAt(listAt(job, "outputs").find(isVideo), "url"),
    message: textAt(job, "message") ?? "",
    meta: at(job, "billing") ?? null,
  }));
}

function isVideo(output: Json): boolean {
  return textAt(output, "type") === "video";
}

/** The code of an answer; 0 is success, and `null` is none. */
export function readCode(answer: Json | undefined): number | null {
  return numberAt(answer, "code");
}

/** Reads `{code, message}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return { code: String(readCode(answer) ?? ""), message: textAt(answer, "message") ?? "" };
}
