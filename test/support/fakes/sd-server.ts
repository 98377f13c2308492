import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeJob,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
} from "./fake-upstream.ts";
import { PICTURE, WEBM } from "./media.ts";

/** The key that a proxy in front of the fake takes; the server itself knows none. */
export const SD_KEY = "sd-fake-0123456789abcdef";

/** Starts a fake of the native API of stable-diffusion.cpp's `sd-server`. */
export function openSdServer(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && /^\/sdcpp\/v1\/(img|vid)_gen$/.test(path)) return "submit";
      if (!path.startsWith("/sdcpp/v1/jobs/")) return null;
      if (method === "POST") return path.endsWith("/cancel") ? "cancel" : null;
      return "poll";
    },
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${SD_KEY}`,
    answer(step, request, world): FakeAnswer {
      if (step === "submit") return taken(request, world);
      const job = world.jobs.get(request.path.split("/")[4] ?? "");
      if (job === undefined) return { status: 404, body: { error: "job not found" } };
      // Ten minutes after its end a job is only known to have been.
      if (world.ending === "expired") return { status: 410, body: { error: "job expired" } };
      return step === "cancel" ? canceled(job, world) : { body: state(job, world) };
    },
    refuse: (status) => ({
      status,
      body:
        status === 429
          ? { error: "queue_full", message: "job queue is full" }
          : { error: "refused", message: `Refused for ${SD_KEY}` },
    }),
  });
}

const PICTURE_FIELDS = new Set(
  (
    "prompt negative_prompt width height seed batch_count sample_params init_image ref_images " +
    "mask_image lora output_format"
  ).split(" "),
);
const FILM_FIELDS = new Set(
  (
    "prompt negative_prompt width height seed video_frames fps init_image end_image " +
    "sample_params output_format"
  ).split(" "),
);

function taken(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const isFilm = request.path.endsWith("vid_gen");
  const body: Record<string, unknown> = { ...Object(request.json) };
  const fields = isFilm ? FILM_FIELDS : PICTURE_FIELDS;
  const strange = Object.keys(body).find((name) => !fields.has(name));
  const formats = isFilm ? ["webm", "webp", "avi"] : ["png", "jpeg", "webp"];
  if (strange !== undefined || !formats.includes(String(body.output_format ?? formats[0]))) {
    return { status: 400, body: { error: `invalid generation parameters: ${strange}` } };
  }
  const job = world.take(request);
  const kind = isFilm ? "vid_gen" : "img_gen";
  const poll_url = `/sdcpp/v1/jobs/${job.id}`;
  return { status: 202, body: { id: job.id, kind, status: "queued", created: 1, poll_url } };
}

function canceled(job: FakeJob, world: FakeWorld): FakeAnswer {
  if (job.polls > 0 || world.pollsUntilDone === 0) {
    return { status: 409, body: { error: "job cannot be cancelled while generating" } };
  }
  job.canceled = true;
  return { body: state(job, world) };
}

function state(job: FakeJob, world: FakeWorld): Json {
  const isFilm = job.request.path.endsWith("vid_gen");
  const facts = { id: job.id, kind: isFilm ? "vid_gen" : "img_gen", created: 1, started: 2 };
  const open = { ...facts, completed: null, queue_position: 0, result: null, error: null };
  if (job.canceled) {
    return { ...open, status: "cancelled", error: { code: "cancelled", message: "by client" } };
  }
  if (world.statusWord !== null) return { ...open, status: world.statusWord };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { ...open, status: job.polls === 1 ? "queued" : "generating" };
  }
  if (world.ending !== null) {
    const error = { code: "generation_failed", message: world.ending };
    return { ...open, status: "failed", error };
  }
  return { ...open, status: "completed", completed: 9, result: isFilm ? film(job) : pictures(job) };
}

/** The server rounds the frames down to one more than a multiple of four. */
function film({ request }: FakeJob): Json {
  const asked = Number(Reflect.get(Object(request.json), "video_frames"));
  return {
    output_format: "webm",
    mime_type: "video/webm",
    fps: 16,
    frame_count: asked - ((asked - 1) % 4),
    b64_json: WEBM.toString("base64"),
  };
}

function pictures({ request }: FakeJob): Json {
  const count = Number(Reflect.get(Object(request.json), "batch_count") ?? 1);
  const b64_json = PICTURE.toString("base64");
  return {
    output_format: "png",
    images: Array.from({ length: count }, (_, index) => ({ index, b64_json })),
  };
}
