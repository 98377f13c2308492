import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Json } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import type { PreparedMapped } from "../mapped.ts";
import { at, listAt, objectAt, textAt } from "../reading.ts";

/** Reads `{detail, title}`; how long a throttled account has to wait stands in the sentence. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const message =
    textAt(answer, "detail") ?? textAt(answer, "title") ?? textAt(answer, "error") ?? "";
  const seconds = /resets in ~?(\d+)s/.exec(message)?.[1];
  const retryAfterMs = seconds === undefined ? null : Number(seconds) * 1_000;
  return { code: "", message, retryAfterMs };
}

/** What a list of predictions says of a submit. */
export type PredictionMatch =
  | { readonly kind: "found"; readonly id: string }
  | { readonly kind: "absent" }
  | { readonly kind: "undecidable"; readonly detail: string };

const CLOCK_SKEW_MS = 60_000;

/**
 * Looks for the prediction of a submit: the same model and input, made since it was sent. Several
 * are no answer, for one of them is somebody else's, and a page that does not reach back to the
 * submit proves nothing.
 */
export function matchPredictions(
  page: Json | undefined,
  { model, body, files }: PreparedMapped,
  sentAtMs: number,
): PredictionMatch {
  if (!Array.isArray(at(page, "results"))) return undecidable("The list cannot be read");
  const predictions = listAt(page, "results");
  const sinceMs = sentAtMs - CLOCK_SKEW_MS;
  const [name, version] = model.split(":");
  const alike = predictions.filter((each) => {
    const isSame = version === undefined ? textAt(each, "model") === name : true;
    const isVersion = version === undefined || textAt(each, "version") === version;
    return isSame && isVersion && createdMs(each) >= sinceMs;
  });
  if (!alike.every(tellsInput)) {
    return undecidable("The list does not tell inputs");
  }
  // Files are told by their addresses over there, so that they cannot be compared.
  const carried = new Set(files.map(({ path }) => String(path[0])));
  const sent = Object.entries(objectAt(body)).filter(([name]) => !carried.has(name));
  // Defaults may be told beside it: what is taken for absent is bought again.
  const same = alike.filter((each) =>
    sent.every(([name, value]) => isDeepStrictEqual(at(each, "input", name), value)),
  );
  const ids = same.flatMap((each) => textAt(each, "id") ?? []);
  const [id] = ids;
  if (ids.length > 1) return undecidable(`${ids.length} predictions look the same`);
  if (id !== undefined) return { kind: "found", id };
  const oldestMs = Math.min(...predictions.map(createdMs));
  const isWhole = textAt(page, "next") === null || oldestMs < sinceMs;
  return isWhole ? { kind: "absent" } : undecidable("The list does not reach back to the submit");
}

/** An hour after its end a prediction's input is deleted, and an empty one is told instead. */
function tellsInput(prediction: Json): boolean {
  return isJsonObject(at(prediction, "input")) && at(prediction, "data_removed") !== true;
}

function createdMs(prediction: Json): number {
  return Date.parse(textAt(prediction, "created_at") ?? "") || 0;
}

function undecidable(detail: string): PredictionMatch {
  return { kind: "undecidable", detail };
}
