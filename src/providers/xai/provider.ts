import type {
  ArtifactSource,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import {
  ACCOUNT,
  errorOfStatus,
  failedPoll,
  failedSubmit,
  GARBLED_POLL,
  garbledSubmit,
  publicWords,
  type UpstreamWords,
  upstreamError,
} from "../answer.ts";
import { dataUrl, mediaProduction, readInput, stageResult } from "../carry.ts";
import type { Provider, ProviderContext, UpstreamResponse } from "../provider.ts";
import { jsonOf, textAt } from "../reading.ts";
import { prepareImagine } from "./prepare.ts";
import {
  type FilmState,
  type PreparedImagine,
  readFilm,
  readPictures,
  readPrepared,
  readWords,
} from "./wire.ts";

const MIB = 1024 * 1024;
const IMAGE = { mediaTypes: ["image/png", "image/jpeg", "image/webp"], bytesMax: 20 * MIB };
const FILM_TIMEOUT_MS = 60_000;
const PICTURE_TIMEOUT_MS = 180_000;
const POLL_AFTER_MS = 3_000;

/** xAI's Grok Imagine: films by job and poll, pictures in one blocking call. */
export const xai: Provider = {
  name: "xai",
  traits: {
    completion: ["poll", "immediate"],
    resubmit: "blind",
    cancel: "none",
    volatile: false,
    pollMs: { min: 1_000, start: POLL_AFTER_MS, max: 10_000 },
    graceMs: 0,
    softLimitMs: 900_000,
    resultTtlMs: 86_400_000,
  },
  models: {
    "grok-imagine": "grok-imagine-video",
    "grok-imagine-video-1.5": "grok-imagine-video-1.5",
    "grok-imagine-image": "grok-imagine-image",
  },
  prepare: prepareImagine,
  submit,
  poll,
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const job = readPrepared(prepared);
  const isFilm = job.endpoint === "videos/generations";
  const answer = await context.request({
    method: "POST",
    url: job.endpoint,
    headers: { ...authorization(context), "content-type": "application/json" },
    body: JSON.stringify(await bodyOf(job, context)),
    timeoutMs: isFilm ? FILM_TIMEOUT_MS : PICTURE_TIMEOUT_MS,
    bytesMax: isFilm ? MIB : 128 * MIB,
  });
  if (answer.status !== 200) return failedSubmit(answer, errorOf(answer, context));
  const json = jsonOf(answer.body);
  if (json === undefined) return garbledSubmit();
  if (!isFilm) return pictureOutcome(json, context);
  const id = textAt(json, "request_id");
  if (id === null) return garbledSubmit();
  return { kind: "accepted", operation: { request_id: id }, pollAfterMs: POLL_AFTER_MS };
}

/** A customer's pictures travel inside the body: the upstream is told no URL of theirs. */
async function bodyOf(job: PreparedImagine, context: ProviderContext): Promise<JsonObject> {
  const images = await pictures(job.images, context);
  const references = await pictures(job.references, context);
  if (job.endpoint === "videos/generations") {
    return {
      ...job.body,
      ...(images[0] === undefined ? {} : { image: { url: images[0] } }),
      ...(references.length === 0 ? {} : { reference_images: references.map((url) => ({ url })) }),
    };
  }
  const items = images.map((url) => ({ url, type: "image_url" }));
  if (items.length === 0) return job.body;
  return { ...job.body, ...(items.length === 1 ? { image: items[0] } : { images: items }) };
}

async function pictures(
  urls: readonly string[],
  context: ProviderContext,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const url of urls) found.push(dataUrl(await readInput(context, url, IMAGE)));
  return found;
}

async function pictureOutcome(json: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const found = readPictures(json);
  if (found.length === 0) return garbledSubmit();
  const sources: ArtifactSource[] = [];
  for (const { bytes } of found) {
    if (bytes === null) continue;
    const source = await stageResult(context, bytes, "image");
    if (source === null) return garbledSubmit();
    sources.push(source);
  }
  if (sources.length === 0) return { kind: "rejected", error: BLOCKED };
  return { kind: "completed", production: mediaProduction("image", sources, null) };
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = textAt(operation, "request_id") ?? "";
  const answer = await context.request({
    method: "GET",
    url: `videos/${encodeURIComponent(id)}`,
    headers: authorization(context),
    timeoutMs: 15_000,
    bytesMax: MIB,
  });
  const json = jsonOf(answer.body);
  // While it works the body may be empty.
  if (answer.status === 202) return pending(json === undefined ? null : readFilm(json).progress);
  if (answer.status !== 200) return failedPoll(answer, errorOf(answer, context));
  return json === undefined ? GARBLED_POLL : filmSeen(readFilm(json), context);
}

function filmSeen(film: FilmState, context: ProviderContext): Observation {
  const status = film.status ?? (film.url === null ? null : "done");
  switch (status) {
    case null:
      return GARBLED_POLL;
    case "pending":
      return pending(film.progress);
    case "done":
      if (film.url === null && film.isBlocked) return { kind: "failed", error: BLOCKED };
      return { kind: "completed", production: filmProduction(film) };
    case "failed":
    case "expired":
      return { kind: "failed", error: filmError(film, context) };
    default:
      return { ...pending(film.progress), unknownStatus: status };
  }
}

function pending(progress: number | null): Extract<Observation, { kind: "pending" }> {
  const phase = (progress ?? 0) > 0 ? "running" : "queued";
  return { kind: "pending", phase, progress, pollAfterMs: POLL_AFTER_MS };
}

/** Done without a link gives no output: the engine asks again, then calls the result empty. */
function filmProduction({ url, meta }: FilmState): ReturnType<typeof mediaProduction> {
  return mediaProduction("video", url === null ? [] : [{ kind: "url", url }], meta);
}

function filmError(film: FilmState, context: ProviderContext): UpstreamError {
  if (isPolicy(film.words)) return BLOCKED;
  const message = publicWords(film.words.message, context) ?? "The provider could not make it";
  return upstreamError({ code: "generation_failed", message, billed: "unknown" });
}

/** Resellers report that a blocked result is billed all the same. */
const BLOCKED: UpstreamError = {
  ...upstreamError({
    code: "content_policy",
    message: "The provider's moderation took the result away",
    billed: "unknown",
  }),
  stage: "output",
};

const POLICY = /moderat|content[ _-]?polic|safety/i;
const EMPTY_ACCOUNT = /credit|spending limit|quota|billing/i;

function isPolicy({ code, message }: UpstreamWords): boolean {
  return POLICY.test(code) || POLICY.test(message);
}

function errorOf(answer: UpstreamResponse, context: ProviderContext): UpstreamError {
  const words = readWords(jsonOf(answer.body));
  if (answer.status === 403 && EMPTY_ACCOUNT.test(words.message)) {
    return upstreamError({ ...ACCOUNT.quota_exhausted, retry: "other-route" });
  }
  if (answer.status === 400 && isPolicy(words)) {
    const message = publicWords(words.message, context) ?? "The provider refuses the content";
    return { ...upstreamError({ code: "content_policy", message }), stage: "input" };
  }
  return errorOfStatus(answer, words, context);
}

function authorization({ account }: ProviderContext): Record<string, string> {
  return { authorization: `Bearer ${account.secret.key ?? ""}` };
}
