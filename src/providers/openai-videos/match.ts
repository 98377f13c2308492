import type { FindOutcome } from "../../core/outcome.ts";
import type { Json } from "../../lib/json.ts";
import type { FindQuery } from "../provider.ts";
import { at, listAt, numberAt, textAt } from "../reading.ts";
import { readPrepared } from "./prepare.ts";

/** The server's clock may be behind ours by this much. */
const CLOCK_SKEW_S = 60;

/**
 * Looks for the submit of an attempt in a page of newest videos: the same words and model, made
 * since it was sent; servers write lengths and sizes in their own way. Several are no answer, for
 * one of them is somebody else's; and a page that does not reach back far enough proves nothing.
 */
export function matchVideos(page: Json | undefined, query: FindQuery): FindOutcome {
  if (!Array.isArray(at(page, "data"))) {
    return { kind: "undecidable", detail: "The list cannot be read" };
  }
  const videos = listAt(page, "data");
  const sinceS = Math.floor(query.sentAtMs / 1_000) - CLOCK_SKEW_S;
  const { fields } = readPrepared(query.prepared);
  const alike = videos.filter((video) => isAlike(video, fields, sinceS));
  if (alike.some((video) => textAt(video, "prompt") === null || createdS(video) === null)) {
    return { kind: "undecidable", detail: "The list does not tell prompts and times" };
  }
  const ids = alike.flatMap((video) => textAt(video, "id") ?? []);
  const [id] = ids;
  if (ids.length > 1) {
    return { kind: "undecidable", detail: `${ids.length} videos look the same` };
  }
  if (id !== undefined) return { kind: "found", operation: { id } };
  const oldestS = Math.min(...videos.map((video) => numberAt(video, "created_at") ?? 0));
  const isWhole = at(page, "has_more") !== true || oldestS < sinceS;
  return isWhole
    ? { kind: "absent" }
    : { kind: "undecidable", detail: "The list does not reach back to the submit" };
}

/** When it was made, seconds since 1970; `null` where that is not told so. */
function createdS(video: Json): number | null {
  return numberAt(video, "created_at");
}

/** Whether a video may be the one; what the server does not tell cannot speak against it. */
function isAlike(video: Json, fields: Readonly<Record<string, string>>, sinceS: number): boolean {
  if ((createdS(video) ?? sinceS) < sinceS) return false;
  return ["prompt", "model"].every((name) => {
    const told = textAt(video, name);
    return told === null || told === fields[name];
  });
}
