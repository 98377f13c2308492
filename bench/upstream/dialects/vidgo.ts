import { honoursCancel } from "../fate.ts";
import { type Job, lookAt } from "../job-book.ts";
import type { Kind } from "../media.ts";
import { addRetryAfter, asFields, readFields, sendJson, textOf } from "../reply.ts";
import { resultUrl } from "../results.ts";
import { takeSubmit } from "../take-submit.ts";
import type { Call, Dialect, World } from "../world.ts";

/** The Vidgo API: submit, status, music detail, balance. Songs answer on music detail only. */
export const vidgoDialect: Dialect = {
  name: "vidgo",
  async handle(world, call) {
    const { pathname } = call.url;
    if (!pathname.startsWith("/api/")) return false;
    if (!/^Bearer \S+$/.test(call.headers.authorization ?? "")) {
      sendError(call, 401, { type: "authentication_error", message: "Invalid API key" });
    } else if (pathname === "/api/generate/submit" && call.method === "POST") {
      await submit(world, call);
    } else if (pathname === "/api/generate/detail/music") {
      tell(world, call, { id: call.url.searchParams.get("task_id") ?? "", music: true });
    } else if (pathname === "/api/user/balance") {
      sendData(call, { email: "upstream@example.com", credits_amount: 17_276 });
    } else {
      const [, act, id = ""] = /^\/api\/generate\/(status|cancel)\/([\w-]+)$/.exec(pathname) ?? [];
      if (act === "status") tell(world, call, { id, music: false });
      else if (act === "cancel" && call.method === "POST") cancel(world, call, id);
      else sendError(call, 404, { type: "resource_not_found_error", message: "Not found" });
    }
    return true;
  },
};

/** The body of a callback, flat. */
export function vidgoCallbackBody(job: Job, end: "done" | "failed", fileUrl: string): unknown {
  const finished = end === "done";
  return {
    task_id: job.id,
    status: finished ? "finished" : "failed",
    files: finished ? [fileOf(job, fileUrl)] : [],
    created_time: timeOf(job),
    error_message: finished ? null : "Generation failed",
  };
}

/** What a public model id makes. */
export function kindOfModel(model: string): Kind {
  if (/music|audio|song/.test(model)) return "audio";
  return /image|banana|flux|seedream|qwen|midjourney/.test(model) ? "image" : "video";
}

async function submit(world: World, call: Call): Promise<void> {
  const fields = readFields(call.body);
  const model = textOf(fields, "model");
  const input = asFields(fields.input);
  const prompt = textOf(input, "prompt");
  if (model === "" || prompt === "") {
    sendError(call, 400, { type: "validation_error", message: "prompt is required" });
    return;
  }
  const taken = await takeSubmit(world, call, {
    dialect: "vidgo",
    prompt,
    model,
    kind: kindOfModel(model),
    price: PRICES[kindOfModel(model)],
    reference: null,
    callbackUrl: textOf(fields, "callback_url") || null,
  });
  switch (taken.kind) {
    case "accepted":
      sendData(call, {
        task_id: taken.id,
        status: "not_started",
        created_time: timeOf(taken.job),
      });
      return;
    case "limited":
      addRetryAfter(call, taken.retryAfterS);
      sendError(call, 429, { type: "rate_limit_error", message: "Rate limit exceeded" });
      return;
    case "refused":
      sendError(call, 400, {
        type: "content_moderation_error",
        message: "The prompt violates our content policy",
      });
      return;
    case "error":
      sendError(call, 500, { type: "internal_error", message: "An internal error occurred" });
      return;
    case "dealt-with":
  }
}

/** Some jobs can be stopped until they are done, others not at all. */
function cancel(world: World, call: Call, id: string): void {
  const job = world.jobs.find(id);
  if (job === null) {
    sendError(call, 404, { type: "resource_not_found_error", message: "Task not found" });
    return;
  }
  const isOver = Date.now() - job.acceptedAtMs >= job.workMs && job.fate !== "never";
  if (!job.canceled && (isOver || !honoursCancel(world.options.seed, job.nonce))) {
    sendError(call, 409, { type: "conflict_error", message: "The task cannot be canceled" });
    return;
  }
  job.canceled = true;
  sendData(call, { task_id: id, status: "failed", created_time: timeOf(job) });
}

const PRICES: Readonly<Record<Kind, number>> = { image: 40, video: 300, audio: 200 };

function tell(
  world: World,
  call: Call,
  question: { readonly id: string; readonly music: boolean },
): void {
  const job = world.jobs.find(question.id);
  const phase = job === null ? null : lookAt(job, Date.now());
  if (job === null || phase === null || phase.kind === "forgotten") {
    sendError(call, 404, { type: "resource_not_found_error", message: "Task not found" });
  } else if (phase.kind === "trouble") {
    sendError(call, 502, { type: "upstream_error", message: "Upstream service unavailable" });
  } else if ((job.kind === "audio") !== question.music) {
    sendError(call, 400, {
      type: "validation_error",
      message: "This task has another detail endpoint",
    });
  } else {
    const done = phase.kind === "done";
    sendData(call, {
      task_id: question.id,
      status: STATUS[phase.kind],
      files: done ? [fileOf(job, resultUrl(world, job))] : [],
      created_time: timeOf(job),
      ...(question.music ? {} : { progress: progressOf(phase) }),
      error_message: MESSAGES[phase.kind] ?? null,
    });
  }
}

type Shown = "queued" | "running" | "done" | "failed" | "canceled" | "odd";

const STATUS: Readonly<Record<Shown, string>> = {
  queued: "not_started",
  running: "running",
  done: "finished",
  failed: "failed",
  canceled: "failed",
  odd: "pondering",
};

const MESSAGES: Readonly<Record<string, string>> = {
  failed: "Generation failed",
  canceled: "Canceled",
};

function progressOf(phase: { readonly kind: string; readonly progress?: number }): number {
  return phase.kind === "done" ? 100 : (phase.progress ?? 0);
}

function fileOf(job: Job, url: string): unknown {
  if (job.kind !== "audio") return { file_url: url, file_type: job.kind };
  return {
    audio_id: `audio-${job.id}`,
    audio_url: url,
    image_url: "",
    title: "A song",
    tags: "test",
    duration: 0.6,
    prompt: job.prompt,
  };
}

function timeOf(job: Job): string {
  return new Date(job.acceptedAtMs).toISOString().slice(0, 19);
}

function sendData(call: Call, data: unknown): void {
  sendJson(call, 200, { code: 200, data });
}

function sendError(
  call: Call,
  status: number,
  error: { readonly type: string; readonly message: string },
): void {
  sendJson(call, status, { code: status, error });
}
