import { type Job, lookAt, type Phase } from "../job-book.ts";
import { asFields, readFields, sendJson, textOf } from "../reply.ts";
import { resultUrl } from "../results.ts";
import { takeSubmit } from "../take-submit.ts";
import type { Call, Dialect, World } from "../world.ts";

/**
 * A video API that takes the client's own reference and can be asked by it, in Kling's words:
 * `POST /text-to-video/<model>`, `GET /tasks?task_ids=` or `?external_task_ids=`.
 */
export const tasksDialect: Dialect = {
  name: "tasks",
  async handle(world, call) {
    const model = /^\/text-to-video\/([\w.-]+)$/.exec(call.url.pathname)?.[1];
    if (model === undefined && call.url.pathname !== "/tasks") return false;
    if (!/^Bearer \S+$/.test(call.headers.authorization ?? "")) {
      sendFault(call, 401, 1002, "Authorization failed");
    } else if (model !== undefined) {
      await submit(world, call, model);
    } else {
      query(world, call);
    }
    return true;
  },
};

async function submit(world: World, call: Call, model: string): Promise<void> {
  const fields = readFields(call.body);
  const options = asFields(fields.options);
  const prompt = textOf(fields, "prompt");
  if (prompt === "") {
    sendFault(call, 400, 1201, "prompt is required");
    return;
  }
  const taken = await takeSubmit(world, call, {
    dialect: "tasks",
    prompt,
    model,
    kind: "video",
    price: 350,
    reference: textOf(options, "external_task_id") || null,
    callbackUrl: textOf(options, "callback_url") || null,
  });
  switch (taken.kind) {
    case "accepted":
      sendData(call, entry(world, taken.job, { kind: "queued" }, taken.id));
      return;
    case "limited": {
      const after = taken.retryAfterS;
      sendFault(call, 429, 1302, "Too fast", after === null ? {} : { "retry-after": `${after}` });
      return;
    }
    case "refused":
      sendFault(call, 400, 1301, "The content was refused");
      return;
    case "error":
      sendFault(call, 500, 5000, "Server error");
      return;
    case "dealt-with":
  }
}

function query(world: World, call: Call): void {
  const ids = listOf(call, "task_ids");
  const references = world.options.reference ? listOf(call, "external_task_ids") : [];
  const jobs = world.jobs
    .list("tasks")
    .filter((job) => ids.includes(job.id) || references.includes(job.reference ?? ""));
  const seen = jobs.map((job) => ({ job, phase: lookAt(job, Date.now()) }));
  if (seen.some(({ phase }) => phase.kind === "trouble")) {
    sendFault(call, 500, 5001, "Server busy");
    return;
  }
  const known = seen.filter(({ phase }) => phase.kind !== "forgotten");
  sendData(
    call,
    known.map(({ job, phase }) => entry(world, job, phase, job.id)),
  );
}

function listOf(call: Call, name: string): readonly string[] {
  return (call.url.searchParams.get(name) ?? "").split(",").filter((id) => id !== "");
}

const STATUS: Readonly<Record<Phase["kind"], string>> = {
  queued: "submitted",
  running: "processing",
  done: "succeeded",
  failed: "failed",
  canceled: "failed",
  odd: "pondering",
  forgotten: "failed",
  trouble: "processing",
};

function entry(world: World, job: Job, phase: Phase, id: string): unknown {
  return {
    id,
    status: STATUS[phase.kind],
    message: phase.kind === "failed" ? "Generation failed" : "",
    external_id: job.reference ?? "",
    outputs:
      phase.kind === "done" ? [{ type: "video", url: resultUrl(world, job), duration: "5" }] : [],
  };
}

function sendData(call: Call, data: unknown): void {
  sendJson(call, 200, { code: 0, message: "SUCCEED", request_id: "req", data });
}

function sendFault(
  call: Call,
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(call, status, { code, message, request_id: "req" }, headers);
}
