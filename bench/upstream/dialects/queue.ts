import { type Job, lookAt } from "../job-book.ts";
import { MEDIA } from "../media.ts";
import { addHeaders, addRetryAfter, readFields, sendJson, textOf } from "../reply.ts";
import { resultUrl } from "../results.ts";
import { takeSubmit } from "../take-submit.ts";
import type { Call, Dialect, World } from "../world.ts";
import { kindOfModel } from "./vidgo.ts";

/**
 * A queue with webhooks, in fal's words: `POST /fal-ai/<app>?fal_webhook=`, a status URL, a
 * response URL and a cancel URL. COMPLETED does not mean success: the response tells.
 */
export const queueDialect: Dialect = {
  name: "queue",
  async handle(world, call) {
    const match = /^\/(fal-ai\/[\w./-]+?)(?:\/requests\/([\w-]+)(\/status|\/cancel)?)?$/.exec(
      call.url.pathname,
    );
    if (match === null) return false;
    const [, app = "", id, action] = match;
    if (!/^Key \S+$/.test(call.headers.authorization ?? "")) {
      sendJson(call, 401, { detail: "Cannot authenticate" });
    } else if (id === undefined) {
      await submit(world, call, app);
    } else {
      answer(world, call, { id, action: action ?? "" });
    }
    return true;
  },
};

/** The body of fal's webhook. */
export function queueCallbackBody(job: Job, end: "done" | "failed", fileUrl: string): unknown {
  const done = end === "done";
  return {
    request_id: job.id,
    gateway_request_id: job.id,
    status: done ? "OK" : "ERROR",
    payload: done ? payload(job, fileUrl) : FAILURE,
    ...(done ? {} : { error: "Unprocessable" }),
  };
}

async function submit(world: World, call: Call, app: string): Promise<void> {
  const prompt = textOf(readFields(call.body), "prompt");
  if (call.method !== "POST" || prompt === "") {
    sendJson(call, 422, { detail: [{ loc: ["body", "prompt"], msg: "field required" }] });
    return;
  }
  const taken = await takeSubmit(world, call, {
    dialect: "queue",
    prompt,
    model: app,
    kind: kindOfModel(app),
    price: 120,
    reference: null,
    callbackUrl: call.url.searchParams.get("fal_webhook"),
  });
  switch (taken.kind) {
    case "accepted":
      sendJson(call, 200, links(world, app, taken.id));
      return;
    case "limited":
      addRetryAfter(call, taken.retryAfterS);
      sendJson(call, 429, { detail: "Too many requests" });
      return;
    case "refused":
      sendJson(call, 422, {
        detail: [{ loc: ["body", "prompt"], msg: "refused", type: "content_policy_violation" }],
      });
      return;
    case "error":
      sendJson(call, 500, { detail: "Internal Server Error" });
      return;
    case "dealt-with":
  }
}

function answer(
  world: World,
  call: Call,
  question: { readonly id: string; readonly action: string },
): void {
  const job = world.jobs.find(question.id);
  const phase = job === null ? null : lookAt(job, Date.now());
  if (job === null || phase === null || phase.kind === "forgotten") {
    sendJson(call, 404, { detail: "Request not found" });
  } else if (phase.kind === "trouble") {
    addHeaders(call, { "x-fal-error-type": "runner_disconnected" });
    sendJson(call, 503, { detail: "Try again" });
  } else if (question.action === "/cancel") {
    const late = phase.kind === "done" || phase.kind === "failed";
    job.canceled ||= !late;
    sendJson(call, late ? 400 : 202, {
      status: late ? "ALREADY_COMPLETED" : "CANCELLATION_REQUESTED",
    });
  } else if (question.action === "/status") {
    const over = phase.kind !== "queued" && phase.kind !== "running" && phase.kind !== "odd";
    const word = phase.kind === "odd" ? "PONDERING" : WORDS[phase.kind === "queued" ? 0 : 1];
    sendJson(call, over ? 200 : 202, {
      status: over ? "COMPLETED" : word,
      request_id: job.id,
      ...(phase.kind === "queued" ? { queue_position: 1 } : {}),
    });
  } else if (phase.kind === "done") {
    sendJson(call, 200, payload(job, resultUrl(world, job)));
  } else if (phase.kind === "failed" || phase.kind === "canceled") {
    addHeaders(call, { "x-fal-retryable": "false" });
    sendJson(call, 422, FAILURE);
  } else {
    sendJson(call, 400, { detail: "Request is still in progress" });
  }
}

const WORDS = ["IN_QUEUE", "IN_PROGRESS"] as const;
const FAILURE = { detail: [{ loc: ["body"], msg: "Generation failed", type: "internal_error" }] };

function payload(job: Job, url: string): unknown {
  const file = { url, content_type: MEDIA[job.kind].type, file_size: job.bytes.length };
  if (job.kind === "image") return { images: [file], prompt: job.prompt };
  return job.kind === "video" ? { video: file } : { audio: file };
}

function links(world: World, app: string, id: string): unknown {
  const base = `${world.origin}/${app}/requests/${id}`;
  return {
    request_id: id,
    response_url: base,
    status_url: `${base}/status`,
    cancel_url: `${base}/cancel`,
    queue_position: 1,
  };
}
