import type { CancelOutcome, Observation, SubmitOutcome } from "../../core/outcome.ts";
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { ModelMedia } from "../../models/model.ts";
import { failedPoll, failedSubmit, GARBLED_POLL, garbledSubmit } from "../answer.ts";
import {
  type OpenedArtifact,
  type Preparation,
  type Provider,
  type ProviderContext,
  type ProviderRequest,
  UpstreamFailure,
  type UpstreamResponse,
} from "../provider.ts";
import { readProduction } from "./production.ts";
import { answerError, dataOf, isSuccess, taskFailure, textOf } from "./wire.ts";

/** What a client of another Vidgo-shaped host needs to know. */
export interface VidgoOptions {
  /** Every model that the host serves, with what it makes. */
  readonly models: Readonly<Record<string, ModelMedia>>;
  /**
   * Whether the host answers a repeated `Idempotency-Key` with the first task. Vidgo itself does;
   * where nobody promises it, a lost answer is never asked for again.
   */
  readonly resubmit: "idempotency-key" | "blind";
}

/** The Vidgo API as an upstream: another gateway like this one, or a host of the same shape. */
export function vidgoProvider(options: VidgoOptions): Provider {
  return {
    name: "vidgo",
    traits: {
      completion: ["poll"],
      resubmit: options.resubmit,
      cancel: "any",
      volatile: false,
      pollMs: { min: 1_000, start: 2_000, max: 10_000 },
      graceMs: 120_000,
      softLimitMs: 1_800_000,
      resultTtlMs: 86_400_000,
    },
    models: Object.fromEntries(Object.keys(options.models).map((id) => [id, id])),
    prepare: (request) => prepare(request, options.models[request.model] ?? "video"),
    submit,
    poll,
    cancel,
    open,
  };
}

function prepare(request: ProviderRequest, media: ModelMedia): Preparation {
  const { marker, upstreamModel: model } = request;
  const input = withUpstreamIds(request);
  return { kind: "ready", prepared: { marker, media, body: { model, input } }, notes: [] };
}

/** What builds on an earlier song names it by the host's ids, not by ours. */
function withUpstreamIds({ input, sources }: ProviderRequest): JsonObject {
  const ids = new Map(
    sources.flatMap(({ id, taskId, ref }) => {
      if (!isJsonObject(ref)) return [];
      return [
        [id, textOf(ref, "id")],
        [taskId, textOf(ref, "task_id")],
      ] as const;
    }),
  );
  const named = ["audio_id", "persona_id", "task_id"].flatMap((field) => {
    const id = ids.get(textOf(input, field));
    return id === undefined || id === "" ? [] : [[field, id]];
  });
  return { ...input, ...Object.fromEntries(named) };
}

const SUBMIT_TIMEOUT_MS = 60_000;
const ASK_TIMEOUT_MS = 15_000;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const FILE_TIMEOUT_MS = 600_000;
const FILE_BYTES_MAX = 128 * 1024 * 1024;

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const plan = isJsonObject(prepared) ? prepared : {};
  const answer = await context.request({
    method: "POST",
    url: "api/generate/submit",
    headers: {
      ...authorization(context),
      "content-type": "application/json",
      "idempotency-key": textOf(plan, "marker"),
    },
    body: JSON.stringify(plan.body ?? null),
    timeoutMs: SUBMIT_TIMEOUT_MS,
    bytesMax: ANSWER_BYTES_MAX,
  });
  if (!isSuccess(answer)) return failedSubmit(answer, answerError(answer, context));
  const data = dataOf(answer);
  const taskId = data === null ? "" : textOf(data, "task_id");
  if (taskId === "") return garbledSubmit();
  const operation = { task_id: taskId, media: textOf(plan, "media") };
  return { kind: "accepted", operation, pollAfterMs: FIRST_POLL_MS };
}

const FIRST_POLL_MS = 2_000;

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const { taskId, media } = readOperation(operation);
  const answer = await ask(context, {
    method: "GET",
    url:
      media === "music"
        ? `api/generate/detail/music?task_id=${encodeURIComponent(taskId)}`
        : `api/generate/status/${encodeURIComponent(taskId)}`,
  });
  if (!isSuccess(answer)) return failedPoll(answer, answerError(answer, context));
  const data = dataOf(answer);
  return data === null ? GARBLED_POLL : observe(data, { taskId, media, context });
}

interface Asked {
  readonly taskId: string;
  readonly media: string;
  readonly context: ProviderContext;
}

function observe(data: JsonObject, { taskId, media, context }: Asked): Observation {
  const status = textOf(data, "status");
  const pollAfterMs = typeof data.poll_after_ms === "number" ? data.poll_after_ms : 3_000;
  const progress = typeof data.progress === "number" ? data.progress : null;
  switch (status) {
    case "finished": {
      const { baseUrl } = context.account;
      const production = readProduction(data, { taskId, media, baseUrl });
      return production === null ? GARBLED_POLL : { kind: "completed", production };
    }
    case "failed":
      return { kind: "failed", error: taskFailure(data, context) };
    case "not_started":
      return { kind: "pending", phase: "queued", progress, pollAfterMs };
    case "running":
      return { kind: "pending", phase: "running", progress, pollAfterMs };
    default:
      return {
        kind: "pending",
        phase: "running",
        progress: null,
        pollAfterMs,
        unknownStatus: status.slice(0, 100),
      };
  }
}

async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const { taskId } = readOperation(operation);
  const url = `api/generate/cancel/${encodeURIComponent(taskId)}`;
  const answer = await ask(context, { method: "POST", url });
  if (isSuccess(answer)) return "canceled";
  return answer.status === 409 ? "too-late" : "unsupported";
}

/** Files on the host itself are fetched through the account, so that a host at home can be used. */
async function open(ref: Json, context: ProviderContext): Promise<OpenedArtifact> {
  const url = isJsonObject(ref) ? textOf(ref, "url") : "";
  const answer = await context.request({
    method: "GET",
    url,
    timeoutMs: FILE_TIMEOUT_MS,
    bytesMax: FILE_BYTES_MAX,
  });
  if (answer.status === 200) return { body: oneChunk(answer.body), sizeBytes: answer.body.length };
  const isGone = [403, 404, 410].includes(answer.status);
  throw new UpstreamFailure({
    code: isGone ? "result_expired" : "upstream_unavailable",
    message: isGone ? "The provider's link has expired" : "The provider did not give the result",
    retry: "same-route",
    retryAfterMs: null,
    billed: "yes",
  });
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function ask(
  context: ProviderContext,
  question: { readonly method: "GET" | "POST"; readonly url: string },
): Promise<UpstreamResponse> {
  return context.request({
    ...question,
    headers: authorization(context),
    timeoutMs: ASK_TIMEOUT_MS,
    bytesMax: ANSWER_BYTES_MAX,
  });
}

function authorization({ account }: ProviderContext): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${account.secret.key ?? ""}` };
}

function readOperation(operation: Json): { readonly taskId: string; readonly media: string } {
  const fields = isJsonObject(operation) ? operation : {};
  return { taskId: textOf(fields, "task_id"), media: textOf(fields, "media") };
}
