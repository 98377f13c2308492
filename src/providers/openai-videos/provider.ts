import type {
  CancelOutcome,
  FindOutcome,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../../core/outcome.ts";
import type { Json } from "../../lib/json.ts";
import {
  errorOfStatus,
  failedPoll,
  failedSubmit,
  GARBLED_POLL,
  garbledSubmit,
  publicWords,
  upstreamError,
} from "../answer.ts";
import { mediaProduction, readInput } from "../carry.ts";
import {
  type FindQuery,
  type OpenedArtifact,
  type Provider,
  type ProviderContext,
  UpstreamFailure,
  type UpstreamResponse,
} from "../provider.ts";
import { jsonOf, numberAt, textAt } from "../reading.ts";
import { matchVideos } from "./match.ts";
import { prepareVideo, readPrepared } from "./prepare.ts";

/** What a server of the videos protocol needs to be used. */
export interface OpenaiVideosOptions {
  /** Public models and the server's names for them: only the operator knows what runs there. */
  readonly models: Readonly<Record<string, string>>;
  /**
   * What a lost answer leaves to do: search the list of newest videos, nothing where there is no
   * list, or simply ask again where a run costs nothing.
   */
  readonly resubmit: "reconcile" | "blind" | "free";
  /** How late the server may register a submit that it did not answer, milliseconds. */
  readonly graceMs: number;
}

/** The videos protocol that OpenAI left behind, as vLLM-Omni, SGLang and several hosts serve it. */
export function openaiVideosProvider(options: OpenaiVideosOptions): Provider {
  return {
    name: "openai-videos",
    traits: {
      completion: ["poll"],
      resubmit: options.resubmit,
      cancel: "any",
      volatile: options.resubmit === "free",
      pollMs: { min: 1_000, start: POLL_AFTER_MS, max: 15_000 },
      graceMs: options.graceMs,
      softLimitMs: 3_600_000,
      resultTtlMs: 3_600_000,
    },
    models: options.models,
    prepare: prepareVideo,
    submit,
    poll,
    find,
    cancel,
    open,
  };
}

const MIB = 1024 * 1024;
const POLL_AFTER_MS = 3_000;
const SUBMIT_TIMEOUT_MS = 60_000;
const ASK_TIMEOUT_MS = 15_000;
const FILM_TIMEOUT_MS = 600_000;
const FILM_BYTES_MAX = 128 * MIB;
const FRAME = { mediaTypes: ["image/png", "image/jpeg", "image/webp"], bytesMax: 20 * MIB };

/** Always a form: vLLM-Omni takes nothing else, and every other server takes it too. */
async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { fields, image } = readPrepared(prepared);
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (image !== null) {
    const { bytes, mediaType } = await readInput(context, image, FRAME);
    const ending = mediaType.replace("image/", "");
    body.set("input_reference", new Blob([bytes], { type: mediaType }), `frame.${ending}`);
  }
  const answer = await context.request({
    method: "POST",
    url: "v1/videos",
    headers: authorization(context),
    body,
    timeoutMs: SUBMIT_TIMEOUT_MS,
    bytesMax: MIB,
  });
  if (!isSuccess(answer)) return failedSubmit(answer, errorOf(answer, context));
  const id = textAt(jsonOf(answer.body), "id");
  if (id === null) return garbledSubmit();
  return { kind: "accepted", operation: { id }, pollAfterMs: POLL_AFTER_MS };
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = textAt(operation, "id") ?? "";
  const answer = await ask(context, "GET", `v1/videos/${encodeURIComponent(id)}`);
  if (!isSuccess(answer)) return failedPoll(answer, errorOf(answer, context));
  const video = jsonOf(answer.body);
  const status = textAt(video, "status");
  const progress = numberAt(video, "progress");
  const pending = { kind: "pending", progress, pollAfterMs: POLL_AFTER_MS } as const;
  switch (status) {
    case null:
      return GARBLED_POLL;
    case "queued":
      return { ...pending, phase: "queued" };
    case "in_progress":
      return { ...pending, phase: "running" };
    case "completed": {
      const source = { kind: "upstream", ref: { id } } as const;
      return { kind: "completed", production: mediaProduction("video", [source], null) };
    }
    case "failed":
      return { kind: "failed", error: jobError(video, context) };
    default:
      return { ...pending, phase: "running", unknownStatus: status.slice(0, 100) };
  }
}

