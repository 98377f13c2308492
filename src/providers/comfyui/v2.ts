import type {
  ArtifactSource,
  CancelOutcome,
  Observation,
  SubmitOutcome,
} from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { upstreamError } from "../answer.ts";
import { bodyWithFiles } from "../body-files.ts";
import { type InputBytes, linkSource } from "../carry.ts";
import {
  ask,
  bearer,
  type Dialect,
  observed,
  openResult,
  ownAddress,
  submitted,
} from "../dialect.ts";
import { jobError, underWay } from "../job.ts";
import { producedAs, readMapped, readPlan } from "../mapped.ts";
import { valuesAt } from "../mapping.ts";
import type { Provider, ProviderContext } from "../provider.ts";
import { numberAt, objectAt, textAt } from "../reading.ts";
import { readWords, upload } from "./wire.ts";

const MIB = 1024 * 1024;
const POLL_AFTER_MS = 1_000;
const PHASES = { queued: ["queued"], running: ["running", "canceling"] };

/** Comfy API v2, by a proxy of one's own or in the cloud. */
export function comfyuiV2(prepare: Provider["prepare"], isFree: boolean): Provider {
  return {
    name: "comfyui",
    traits: {
      ...PLAIN_JOBS,
      resubmit: isFree ? "free" : "idempotency-key",
      cancel: "any",
      pollMs: { min: 500, start: POLL_AFTER_MS, max: 10_000 },
      softLimitMs: 3_600_000,
      resultTtlMs: 3_600_000,
    },
    models: {},
    prepare,
    submit,
    poll,
    cancel,
    open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
  };
}

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  meanings: [
    [/^insufficient_credits:/, "balance"],
    [/^deployment_stopped:/, "gone"],
  ],
};

const REUSED = /^idempotency_key_reuse$/;

/** The first request with a key is the only one that runs; any later one is told so. */
async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const request = readMapped(prepared);
  const carry = async (file: InputBytes): Promise<Json> => {
    const answer = await upload({ context, dialect: DIALECT, url: "api/v2/assets" }, file, {
      field: "file",
      fields: { content_type: file.mediaType, file_path: "{name}" },
    });
    return { __type: "core/ASSET", info: { id: textAt(answer, "id") ?? "" } };
  };
  const workflow = await bodyWithFiles(request, context, { carry });
  const reply = await ask(context, DIALECT, {
    url: "api/v2/jobs",
    headers: { "idempotency-key": request.marker },
    json: { workflow },
  });
  if (reply.response.status === 422 && REUSED.test(readWords(reply.json).code)) {
    // The answer to the first one is lost for good: nothing lists jobs, and nothing tells its id.
    const message = "The provider has taken the job, and its answer was lost";
    return {
      kind: "rejected",
      error: upstreamError({ code: "unknown_outcome", message, billed: "unknown" }),
    };
  }
  return submitted(reply, (job) => {
    const [id, self] = [textAt(job, "id"), textAt(job, "urls", "self")];
    const stop = textAt(job, "urls", "cancel");
    if (id === null || self === null) return null;
    const operation = { id, self, cancel: stop, result: request.result };
    return { kind: "accepted", operation, pollAfterMs: POLL_AFTER_MS };
  });
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const url = ownAddress(textAt(operation, "self") ?? "", context);
  const reply = await ask(context, DIALECT, { url, bytesMax: 16 * MIB });
  return observed(reply, (job) => jobSeen(job, operation, context));
}

function jobSeen(job: Json, operation: Json, context: ProviderContext): Observation | null {
  const status = textAt(job, "status");
  const progress = Math.round((numberAt(job, "progress", "value") ?? 0) * 100);
  switch (status) {
    case "succeeded": {
      const plan = readPlan(operation);
      const sources = valuesAt(job, plan.output).flatMap((output): readonly ArtifactSource[] => {
        const url = textAt(output, "url");
        const isMeant = textAt(output, "type") === plan.media;
        return url === null || !isMeant ? [] : [linkSource(hostUrl(url, context), context)];
      });
      const production = producedAs(plan, sources);
      const meta = objectAt(job, "metrics");
      return { kind: "completed", production: { ...production, meta } };
    }
    case "failed":
    case "canceled":
    case "expired":
      return { kind: "failed", error: jobError(readWords(job), DIALECT, context) };
    default:
      return underWay(status, PHASES, { pollAfterMs: POLL_AFTER_MS, progress });
  }
}

async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const url = ownAddress(textAt(operation, "cancel") ?? "", context);
  const { response, json, error } = await ask(context, DIALECT, { method: "POST", url });
  if (error !== null) return response.status === 404 ? "too-late" : "unsupported";
  return /^cancel/.test(textAt(json, "status") ?? "") ? "canceled" : "too-late";
}

/** Links are relative to the host, never to the base address. */
function hostUrl(url: string, { account }: ProviderContext): string {
  return URL.parse(url, account.baseUrl)?.href ?? url;
}
