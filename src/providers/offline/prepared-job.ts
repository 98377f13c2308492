import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { ModelMedia } from "../../models/model.ts";
import type { ProviderRequest, Source } from "../provider.ts";
import { hashText } from "./chance.ts";
import type { RenderJob } from "./job.ts";
import { takeFromInput } from "./stage-directions.ts";

/** Turns a request into what is stored before the submit. Pure. */
export function prepareJob(request: ProviderRequest, media: ModelMedia): Json {
  const { input, directions } = takeFromInput(request.input);
  return {
    marker: request.marker,
    model: request.upstreamModel,
    media,
    input,
    seed: seedOf(request.upstreamModel, input),
    sources: request.sources.map((source) => ({ ...source })),
    directions: { ...directions },
  };
}

/** Reads a stored job back; `null` when it is not one. The customer's media are still missing. */
export function readJob(prepared: Json): RenderJob | null {
  if (!isJsonObject(prepared)) return null;
  const { marker, model, media, input, seed, sources } = prepared;
  if (typeof marker !== "string" || typeof model !== "string" || typeof seed !== "number") {
    return null;
  }
  if (!isMedia(media) || !isJsonObject(input)) return null;
  const list = Array.isArray(sources) ? sources.map(readSource) : [];
  const known = list.filter((source) => source !== null);
  return { marker, model, media, input, seed, sources: known, inputs: {} };
}

/**
 * The seed of an input: its own, else a hash of model and input, so that the same request gives
 * the same bytes. 0 to 2^32 − 1.
 */
export function seedOf(model: string, input: JsonObject): number {
  const seed = input.seed;
  if (typeof seed === "number" && Number.isFinite(seed)) return Math.abs(Math.trunc(seed)) >>> 0;
  return hashText(`${model}\n${canonicalJson(input)}`);
}

function isMedia(value: Json | undefined): value is ModelMedia {
  return value === "image" || value === "video" || value === "music";
}

function readSource(value: Json): Source | null {
  if (!isJsonObject(value)) return null;
  const { id, taskId, provider, account, ref, path } = value;
  if (typeof id !== "string" || typeof taskId !== "string") return null;
  if (typeof provider !== "string" || typeof account !== "string") return null;
  return {
    id,
    taskId,
    provider,
    account,
    ref: ref ?? null,
    path: typeof path === "string" ? path : null,
  };
}