const NEWEST_MAX = 100;

/** Looks for the one video among the newest that is what was asked for when it was asked for. */
async function find(query: FindQuery, context: ProviderContext): Promise<FindOutcome> {
  const answer = await ask(context, "GET", `v1/videos?limit=${NEWEST_MAX}&order=desc`);
  if (!isSuccess(answer)) {
    return { kind: "undecidable", detail: `The list answered ${answer.status}` };
  }
  return matchVideos(jsonOf(answer.body), query);
}

async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const id = textAt(operation, "id") ?? "";
  const answer = await ask(context, "DELETE", `v1/videos/${encodeURIComponent(id)}`);
  if (isSuccess(answer)) return "canceled";
  return answer.status === 404 || answer.status === 409 ? "too-late" : "unsupported";
}

async function open(ref: Json, context: ProviderContext): Promise<OpenedArtifact> {
  const id = textAt(ref, "id") ?? "";
  const answer = await context.request({
    method: "GET",
    url: `v1/videos/${encodeURIComponent(id)}/content`,
    headers: authorization(context),
    timeoutMs: FILM_TIMEOUT_MS,
    bytesMax: FILM_BYTES_MAX,
  });
  if (answer.status === 200) return { body: oneChunk(answer.body), sizeBytes: answer.body.length };
  const isGone = answer.status === 404 || answer.status === 410;
  throw new UpstreamFailure(
    upstreamError({
      code: isGone ? "result_expired" : "upstream_unavailable",
      message: isGone
        ? "The provider no longer has the film"
        : "The provider did not give the film",
      retry: "same-route",
      billed: "yes",
    }),
  );
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function ask(
  context: ProviderContext,
  method: "GET" | "DELETE",
  url: string,
): Promise<UpstreamResponse> {
  const headers = authorization(context);
  return context.request({ method, url, headers, timeoutMs: ASK_TIMEOUT_MS, bytesMax: 4 * MIB });
}

/** A server of one's own may have no key. */
function authorization({ account }: ProviderContext): Readonly<Record<string, string>> {
  const key = account.secret.key ?? "";
  return key === "" ? {} : { authorization: `Bearer ${key}` };
}

function isSuccess({ status }: UpstreamResponse): boolean {
  return status >= 200 && status < 300;
}

const REFUSALS: ReadonlySet<string> = new Set([
  "moderation_blocked",
  "content_policy_violation",
  "invalid_prompt",
]);

function errorOf(answer: UpstreamResponse, context: ProviderContext): UpstreamError {
  const body = jsonOf(answer.body);
  const code = textAt(body, "error", "code") ?? "";
  const message = textAt(body, "error", "message") ?? textAt(body, "detail") ?? "";
  if (REFUSALS.has(code)) return refusedContent(message, context);
  if (code === "insufficient_quota") {
    const words = "The provider's account has no balance or quota left";
    return upstreamError({ code: "quota_exhausted", message: words, retry: "other-route" });
  }
  return errorOfStatus(answer, { code, message }, context);
}

/** A failed job; the protocol does not say whether it was charged. */
function jobError(video: Json | undefined, context: ProviderContext): UpstreamError {
  const message = textAt(video, "error", "message") ?? "";
  const code = textAt(video, "error", "code") ?? "";
  if (REFUSALS.has(code)) return { ...refusedContent(message, context), billed: "unknown" };
  return upstreamError({
    code: "generation_failed",
    message: publicWords(message, context) ?? "The provider could not make the film",
    billed: "unknown",
  });
}

function refusedContent(message: string, context: ProviderContext): UpstreamError {
  return upstreamError({
    code: "content_policy",
    message: publicWords(message, context) ?? "The provider refused the content",
  });
}
