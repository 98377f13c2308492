import type { Observation, Production, SubmitOutcome, UpstreamError } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { type UpstreamWords, upstreamError } from "../answer.ts";
import { dataUrl, mediaProduction, pictureLimits, readInput, stageResults } from "../carry.ts";
import { ask, bearer, type Dialect, observed, submitted } from "../dialect.ts";
import { jobError, pending } from "../job.ts";
import type { Provider, ProviderContext } from "../provider.ts";
import { textAt } from "../reading.ts";
import { prepareImagine } from "./prepare.ts";
import {
  type FilmState,
  type PreparedImagine,
  readCost,
  readFilm,
  readPictures,
  readPrepared,
  readWords,
} from "./wire.ts";

const MIB = 1024 * 1024;
const IMAGE = pictureLimits(20);
const FILM_TIMEOUT_MS = 60_000;
const PICTURE_TIMEOUT_MS = 180_000;
const POLL_AFTER_MS = 3_000;

/** xAI's Grok Imagine: films by job and poll, pictures in one blocking call. */
export const xai: Provider = {
  name: "xai",
  traits: {
    ...PLAIN_JOBS,
    completion: ["poll", "immediate"],
    pollMs: { min: 1_000, start: POLL_AFTER_MS, max: 10_000 },
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

const POLICY = /moderat|content[ _-]?polic|usage guidelines|safety/i;
const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  meanings: [
    // Some of its refusals of content are told as a lack of permission.
    [/usage guidelines|safety_check|moderat/i, "policy-input", 403],
    [/credit|spending limit|quota|billing/i, "balance", 403],
    [POLICY, "policy-input", 400],
  ],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const job = readPrepared(prepared);
  const isFilm = job.endpoint === "videos/generations";
  const reply = await ask(context, DIALECT, {
    url: job.endpoint,
    json: await bodyOf(job, context),
    timeoutMs: isFilm ? FILM_TIMEOUT_MS : PICTURE_TIMEOUT_MS,
    bytesMax: isFilm ? MIB : 128 * MIB,
  });
  return submitted(reply, (json) => {
    if (!isFilm) return pictureOutcome(json, context);
    const id = textAt(json, "request_id");
    if (id === null) return null;
    return { kind: "accepted", operation: { request_id: id }, pollAfterMs: POLL_AFTER_MS };
  });
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

async function pictureOutcome(json: Json, context: ProviderContext): Promise<SubmitOutcome | null> {
  const found = readPictures(json);
  const results = found.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  if (found.length > 0 && results.length === 0)
    return { kind: "rejected", error: { ...BLOCKED, ...readCost(json) } };
  const sources = await stageResults(context, results, "image");
  if (sources === null) return null;
  const production = { ...mediaProduction("image", sources, null), ...readCost(json) };
  return { kind: "completed", production };
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = textAt(operation, "request_id") ?? "";
  const reply = await ask(context, DIALECT, { url: `videos/${encodeURIComponent(id)}` });
  // While it works the body may be empty.
  if (reply.response.status === 202) return waiting(readFilm(reply.json ?? null).progress);
  return observed(reply, (json) => filmSeen(readFilm(json), context));
}

function filmSeen(film: FilmState, context: ProviderContext): Observation | null {
  const status = film.status ?? (film.url === null ? null : "done");
  switch (status) {
    case null:
      return null;
    case "pending":
      return waiting(film.progress);
    case "done":
      if (film.url === null && film.isBlocked) return { kind: "failed", error: BLOCKED };
      return { kind: "completed", production: filmProduction(film) };
    case "failed":
    case "expired":
      return { kind: "failed", error: filmError(film, context) };
    default:
      return { ...waiting(film.progress), unknownStatus: status };
  }
}

function waiting(progress: number | null): ReturnType<typeof pending> {
  return pending((progress ?? 0) > 0 ? "running" : "queued", POLL_AFTER_MS, progress);
}

/** Done without a link gives no output: the engine asks again, then calls the result empty. */
function filmProduction({ url, meta, cost }: FilmState): Production {
  const sources = url === null ? [] : [{ kind: "url", url } as const];
  return { ...mediaProduction("video", sources, meta), ...cost };
}

function filmError(film: FilmState, context: ProviderContext): UpstreamError {
  if (isPolicy(film.words)) return BLOCKED;
  return jobError(film.words, DIALECT, context);
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

function isPolicy({ code, message }: UpstreamWords): boolean {
  return POLICY.test(code) || POLICY.test(message);
}
