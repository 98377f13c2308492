import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { type CostPart, costPart } from "../cost.ts";
import { at, listAt, numberAt, objectAt, textAt } from "../reading.ts";

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
  return { path: textAt(prepared, "path") ?? "", body: objectAt(prepared, "body") };
}

/** A job as it is told. */
export interface FilmState {
  readonly id: string;
  /** What we called it, where that is told. */
  readonly reference: string | null;
  readonly status: string;
  readonly url: string | null;
  readonly message: string;
  readonly meta: Json;
  readonly cost: CostPart;
}

/** The jobs of a list; `null` when the answer is no list at all. */
export function readJobs(answer: Json): readonly FilmState[] | null {
  if (!Array.isArray(at(answer, "data"))) return null;
  return listAt(answer, "data").map((job) => ({
    id: textAt(job, "id") ?? "",
    reference: textAt(job, "external_id"),
    status: textAt(job, "status") ?? "",
    url: textAt(listAt(job, "outputs").find(isVideo), "url"),
    message: textAt(job, "message") ?? "",
    meta: at(job, "billing") ?? null,
    cost: costPart(unitsOf(listAt(job, "billing")), "credits"),
  }));
}

/** What was taken of one kind of balance; several are not added up. */
function unitsOf(billing: readonly Json[]): string | null {
  return billing.length === 1 ? textAt(billing[0], "amount") : null;
}

function isVideo(output: Json): boolean {
  return textAt(output, "type") === "video";
}

/** The status that a code stands for; `null` for success and for failures of the server. */
export function readStatus(answer: Json | undefined): number | null {
  const code = numberAt(answer, "code") ?? 0;
  if (code < 1_000 || code >= 2_000) return null;
  if (code <= 1_004) return 401;
  if (code >= 1_100 && code <= 1_102) return 402;
  if (code === 1_103) return 403;
  return code === 1_302 || code === 1_303 ? 429 : 400;
}

/** Reads `{code, message}`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  return { code: String(numberAt(answer, "code") ?? ""), message: textAt(answer, "message") ?? "" };
}
