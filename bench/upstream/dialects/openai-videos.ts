import { type Job, lookAt, type Phase } from "../job-book.ts";
import { addRetryAfter, asFields, type Fields, readFields, sendJson, textOf } from "../reply.ts";
import { sendContent } from "../results.ts";
import { takeSubmit } from "../take-submit.ts";
import type { Call, Dialect, World } from "../world.ts";

/** The videos protocol that OpenAI left behind: create, retrieve, content, list, delete. */
export const openaiVideosDialect: Dialect = {
  name: "openai-videos",
  async handle(world, call) {
    const match = /^\/v1\/videos(?:\/([\w-]+))?(\/content)?$/.exec(call.url.pathname);
    if (match === null) return false;
    const [, id, content] = match;
    if (!/^Bearer \S+$/.test(call.headers.authorization ?? "")) {
      sendError(call, 401, { message: "Incorrect API key provided", code: "invalid_api_key" });
    } else if (id === undefined && call.method === "POST") {
      await submit(world, call);
    } else if (id === undefined) {
      list(world, call);
    } else if (call.method === "DELETE") {
      remove(world, call, id);
    } else if (content !== undefined) {
      await download(world, call, id);
    } else {
      retrieve(world, call, id);
    }
    return true;
  },
};

async function submit(world: World, call: Call): Promise<void> {
  const fields = await readBody(call);
  const prompt = textOf(fields, "prompt");
  if (prompt === "") {
    sendError(call, 400, {
      message: "Missing required parameter: 'prompt'.",
      code: "missing_required_parameter",
    });
    return;
  }
  const taken = await takeSubmit(world, call, {
    dialect: "openai-videos",
    prompt,
    model: textOf(fields, "model") || "sora-2",
    kind: "video",
    price: 400,
    reference: null,
    callbackUrl: null,
  });
  switch (taken.kind) {
    case "accepted":
      sendJson(call, 200, video(taken.job, { kind: "queued" }, taken.id));
      return;
    case "limited":
      addRetryAfter(call, taken.retryAfterS);
      sendError(call, 429, { message: "Rate limit reached", code: "rate_limit_exceeded" });
      return;
    case "refused":
      sendError(call, 400, {
        message: "Your request was rejected by the safety system",
        code: "moderation_blocked",
      });
      return;
    case "error":
      sendError(call, 500, { message: "The server had an error", code: "server_error" });
      return;
    case "dealt-with":
  }
}

/** JSON, or a form as vLLM-Omni wants it. */
async function readBody(call: Call): Promise<Fields> {
  const type = call.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return readFields(call.body);
  const form = await new Response(new Uint8Array(call.body), {
    headers: { "content-type": type },
  }).formData();
  return asFields(Object.fromEntries(form.entries()));
}

function retrieve(world: World, call: Call, id: string): void {
  const job = jobOf(world, id);
  const phase = job === null ? null : lookAt(job, Date.now());
  if (job === null || phase === null || phase.kind === "forgotten") {
    sendError(call, 404, { message: `Video with id '${id}' not found.`, code: "not_found" });
  } else if (phase.kind === "trouble") {
    sendError(call, 500, { message: "The server had an error", code: "server_error" });
  } else {
    sendJson(call, 200, video(job, phase, id));
  }
}

async function download(world: World, call: Call, id: string): Promise<void> {
  const job = jobOf(world, id);
  if (job === null) {
    sendError(call, 404, { message: `Video with id '${id}' not found.`, code: "not_found" });
    return;
  }
  job.showings += 1;
  if (job.fate === "expired-url" && job.showings === 1) {
    sendError(call, 404, { message: "The content is no longer available", code: "not_found" });
  } else {
    await sendContent(call, job);
  }
}

const PAGE = 20;

function list(world: World, call: Call): void {
  if (!world.options.list) {
    sendError(call, 404, { message: "Unknown request URL", code: "unknown_url" });
    return;
  }
  const { searchParams } = call.url;
  const newest = world.jobs.list("openai-videos").filter((job) => !job.canceled);
  const jobs = searchParams.get("order") === "asc" ? newest.toReversed() : newest;
  const from = jobs.findIndex((job) => job.id === searchParams.get("after")) + 1;
  const limit = Math.min(Number(searchParams.get("limit") ?? PAGE) || PAGE, 100);
  const page = jobs.slice(from, from + limit);
  sendJson(call, 200, {
    object: "list",
    data: page.map((job) => video(job, { kind: "queued" }, job.id)),
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: from + limit < jobs.length,
  });
}

function remove(world: World, call: Call, id: string): void {
  const job = jobOf(world, id);
  if (job === null) {
    sendError(call, 404, { message: `Video with id '${id}' not found.`, code: "not_found" });
    return;
  }
  job.canceled = true;
  sendJson(call, 200, { id, object: "video.deleted", deleted: true });
}

function jobOf(world: World, id: string): Job | null {
  const job = world.jobs.find(id);
  return job?.dialect === "openai-videos" && !job.canceled ? job : null;
}

const STATUS: Readonly<Record<Phase["kind"], string>> = {
  queued: "queued",
  running: "in_progress",
  done: "completed",
  failed: "failed",
  canceled: "failed",
  odd: "pondering",
  forgotten: "failed",
  trouble: "in_progress",
};

function video(job: Job, phase: Phase, id: string): unknown {
  return {
    id,
    object: "video",
    status: STATUS[phase.kind],
    progress: phase.kind === "running" ? phase.progress : phase.kind === "done" ? 100 : 0,
    model: job.model,
    prompt: job.prompt,
    seconds: "4",
    size: "1280x720",
    created_at: Math.floor(job.acceptedAtMs / 1000),
    completed_at: phase.kind === "done" ? Math.floor(Date.now() / 1000) : null,
    expires_at: null,
    error: phase.kind === "failed" ? { code: "server_error", message: "Generation failed" } : null,
    remixed_from_video_id: null,
  };
}

function sendError(
  call: Call,
  status: number,
  error: { readonly message: string; readonly code: string },
): void {
  const type = status === 400 ? "invalid_request_error" : "api_error";
  sendJson(call, status, { error: { ...error, type, param: null } });
}
