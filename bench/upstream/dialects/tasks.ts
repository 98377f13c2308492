import { type Job, lookAt, type Phase } from "../job-book.ts";
import { addRetryAfter, asFields, readFields, sendJson, textOf } from "../reply.ts";
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
      sendFault(call, 401, { code: 1002, message: "Authorization failed" });
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
    sendFault(call, 400, { code: 1201, message: "prompt is required" });
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
      sendData(call, entry({ ...taken.job, id: taken.id }, { kind: "queued" }, null));
      return;
    case "limited":
      addRetryAfter(call, taken.retryAfterS);
      sendFault(call, 429, { code: 1302, message: "Too fast" });
      return;
    case "refused":
      sendFault(call, 400, { code: 1301, message: "The content was refused" });
      return;
    case "error":
      sendFault(call, 500, { code: 5000, message: "Server error" });
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
    sendFault(call, 500, { code: 5001, message: "Server busy" });
    return;
  }
  const known = seen.filter(({ phase }) => phase.kind !== "forgotten");
  sendData(
    call,
    known.map(({ job, phase }) =>
      entry(job, phase, phase.kind === "done" ? resultUrl(world, job) : null),
    ),
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

function entry(job: Job, phase: Phase, url: string | null): unknown {
  return {
    id: job.id,
    status: STATUS[phase.kind],
    message: phase.kind === "failed" ? "Generation failed" : "",
    external_id: job.reference ?? "",
    outputs: url === null ? [] : [{ type: "video", url, duration: "5" }],
  };
}

function sendData(call: Call, data: unknown): void {
  sendJson(call, 200, { code: 0, message: "SUCCEED", request_id: "req", data });
}

function sendFault(
  call: Call,
  status: number,
  fault: { readonly code: number; readonly message: string },
): void {
  sendJson(call, status, { ...fault, request_id: "req" });
}
