import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeJob,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
  type Step,
} from "./fake-upstream.ts";
import { PICTURE } from "./media.ts";

/** The key that a proxy in front of the fakes takes. */
export const COMFY_KEY = "comfy-fake-0123456789abcdef";

const isAuthorized = ({ headers }: FakeRequest): boolean =>
  headers.authorization === `Bearer ${COMFY_KEY}`;

/** Starts a fake of ComfyUI's own endpoints. */
export function openComfyui(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && path === "/prompt") return "submit";
      if (method === "POST" && path === "/queue") return "cancel";
      if (path === "/view" || path === "/upload/image") return "content";
      return path.startsWith("/history/") || path === "/queue" ? "poll" : null;
    },
    isAuthorized,
    answer: classic,
    refuse: (status) => ({
      status,
      body: {
        error: {
          type: "prompt_outputs_failed_validation",
          message: `No ${COMFY_KEY}`,
          details: "",
        },
        node_errors: {},
      },
    }),
  });
}

function classic(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  if (request.path === "/upload/image") {
    return { body: { name: nameIn(request), subfolder: "", type: "input" } };
  }
  if (step === "content") return { headers: { "content-type": "image/png" }, body: PICTURE };
  if (step === "submit") return takenClassic(request, world);
  if (step === "cancel") return { body: "" };
  const isOver = (job: FakeJob): boolean => job.polls > world.pollsUntilDone;
  if (request.path === "/queue") {
    const waiting = [...world.jobs.values()].filter((job) => !isOver(job));
    const entries = waiting.map((job, number) => [number, idOf(job), {}, {}, []]);
    return { body: { queue_running: entries.slice(0, 1), queue_pending: entries.slice(1) } };
  }
  const id = request.path.replace("/history/", "");
  const job = [...world.jobs.values()].find((each) => idOf(each) === id);
  if (job === undefined) return { body: {} };
  if (world.statusWord !== null) return { body: { [id]: entry({ status_str: world.statusWord }) } };
  job.polls += 1;
  if (!isOver(job)) return { body: {} };
  if (world.ending !== null) {
    const messages = [["execution_error", { exception_message: world.ending, node_type: "K" }]];
    return { body: { [id]: entry({ status_str: "error", completed: false, messages }) } };
  }
  return { body: { [id]: entry({ status_str: "success", completed: true, messages: [] }) } };
}

function entry(status: Json): Json {
  const file = { filename: "vidgo_00001_.png", subfolder: "", type: "output" };
  const preview = { filename: "ComfyUI_temp_1.png", subfolder: "", type: "temp" };
  return { prompt: [], outputs: { "9": { images: [file] }, "12": { images: [preview] } }, status };
}

/** The real one takes the id that it is given, twice too: it never looks for an earlier one. */
function takenClassic(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const { prompt, prompt_id } = Object(request.json);
  const node = Object.entries(Object(prompt)).find(
    ([, each]) => typeof Reflect.get(Object(each), "class_type") !== "string",
  );
  if (node !== undefined || typeof prompt !== "object") {
    const error = { type: "invalid_prompt", message: "Cannot execute", details: String(node?.[0]) };
    return { status: 400, body: { error, node_errors: {} } };
  }
  world.take(request);
  return { body: { prompt_id: String(prompt_id), number: 1, node_errors: {} } };
}

function idOf({ request }: FakeJob): string {
  return String(Reflect.get(Object(request.json), "prompt_id"));
}

function nameIn({ body }: FakeRequest): string {
  return /filename="([^"]+)"/.exec(body.toString("latin1"))?.[1] ?? "";
}

/** Starts a fake of Comfy API v2. */
export function openComfyuiV2(): Promise<FakeUpstream> {
  const keys = new Set<string>();
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && path === "/api/v2/jobs") return "submit";
      if (path.startsWith("/api/v2/assets")) return "content";
      if (!path.startsWith("/api/v2/jobs/")) return null;
      return path.endsWith("/cancel") ? "cancel" : "poll";
    },
    isAuthorized,
    answer(step, request, world) {
      if (step !== "submit") return versioned(step, request, world);
      const key = String(request.headers["idempotency-key"]);
      if (keys.has(key)) return envelope(422, "idempotency_key_reuse");
      const { workflow, ...rest } = Object(request.json);
      if (typeof workflow !== "object" || Object.keys(rest).length > 0) {
        return envelope(422, "invalid_workflow");
      }
      keys.add(key);
      return { status: 201, body: told(world.take(request), "queued") };
    },
    refuse: (status) => envelope(status, `refused_${status}`),
  });
}

function envelope(status: number, code: string): FakeAnswer {
  return { status, body: { error: { code, message: `About ${COMFY_KEY}`, details: null } } };
}

function versioned(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  if (request.method === "POST" && step === "content") {
    return { status: 201, body: { id: "asset-1", file_path: nameIn(request), hash: null } };
  }
  if (step === "content") return { headers: { "content-type": "image/png" }, body: PICTURE };
  const job = world.jobs.get(request.path.split("/")[4] ?? "");
  if (job === undefined) return envelope(404, "not_found");
  const isOver = job.polls > world.pollsUntilDone;
  if (step === "cancel") return { body: told(job, isOver ? "succeeded" : "canceling") };
  if (world.statusWord !== null) return { body: told(job, world.statusWord) };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { body: told(job, job.polls === 1 ? "queued" : "running") };
  }
  if (world.ending === null) return { body: told(job, "succeeded") };
  const error = { code: "node_execution_error", message: world.ending, node_id: "3" };
  return { body: { ...told(job, "failed"), error } };
}

function told({ id }: FakeJob, status: string) {
  const self = `/api/v2/jobs/${id}`;
  const output = { node_id: "9", name: "a.png", content_type: "image/png", id: "asset-9" };
  const outputs = [
    { ...output, type: "text", url: "/api/v2/assets/asset-8/content" },
    { ...output, type: "image", url: "/api/v2/assets/asset-9/content" },
  ];
  return {
    ...{ id, status, queue_position: null, error: null, metrics: { execution_ms: 9 } },
    progress: { value: 0.4, nodes_done: 2, nodes_total: 5 },
    outputs: status === "succeeded" ? outputs : [],
    urls: { self, events: `${self}/events`, cancel: `${self}/cancel` },
  };
}
