import type { CancelOutcome, Observation, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { bodyWithFiles } from "../body-files.ts";
import { linkSource, mediaProduction, pictureLimits } from "../carry.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { accepted, jobError, underWay } from "../job.ts";
import type { Provider, ProviderContext } from "../provider.ts";
import { textAt } from "../reading.ts";
import { prepareDashscope } from "./prepare.ts";
import { type JobState, readJob, readPictures, readPrepared, readWords, urlOf } from "./wire.ts";

/** The service asks for a look in fifteen seconds. */
const POLL_AFTER_MS = 15_000;
const PHASES = { queued: ["PENDING"], running: ["RUNNING"] };
const PICTURE_TIMEOUT_MS = 300_000;
/** A picture inside a body may have 10 MB, of which base64 takes a quarter. */
const PICTURES = { limits: pictureLimits(7) };

/** Alibaba's Model Studio: films of Wan and Happy Horse by jobs, pictures of Qwen at once. */
export const dashscope: Provider = {
  name: "dashscope",
  traits: {
    ...PLAIN_JOBS,
    completion: ["poll", "immediate"],
    cancel: "queued",
    pollMs: { min: 5_000, start: POLL_AFTER_MS, max: 30_000 },
    softLimitMs: 3_600_000,
    resultTtlMs: 24 * 3_600_000,
  },
  models: {
    "wan2.6-text-to-video": "wan2.6-t2v",
    "wan2.6-image-to-video": "wan2.6-i2v",
    "wan2.6-video-to-video": "wan2.6-r2v",
    "wan2.5-text-to-video": "wan2.5-t2v-preview",
    "wan2.5-image-to-video": "wan2.5-i2v-preview",
    "wan2.2-image-to-video-fast": "wan2.2-i2v-flash",
    "wan-animate-replace": "wan2.2-animate-mix",
    "wan-animate-move": "wan2.2-animate-move",
    "happy-horse": "happyhorse-1.0",
    "qwen-image-3.0/text-to-image": "qwen-image-3.0",
    "qwen-image-3.0/edit": "qwen-image-3.0",
    "qwen-image-3.0-pro/text-to-image": "qwen-image-3.0-pro",
    "qwen-image-3.0-pro/edit": "qwen-image-3.0-pro",
    "z-image": "z-image-turbo",
  },
  prepare: prepareDashscope,
  submit,
  poll,
  cancel,
  open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
};

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  meanings: [
    [/^InvalidApiKey:/, "auth"],
    [/^Arrearage:/, "balance"],
    [/^(AccessDenied|Workspace\.AccessDenied|Model\.AccessDenied)/, "permission"],
    [/^ModelNotFound:|model .*not exist/i, "gone"],
    [/output data may contain/i, "policy-output"],
    [/^(DataInspectionFailed|data_inspection_failed|IPInfringementSuspect)/, "policy-input"],
    [/^InvalidParameter/, "invalid"],
  ],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const call = readPrepared(prepared);
  const isPicture = call.service === "picture";
  const reply = await ask(context, DIALECT, {
    url: urlOf(call.service),
    json: await bodyWithFiles(call, context, PICTURES),
    // Without it films are refused, with it pictures are.
    ...(isPicture
      ? { timeoutMs: PICTURE_TIMEOUT_MS }
      : { headers: { "x-dashscope-async": "enable" } }),
  });
  return submitted(reply, (json) => {
    if (isPicture) return pictureOutcome(json, context);
    return accepted(textAt(json, "output", "task_id"), POLL_AFTER_MS);
  });
}

function pictureOutcome(json: Json, context: ProviderContext): SubmitOutcome | null {
  const sources = readPictures(json).map((url) => linkSource(url, context));
  if (sources.length === 0) return null;
  return { kind: "completed", production: mediaProduction("image", sources, null) };
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const reply = await ask(context, DIALECT, { url: taskUrl(operation) });
  return observed(reply, (json) => jobSeen(readJob(json), context));
}

function jobSeen(job: JobState, context: ProviderContext): Observation | null {
  switch (job.status) {
    case "SUCCEEDED": {
      const sources = job.urls.map((url) => linkSource(url, context));
      return { kind: "completed", production: mediaProduction("video", sources, job.meta) };
    }
    case "FAILED":
      return { kind: "failed", error: jobError(job.words, DIALECT, context) };
    case "CANCELED":
      return {
        kind: "failed",
        error: jobError({ code: "", message: "The job was canceled" }, DIALECT, context),
      };
    // Jobs are kept for a day; what is older, or was never there, is told like this.
    case "UNKNOWN":
      return { kind: "lost" };
    default:
      return underWay(job.status, PHASES, { pollAfterMs: POLL_AFTER_MS });
  }
}

/** Only a job that waits can be stopped. */
async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const url = `${taskUrl(operation)}/cancel`;
  const { error } = await ask(context, DIALECT, { method: "POST", url });
  return error === null ? "canceled" : "too-late";
}

function taskUrl(operation: Json): string {
  return `api/v1/tasks/${encodeURIComponent(textAt(operation, "id") ?? "")}`;
}
