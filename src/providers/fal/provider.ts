import type { CancelOutcome, Observation, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { GARBLED_POLL, upstreamError } from "../answer.ts";
import { bodyWithFiles } from "../body-files.ts";
import {
  ask,
  type Dialect,
  observed,
  openResult,
  ownAddress,
  type Reply,
  submitted,
} from "../dialect.ts";
import { jobError, pending, underWay } from "../job.ts";
import { type MappedOptions, prepareMapped, productionFrom, readMapped } from "../mapped.ts";
import type { Provider, ProviderContext } from "../provider.ts";
import { at, objectAt, textAt } from "../reading.ts";
import { readJob, readWords } from "./wire.ts";

const MIB = 1024 * 1024;
const POLL_AFTER_MS = 2_000;
const PHASES = { queued: ["IN_QUEUE"], running: ["IN_PROGRESS"] };

/** The apps of fal, by its queue. What an app takes and gives is told by each route's mapping. */
export function falProvider(options: MappedOptions): Provider {
  return {
    name: "fal",
    traits: {
      ...PLAIN_JOBS,
      cancel: "queued",
      pollMs: { min: 1_000, start: POLL_AFTER_MS, max: 10_000 },
      softLimitMs: 3_600_000,
      resultTtlMs: 86_400_000,
    },
    models: {},
    prepare: (request) => prepareMapped("fal", request, options),
    submit,
    idOf: (operation) => textAt(operation, "request_id") ?? "",
    poll,
    cancel,
    open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
  };
}

const DIALECT: Dialect = {
  headers: ({ secret }) => ({ authorization: `Key ${secret.key ?? ""}` }),
  readWords,
  meanings: [
    [/^content_policy_violation:/, "policy-input"],
    [/exhausted balance|user is locked/i, "balance", 403],
  ],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const request = readMapped(prepared);
  const reply = await ask(context, DIALECT, {
    url: request.model.split("/").map(encodeURIComponent).join("/"),
    // Its own repetitions are runs that are paid for: whether to repeat is for the gateway.
    headers: { "x-fal-no-retry": "1" },
    json: await bodyWithFiles(request, context),
  });
  return submitted(reply, (json) => {
    const job = readJob(json);
    if (job === null) return null;
    const operation = { ...job, isDone: false, result: request.result };
    return { kind: "accepted", operation, pollAfterMs: POLL_AFTER_MS };
  });
}

/** One question at a time: the state until it is done, then the result. */
async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  if (at(operation, "isDone") === true) return result(operation, context);
  const reply = await ask(context, DIALECT, { url: addressOf(operation, "status_url", context) });
  return observed(reply, (json) => {
    const status = textAt(json, "status");
    if (status !== "COMPLETED") return underWay(status, PHASES, { pollAfterMs: POLL_AFTER_MS });
    // Completed says that it ended, not that it went well.
    return { ...pending("running", 0), operation: { ...objectAt(operation), isDone: true } };
  });
}

function addressOf(operation: Json, name: string, context: ProviderContext): string {
  return ownAddress(textAt(operation, name) ?? "", context);
}

async function result(operation: Json, context: ProviderContext): Promise<Observation> {
  const url = addressOf(operation, "response_url", context);
  const reply = await ask(context, DIALECT, { url, timeoutMs: 60_000, bytesMax: 64 * MIB });
  const failure = failureOf(reply, context);
  if (failure !== null) return failure;
  return observed(reply, (json) => {
    return { kind: "completed", production: productionFrom(json, operation, context) };
  });
}

const LATER: ReadonlySet<number> = new Set([401, 403, 404, 408, 410, 429]);
/** What the platform says of a runner; its other words are about the question. */
const RUNNER = /^(runner_|startup_timeout$|request_timeout$)/;

/** The model's own error stands where its result would; a failing question says nothing of it. */
function failureOf({ response, json, error }: Reply, context: ProviderContext): Observation | null {
  const { status, headers } = response;
  if (error === null || LATER.has(status)) return null;
  if (status >= 400 && status < 500) {
    // A page of something in between is nobody's verdict.
    if (json === undefined) return GARBLED_POLL;
    return { kind: "failed", error: jobError(readWords(json), DIALECT, context) };
  }
  const platform = headers.get("x-fal-error-type") ?? textAt(json, "error_type") ?? "";
  if (!RUNNER.test(platform)) return null;
  // Failures of a runner are not billed.
  return {
    kind: "failed",
    error: upstreamError({
      code: platform.includes("timeout") ? "upstream_timeout" : "generation_failed",
      message: "The provider's runner failed",
      retry: "same-route",
    }),
  };
}

async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const url = addressOf(operation, "cancel_url", context);
  const { response, error } = await ask(context, DIALECT, { method: "PUT", url });
  if (error === null) return "canceled";
  return response.status === 400 || response.status === 404 ? "too-late" : "unsupported";
}
