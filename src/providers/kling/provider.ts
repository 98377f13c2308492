import type { FindOutcome, Observation, SubmitOutcome, UpstreamError } from "../../core/outcome.ts";
import type { Json } from "../../lib/json.ts";
import {
  ACCOUNT,
  errorOfStatus,
  failedPoll,
  failedSubmit,
  GARBLED_POLL,
  garbledSubmit,
  publicWords,
  upstreamError,
} from "../answer.ts";
import { mediaProduction } from "../carry.ts";
import type {
  CallbackReading,
  CallbackRequest,
  FindQuery,
  Provider,
  ProviderContext,
  UpstreamRequest,
  UpstreamResponse,
} from "../provider.ts";
import { jsonOf, textAt } from "../reading.ts";
import { prepareFilm } from "./prepare.ts";
import { type FilmState, readCode, readJobs, readPrepared, readWords } from "./wire.ts";

const POLL_AFTER_MS = 5_000;

/** Kling's film API. Jobs carry our reference: a lost answer is looked up, never guessed. */
export const kling: Provider = {
  name: "kling",
  traits: {
    completion: ["poll", "callback"],
    resubmit: "client-id",
    cancel: "none",
    volatile: false,
    pollMs: { min: 2_000, start: POLL_AFTER_MS, max: 15_000 },
    graceMs: 120_000,
    softLimitMs: 3_600_000,
    resultTtlMs: 30 * 86_400_000,
  },
  models: {
    "kling-3.0/standard": "kling-3.0@720p",
    "kling-3.0/pro": "kling-3.0@1080p",
    "kling-2.6": "kling-2.6",
  },
  prepare: prepareFilm,
  submit,
  poll,
  find,
  callback,
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { path, body } = readPrepared(prepared);
  const text = JSON.stringify(body);
  const answer = await ask(context, { method: "POST", url: path, body: text, timeoutMs: 60_000 });
  const json = jsonOf(answer.body);
  if (answer.status !== 200) return failedSubmit(answer, errorOf(answer, context));
  const id = textAt(json, "data", "id");
  if (readCode(json) === 0 && id !== null) {
    return { kind: "accepted", operation: { id }, pollAfterMs: POLL_AFTER_MS };
  }
  const error = codeError(json, context);
  return error === null ? garbledSubmit() : { kind: "rejected", error };
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = textAt(operation, "id") ?? "";
  const url = `tasks?task_ids=${encodeURIComponent(id)}`;
  const answer = await ask(context, { method: "GET", url, timeoutMs: 15_000 });
  if (answer.status !== 200) return failedPoll(answer, errorOf(answer, context));
  const jobs = readJobs(jsonOf(answer.body) ?? null);
  if (jobs === null) return GARBLED_POLL;
  const film = jobs.find((job) => job.id === id);
  return film === undefined ? { kind: "lost" } : filmSeen(film, context);
}

function filmSeen(film: FilmState, context: ProviderContext): Observation {
  switch (film.status) {
    case "submitted":
      return pending("queued");
    case "processing":
      return pending("running");
    // The older API spells it without its end.
    case "succeed":
    case "succeeded": {
      const sources = film.url === null ? [] : [{ kind: "url", url: film.url } as const];
      return { kind: "completed", production: mediaProduction("video", sources, film.meta) };
    }
    case "failed":
      return { kind: "failed", error: filmError(film, context) };
    default:
      return { ...pending("running"), unknownStatus: film.status };
  }
}

function pending(phase: "queued" | "running"): Extract<Observation, { kind: "pending" }> {
  return { kind: "pending", phase, progress: null, pollAfterMs: POLL_AFTER_MS };
}

const POLICY = /risk|sensitive|policy|moderat/i;

function filmError({ message }: FilmState, context: ProviderContext): UpstreamError {
  const words = publicWords(message, context) ?? "The provider could not make it";
  if (!POLICY.test(message)) {
    return upstreamError({ code: "generation_failed", message: words, billed: "unknown" });
  }
  const error = upstreamError({ code: "content_policy", message: words, billed: "unknown" });
  return { ...error, stage: "output" };
}

async function find({ marker }: FindQuery, context: ProviderContext): Promise<FindOutcome> {
  const url = `tasks?external_task_ids=${encodeURIComponent(marker)}`;
  const answer = await ask(context, { method: "GET", url, timeoutMs: 15_000 });
  const jobs = answer.status === 200 ? readJobs(jsonOf(answer.body) ?? null) : null;
  if (jobs === null) return { kind: "undecidable", detail: `status ${answer.status}` };
  const [first, ...more] = jobs;
  if (first === undefined) return { kind: "absent" };
  if (more.length === 0) return { kind: "found", operation: { id: first.id } };
  return { kind: "undecidable", detail: `${jobs.length} jobs carry the reference` };
}

/** Unsigned, so a hint: it may tell the id of a job whose submit was not answered. */
async function callback({ body }: CallbackRequest): Promise<CallbackReading> {
  const json = jsonOf(body);
  const id = textAt(json, "data", "id") ?? textAt(json, "id") ?? textAt(json, "task_id");
  return {
    trust: "unsigned",
    operation: id === null ? null : { id },
    observation: null,
    reply: null,
  };
}

function ask(
  context: ProviderContext,
  request: Pick<UpstreamRequest, "method" | "url" | "timeoutMs"> & { readonly body?: string },
): Promise<UpstreamResponse> {
  const headers = {
    authorization: `Bearer ${context.account.secret.key ?? ""}`,
    "content-type": "application/json",
  };
  return context.request({ ...request, headers, bytesMax: 4 * 1024 * 1024 });
}

function errorOf(answer: UpstreamResponse, context: ProviderContext): UpstreamError {
  const json = jsonOf(answer.body);
  const error = answer.status < 500 ? codeError(json, context) : null;
  const byStatus = errorOfStatus(answer, readWords(json), context);
  return error === null ? byStatus : { ...error, retryAfterMs: byStatus.retryAfterMs };
}

/** What a code means; `null` for success, a failure of the server, or no code at all. */
function codeError(json: Json | undefined, context: ProviderContext): UpstreamError | null {
  const code = readCode(json) ?? 0;
  const words = publicWords(readWords(json).message, context) ?? "The provider refuses it";
  if (code >= 1_000 && code <= 1_004) {
    return upstreamError({ ...ACCOUNT.auth, retry: "other-route" });
  }
  if (code === 1_103) return upstreamError({ ...ACCOUNT.permission, retry: "other-route" });
  if (code >= 1_100 && code <= 1_102) {
    return upstreamError({ ...ACCOUNT.quota_exhausted, retry: "other-route" });
  }
  if (code === 1_301) {
    return { ...upstreamError({ code: "content_policy", message: words }), stage: "input" };
  }
  if (code === 1_302) return upstreamError({ ...ACCOUNT.rate_limited, retry: "same-route" });
  if (code === 1_303) {
    const busy = { ...ACCOUNT.rate_limited, code: "concurrency_limited" } as const;
    return upstreamError({ ...busy, retry: "same-route" });
  }
  const isInput = code >= 1_200 && code < 1_300;
  return isInput ? upstreamError({ code: "invalid_request", message: words }) : null;
}
