import type { CancelOutcome, Observation, SubmitOutcome } from "../../core/outcome.ts";
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { ModelMedia } from "../../models/model.ts";
import { codeStatus, upstreamError } from "../answer.ts";
import { costPart, withCost } from "../cost.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { pending } from "../job.ts";
import {
  type Preparation,
  type Provider,
  type ProviderContext,
  type ProviderRequest,
  UpstreamFailure,
} from "../provider.ts";
import { at, objectAt, textAt } from "../reading.ts";
import { type CarryMedia, createCarryMedia, NOT_TAKEN } from "./media.ts";
import { readProduction } from "./production.ts";
import { readWords, taskFailure, textOf } from "./wire.ts";

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
  const carry = createCarryMedia(DIALECT);
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
    submit: (prepared, context) => submit(prepared, { context, carry }),
    idOf: (operation) => readOperation(operation).taskId,
    poll,
    cancel,
    // Files on the host itself go through the account, so that a host at home can be used.
    open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
  };
}

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  // Hosts of this shape also say `code: 402` inside an HTTP 200: the body's word counts then.
  statusOf: codeStatus,
  meanings: [[/^content_moderation_error:/, "policy-input"]],
};

function prepare(request: ProviderRequest, media: ModelMedia): Preparation {
  const { marker, taskId, upstreamModel: model } = request;
  const input = withUpstreamIds(request);
  return { kind: "ready", prepared: { marker, taskId, media, body: { model, input } }, notes: [] };
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

const FIRST_POLL_MS = 2_000;

interface Carriage {
  readonly context: ProviderContext;
  readonly carry: CarryMedia;
}

async function submit(prepared: Json, { context, carry }: Carriage): Promise<SubmitOutcome> {
  const body = objectAt(prepared, "body");
  const taskId = textAt(prepared, "taskId") ?? "";
  const input = await carried({ taskId, input: objectAt(body, "input") }, { context, carry });
  const reply = await ask(context, DIALECT, {
    url: "api/generate/submit",
    headers: { "idempotency-key": textAt(prepared, "marker") ?? "" },
    json: { ...body, input },
  });
  if (reply.response.status === 422 && readWords(reply.json).code === "idempotency_error") {
    // Only the same attempt has the key: the first submit arrived, and its answer is lost for good.
    const message = "The provider has taken the task, and its answer was lost";
    const error = upstreamError({ code: "unknown_outcome", message, billed: "unknown" });
    return { kind: "rejected", error };
  }
  return submitted(reply, (json) => {
    const taskId = textAt(json, "data", "task_id");
    if (taskId === null) return null;
    const operation = { task_id: taskId, media: textAt(prepared, "media") ?? "" };
    return { kind: "accepted", operation, pollAfterMs: FIRST_POLL_MS };
  });
}

/** A file that got no answer bought nothing, unlike a task. */
async function carried(
  load: Parameters<CarryMedia>[1],
  { context, carry }: Carriage,
): Promise<JsonObject> {
  try {
    return await carry(context, load);
  } catch (error) {
    throw error instanceof UpstreamFailure ? error : new UpstreamFailure(NOT_TAKEN);
  }
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const { taskId, media } = readOperation(operation);
  const url =
    media === "music"
      ? `api/generate/detail/music?task_id=${encodeURIComponent(taskId)}`
      : `api/generate/status/${encodeURIComponent(taskId)}`;
  return observed(await ask(context, DIALECT, { url }), (json) =>
    isJsonObject(at(json, "data"))
      ? observe(objectAt(json, "data"), { taskId, media, context })
      : null,
  );
}

interface Asked {
  readonly taskId: string;
  readonly media: string;
  readonly context: ProviderContext;
}

function observe(data: JsonObject, { taskId, media, context }: Asked): Observation | null {
  const status = textOf(data, "status");
  const pollAfterMs = typeof data.poll_after_ms === "number" ? data.poll_after_ms : 3_000;
  const progress = typeof data.progress === "number" ? data.progress : null;
  switch (status) {
    case "finished": {
      const { baseUrl } = context.account;
      const production = readProduction(data, { taskId, media, baseUrl });
      return production === null ? null : { kind: "completed", production };
    }
    case "failed": {
      const cost = costPart(textAt(data, "credits"), "credits");
      return { kind: "failed", error: withCost(taskFailure(data, context), cost) };
    }
    case "not_started":
      return pending("queued", pollAfterMs, progress);
    case "running":
      return pending("running", pollAfterMs, progress);
    default:
      return { ...pending("running", pollAfterMs), unknownStatus: status.slice(0, 100) };
  }
}

async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const { taskId } = readOperation(operation);
  const url = `api/generate/cancel/${encodeURIComponent(taskId)}`;
  const { response, error } = await ask(context, DIALECT, { method: "POST", url });
  if (error === null) return "canceled";
  return response.status === 409 ? "too-late" : "unsupported";
}

function readOperation(operation: Json): { readonly taskId: string; readonly media: string } {
  const fields = isJsonObject(operation) ? operation : {};
  return { taskId: textOf(fields, "task_id"), media: textOf(fields, "media") };
}
