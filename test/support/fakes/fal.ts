import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
  type Step,
} from "./fake-upstream.ts";
import { FILM, PICTURE } from "./media.ts";

/** The key that the fake takes. */
export const FAL_KEY = "fal-fake-0123:456789abcdef";

const JOB = /^\/([\w-]+\/[\w.-]+)\/requests\/(job-\d+)(\/status|\/cancel)?$/;

/** Starts a fake of fal's queue. */
export function openFal(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (path.startsWith("/files/")) return "content";
      if (JOB.test(path)) return path.endsWith("/cancel") ? "cancel" : "poll";
      return method === "POST" && /^\/[\w-]+\/[\w./-]+$/.test(path) ? "submit" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/files/") || headers.authorization === `Key ${FAL_KEY}`,
    answer,
    refuse: (status) => ({ status, body: { detail: `Refused for ${FAL_KEY}` } }),
  });
}

function answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  if (step === "content") {
    const isFilm = request.path.endsWith(".mp4");
    return isFilm
      ? { headers: { "content-type": "video/mp4" }, body: FILM }
      : { headers: { "content-type": "image/png" }, body: PICTURE };
  }
  if (step === "submit") return taken(request, world);
  const [, , id = "", part] = JOB.exec(request.path) ?? [];
  const job = world.jobs.get(id);
  if (job === undefined) return { status: 404, body: { detail: "Request not found" } };
  const isOver = job.polls > world.pollsUntilDone;
  if (step === "cancel") {
    if (isOver) return { status: 400, body: { status: "ALREADY_COMPLETED" } };
    job.canceled = true;
    return { status: 202, body: { status: "CANCELLATION_REQUESTED" } };
  }
  if (part === undefined) return result(request, world);
  if (world.statusWord !== null) return { body: { status: world.statusWord } };
  job.polls += 1;
  const urls = urlsOf(request.path.replace("/status", ""), world);
  if (job.polls <= world.pollsUntilDone) {
    const isFirst = job.polls === 1;
    const state = isFirst ? { status: "IN_QUEUE", queue_position: 0 } : { status: "IN_PROGRESS" };
    return { status: 202, body: { ...state, ...urls, request_id: id } };
  }
  return { body: { status: "COMPLETED", ...urls, request_id: id, metrics: { inference_time: 1 } } };
}

/** Addresses drop what comes after owner and app. */
function taken(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const [owner = "", app = ""] = request.path.slice(1).split("/");
  const { id } = world.take(request);
  const urls = urlsOf(`/${owner}/${app}/requests/${id}`, world);
  return { body: { status: "IN_QUEUE", request_id: id, ...urls, queue_position: 0 } };
}

function urlsOf(path: string, world: FakeWorld): Record<string, Json> {
  const url = world.url + path;
  return { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
}

function result(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const job = world.jobs.get(JOB.exec(request.path)?.[2] ?? "");
  if (job === undefined || job.polls <= world.pollsUntilDone) {
    return { status: 400, body: { detail: "Request is still in progress" } };
  }
  if (world.ending?.startsWith("runner_") === true) {
    const headers = { "x-fal-error-type": world.ending };
    return { status: 503, headers, body: { detail: "Runner failed", error_type: world.ending } };
  }
  if (world.ending !== null) {
    const detail = [{ loc: ["body", "prompt"], msg: "It could not be made.", type: world.ending }];
    return { status: 422, headers: { "x-fal-retryable": "false" }, body: { detail } };
  }
  const isFilm = job.request.path.includes("video");
  const file = `${world.url}/files/${job.id}`;
  if (isFilm) return { body: { video: { url: `${file}.mp4`, content_type: "video/mp4" } } };
  const count = Number(Reflect.get(Object(job.request.json), "num_images") ?? 1);
  const images = Array.from({ length: count }, (_, place) => ({ url: `${file}-${place}.png` }));
  return { body: { images, seed: 1, has_nsfw_concepts: [false] } };
}
