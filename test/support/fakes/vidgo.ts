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
import { FILM, PICTURE, SOUND } from "./media.ts";

/** The key that the fake takes. */
export const VIDGO_KEY = "vg_live_fake0123456789abcdef";

const SUBMIT = "/api/generate/submit";
const UPLOAD = "/api/common/upload/stream";
const MUSIC = "/api/generate/detail/music";
const STATUS = /^\/api\/generate\/(status|cancel)\/([\w-]+)$/;
const FILES: Readonly<Record<string, readonly [type: string, bytes: Buffer]>> = {
  mp4: ["video/mp4", FILM],
  mp3: ["audio/mpeg", SOUND],
  png: ["image/png", PICTURE],
};

/**
 * Starts a fake of a host that speaks the Vidgo API and honours `Idempotency-Key`. Files on inner
 * addresses are out of its reach, and every upload gets an address of its own.
 */
export function openVidgo(): Promise<FakeUpstream> {
  const keys = new Map<string, FakeJob>();
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && path === SUBMIT) return "submit";
      if (path.startsWith("/files/") || (method === "POST" && path === UPLOAD)) return "content";
      if (method === "GET" && path === MUSIC) return "poll";
      const word = STATUS.exec(path)?.[1];
      if (word === "cancel") return method === "POST" ? "cancel" : null;
      return word === "status" && method === "GET" ? "poll" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/files/") || headers.authorization === `Bearer ${VIDGO_KEY}`,
    answer(step, request, world) {
      if (step !== "submit") return answer(step, request, world);
      const key = String(request.headers["idempotency-key"]);
      const { model, input } = Object(request.json);
      if (typeof model !== "string" || typeof input !== "object") {
        return refusal(400, "validation_error");
      }
      const earlier = keys.get(key);
      if (earlier !== undefined && !earlier.request.body.equals(request.body)) {
        return refusal(422, "idempotency_error");
      }
      const own = JSON.stringify(input).replaceAll(`${world.url}/files/`, "");
      if (INSIDE.test(own)) return refusal(400, "validation_error");
      const job = earlier ?? world.take(request);
      keys.set(key, job);
      return success({ task_id: job.id, status: "not_started", created_time: "" });
    },
    refuse: (status, { path }) =>
      path === UPLOAD
        ? { status, body: { detail: DETAILS[status] ?? "Upload failed" } }
        : refusal(status, TYPES[status] ?? "internal_error"),
  });
}

const INSIDE = /"http:\/\/(127\.|10\.|192\.168\.)/;

const DETAILS: Readonly<Record<number, string>> = {
  400: "Unsupported file type: video/mp4",
  401: "Not authenticated",
  429: "Rate limit exceeded",
};

const TYPES: Readonly<Record<number, string>> = {
  400: "validation_error",
  401: "authentication_error",
  402: "insufficient_credits_error",
  403: "permission_denied_error",
  404: "resource_not_found_error",
  429: "rate_limit_error",
};

function refusal(status: number, type: string): FakeAnswer {
  return { status, body: { code: status, error: { message: `About ${VIDGO_KEY}`, type } } };
}

function success(data: Json): FakeAnswer {
  return { body: { code: 200, data } };
}

function answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  const { path, query } = request;
  if (path === UPLOAD) return uploaded(request, world);
  if (step === "content") {
    const [type = "", body = ""] = FILES[path.split(".").at(-1) ?? ""] ?? [];
    return { headers: { "content-type": type }, body };
  }
  const id = path === MUSIC ? (query.get("task_id") ?? "") : (STATUS.exec(path)?.[2] ?? "");
  const job = world.jobs.get(id);
  if (job === undefined) return refusal(404, "resource_not_found_error");
  if (step === "cancel") {
    if (job.polls > world.pollsUntilDone) return refusal(409, "conflict_error");
    job.canceled = true;
    return success({ task_id: id, status: "failed" });
  }
  // Songs answer on their own endpoint, and nothing else does.
  if (isSong(job) !== (path === MUSIC)) return refusal(400, "validation_error");
  return success(state(job, world));
}

let uploads = 0;

function uploaded({ body }: FakeRequest, world: FakeWorld): FakeAnswer {
  if (!/name="file"; filename=/.test(body.toString("latin1"))) {
    return { status: 422, body: { detail: [{ loc: ["body", "file"], msg: "field required" }] } };
  }
  uploads += 1;
  const data = { file_url: `${world.url}/files/upload-${uploads}.png` };
  return { body: { success: true, code: 200, msg: "File uploaded successfully", data } };
}

function isSong({ request }: FakeJob): boolean {
  return /music/.test(String(Reflect.get(Object(request.json), "model")));
}

function state(job: FakeJob, world: FakeWorld): Json {
  const facts = { task_id: job.id, created_time: "", files: [], error_message: null };
  if (world.statusWord !== null) return { ...facts, status: world.statusWord };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    const status = job.polls === 1 ? "not_started" : "running";
    return { ...facts, status, progress: 40 };
  }
  if (world.ending !== null) return { ...facts, status: "failed", error_message: world.ending };
  const file = `${world.url}/files/${job.id}`;
  return { ...facts, status: "finished", progress: 100, files: [fileOf(job, file)] };
}

function fileOf(job: FakeJob, file: string): Json {
  if (isSong(job)) {
    const facts = { audio_id: "a-1", title: "Tide", tags: "folk", duration: 62.5, prompt: "La" };
    return { ...facts, audio_url: `${file}.mp3`, image_url: `${file}.png` };
  }
  const isFilm = /imagine|sora/.test(String(Reflect.get(Object(job.request.json), "model")));
  return isFilm
    ? { file_url: `${file}.mp4`, file_type: "video" }
    : { file_url: `${file}.png`, file_type: "image" };
}
