import type { CancelOutcome, Observation, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { dataUrl, mediaProduction, pictureLimits, readInput } from "../carry.ts";
import { withCost } from "../cost.ts";
import { ask, bearer, type Dialect, observed, submitted } from "../dialect.ts";
import { accepted, jobError, pending } from "../job.ts";
import type { Provider, ProviderContext } from "../provider.ts";
import { textAt } from "../reading.ts";
import { prepareFilm } from "./prepare.ts";
import { filmBody, readPrepared, readTask, readWords, type TaskState } from "./wire.ts";

/** The service asks for no more than one look in five seconds. */
const POLL_AFTER_MS = 5_000;
/** A `data:` URL may have 5 MB, of which base64 takes a quarter. */
const PICTURES = pictureLimits(3);

/** Runway's film API: its own Gen-4.5, and Veo by the same key. */
export const runway: Provider = {
  name: "runway",
  traits: {
    ...PLAIN_JOBS,
    cancel: "any",
    pollMs: { min: POLL_AFTER_MS, start: POLL_AFTER_MS, max: 15_000 },
    softLimitMs: 3_600_000,
    resultTtlMs: 24 * 3_600_000,
  },
  models: {
    "runway-gen-4.5": "gen4.5",
    "veo3.1-fast": "veo3.1_fast",
    "veo3.1-quality": "veo3.1",
    "veo3.1-fast-official": "veo3.1_fast",
    "veo3.1-quality-official": "veo3.1",
  },
  prepare: prepareFilm,
  submit,
  poll,
  cancel,
};

const DIALECT: Dialect = {
  // The version is part of the protocol: without it the service refuses.
  headers: (account) => ({ ...bearer(account), "x-runway-version": "2024-11-06" }),
  readWords,
  meanings: [
    [/not have enough credits|insufficient credits/i, "balance"],
    [/daily task limit|too many concurrent/i, "busy"],
    [/moderation|content policy/i, "policy-input"],
  ],
};

/** The codes of a failed task. */
const TASK: Dialect = {
  ...DIALECT,
  meanings: [
    [/^SAFETY\.INPUT/, "policy-input"],
    [/^SAFETY/, "policy-output"],
    [/^(INPUT_PREPROCESSING|ASSET\.INVALID)/, "invalid"],
  ],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const film = readPrepared(prepared);
  const images: string[] = [];
  for (const url of film.frames) images.push(dataUrl(await readInput(context, url, PICTURES)));
  const url = images.length === 0 ? "v1/text_to_video" : "v1/image_to_video";
  const reply = await ask(context, DIALECT, { url, json: filmBody(film, images) });
  return submitted(reply, (json) => accepted(textAt(json, "id"), POLL_AFTER_MS));
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  return observed(await ask(context, DIALECT, { url: taskUrl(operation) }), (json) => {
    const task = readTask(json);
    return task.status === null ? null : taskSeen(task, context);
  });
}

function taskSeen(task: TaskState, context: ProviderContext): Observation {
  switch (task.status) {
    case "PENDING":
    // Its own limit on how many of the account run at once: healthy, only waiting.
    case "THROTTLED":
      return pending("queued", POLL_AFTER_MS);
    case "RUNNING": {
      const progress = task.progress === null ? null : Math.round(task.progress * 100);
      return pending("running", POLL_AFTER_MS, progress);
    }
    case "SUCCEEDED": {
      const sources = task.output.map((url) => ({ kind: "url", url }) as const);
      const production = { ...mediaProduction("video", sources, task.meta), ...task.cost };
      return { kind: "completed", production };
    }
    case "FAILED":
      return { kind: "failed", error: withCost(jobError(task.failure, TASK, context), task.cost) };
    case "CANCELLED": {
      const error = jobError({ code: "", message: "The job was canceled" }, TASK, context);
      return { kind: "failed", error: withCost(error, task.cost) };
    }
    default:
      return { ...pending("running", POLL_AFTER_MS), unknownStatus: task.status ?? "" };
  }
}

/** Ends a task that has not ended, and forgets one that has: either way nothing of it is wanted. */
async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const url = taskUrl(operation);
  const { response, error } = await ask(context, DIALECT, { method: "DELETE", url });
  // What is not there any more was ended before, perhaps by a cancel without an answer.
  return error === null || response.status === 404 ? "canceled" : "too-late";
}

function taskUrl(operation: Json): string {
  return `v1/tasks/${encodeURIComponent(textAt(operation, "id") ?? "")}`;
}
