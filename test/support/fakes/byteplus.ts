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
import { FILM, PICTURE } from "./media.ts";

/** The key that the fake takes. */
export const BYTEPLUS_KEY = "ark-fake0123-4567-89ab-cdef-0123456789ab";

const TASKS = "/api/v3/contents/generations/tasks";
const IMAGES = "/api/v3/images/generations";

/** Starts a fake of ModelArk's pictures and film tasks, below `/api/v3`. */
export function openByteplus(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && (path === TASKS || path === IMAGES)) return "submit";
      if (path.startsWith(`${TASKS}/`)) return method === "DELETE" ? "cancel" : "poll";
      return method === "GET" && path.startsWith("/results/") ? "content" : null;
    },
    // The links of results are signed, and need no key.
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/results/") || headers.authorization === `Bearer ${BYTEPLUS_KEY}`,
    answer,
    refuse: (status) => refusal(status, CODES[status] ?? "InternalServiceError", BYTEPLUS_KEY),
  });
}

const CODES: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "AuthenticationError",
  402: "PaymentRequired",
  403: "AccessDenied",
  404: "NotFound",
  429: "RateLimitExceeded.EndpointRPMExceeded",
};

function refusal(status: number, code: string, message: string): FakeAnswer {
  return { status, body: { error: { code, message, param: "", type: "Refused" } } };
}

function answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  if (step === "content") return content(request.path);
  if (step === "submit")
    return request.path === IMAGES ? draw(request, world) : film(request, world);
  const job = world.jobs.get(request.path.replace(`${TASKS}/`, ""));
  if (job === undefined) return refusal(404, "ResourceNotFound", "The task does not exist");
  if (step === "poll") return { body: state(job, world) };
  if (job.polls > 0 && job.polls <= world.pollsUntilDone) {
    return refusal(400, "InvalidAction.RunningTaskDeletion", "Cannot delete a running task");
  }
  world.jobs.delete(job.id);
  return { body: {} };
}

function content(path: string): FakeAnswer {
  const isFilm = path.endsWith(".mp4");
  const type = isFilm ? "video/mp4" : "image/png";
  return { headers: { "content-type": type }, body: isFilm ? FILM : PICTURE };
}

/** `ending`: the code of a refusal, for every picture. */
function draw(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const body = objectOf(request.json);
  const wrong = pictureFault(body);
  if (wrong !== null) return refusal(400, "InvalidParameter", wrong);
  const job = world.take(request);
  const most = Number(objectOf(body.sequential_image_generation_options).max_images ?? 1);
  const failed = { error: { code: world.ending, message: "It was not made" } };
  const data = Array.from({ length: most }, (_, index): Json => {
    if (world.ending !== null) return failed;
    return { url: `${world.url}/results/${job.id}-${index}.png`, size: "2048x2048" };
  });
  const made = world.ending === null ? most : 0;
  const usage = { generated_images: made, output_tokens: 16_384 * made };
  return { body: { model: String(body.model), created: 1_790_000_000, data, usage } };
}

const PICTURE_FIELDS = new Set(
  (
    "model prompt image size response_format output_format watermark " +
    "sequential_image_generation sequential_image_generation_options"
  ).split(" "),
);

function pictureFault(body: Readonly<Record<string, unknown>>): string | null {
  const strange = Object.keys(body).find((name) => !PICTURE_FIELDS.has(name));
  if (strange !== undefined) return `unknown field ${strange}`;
  const model = String(body.model);
  if (typeof body.prompt !== "string" || !/seedream/.test(model)) return "prompt and model";
  const isPro = model.includes("5-0-pro");
  const hasFormats = model.includes("seedream-5");
  if (isPro && body.sequential_image_generation !== undefined) return "no sequence with this model";
  if (body.output_format !== undefined && !hasFormats) return "no output_format with this model";
  const images = [body.image ?? []].flat();
  if (!images.every((image) => /^(https:|data:image\/[a-z]+;base64,)/.test(String(image)))) {
    return "image";
  }
  const [width = 0, height = 0] = String(body.size).split("x").map(Number);
  const pixels = width * height;
  const least = isPro || model.includes("4-0") ? 921_600 : 3_686_400;
  const isTier = /^[1-4]K$/.test(String(body.size));
  const fits = pixels >= least && pixels <= (isPro ? 4_624_220 : 16_777_216);
  return isTier || fits ? null : "image size";
}

function film(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const wrong = filmFault(objectOf(request.json));
  if (wrong !== null) return refusal(400, "InvalidParameter", wrong);
  return { body: { id: world.take(request).id } };
}

const FILM_FIELDS = new Set(
  (
    "model content ratio resolution duration seed generate_audio camera_fixed return_last_frame " +
    "tools omni_reference_task_type watermark callback_url"
  ).split(" "),
);
const RATIOS = new Set(["21:9", "16:9", "4:3", "1:1", "3:4", "9:16", "adaptive"]);
const SECONDS = [
  ["seedance-2-5", 4, 30],
  ["seedance-2-0", 4, 15],
  ["seedance-1-5", 4, 12],
  ["seedance-1-0", 2, 12],
] as const;

function filmFault(body: Readonly<Record<string, unknown>>): string | null {
  const strange = Object.keys(body).find((name) => !FILM_FIELDS.has(name));
  if (strange !== undefined) return `unknown field ${strange}`;
  const model = String(body.model);
  const known = SECONDS.find(([name]) => model.includes(name));
  if (known === undefined) return "unknown model";
  const { duration = 5, ratio = "16:9" } = body;
  if (!(Number(duration) >= known[1] && Number(duration) <= known[2])) return "duration";
  if (!RATIOS.has(String(ratio))) return "ratio";
  const isFirst = model.includes("seedance-1");
  const ofFirst = ["seed", "camera_fixed"].some((name) => body[name] !== undefined);
  if (ofFirst && !isFirst) return "seed and camera_fixed are for the first generation";
  if (isFirst && body.tools !== undefined) return "tools";
  if (model.includes("seedance-1-0") && body.generate_audio !== undefined) return "generate_audio";
  return contentFault(Array.isArray(body.content) ? body.content : []);
}

const ROLES: Readonly<Record<string, RegExp>> = {
  image_url: /^(first_frame|last_frame|reference_image)$/,
  video_url: /^reference_video$/,
  audio_url: /^reference_audio$/,
};
const LINKS: Readonly<Record<string, RegExp>> = {
  image_url: /^(https:|data:image\/(png|jpeg|webp);base64,)/,
  video_url: /^https:/,
  audio_url: /^(https:|data:audio\/(mp3|wav);base64,)/,
};

function contentFault(content: readonly unknown[]): string | null {
  const parts = content.map(objectOf);
  const media = parts.filter(({ type }) => type !== "text");
  if (media.length === parts.length) return "content has no text";
  for (const part of media) {
    const type = String(part.type);
    if (ROLES[type]?.test(String(part.role)) !== true) return `role of ${type}`;
    if (LINKS[type]?.test(String(objectOf(part[type]).url)) !== true) return `${type} download`;
  }
  const frames = media.filter(({ role }) => String(role).endsWith("_frame")).length;
  return frames > 0 && frames < media.length ? "frames cannot be mixed with references" : null;
}

/** `ending`: the code of a failure, or `expired` or `cancelled`. */
function state(job: FakeJob, world: FakeWorld): Json {
  const body = objectOf(job.request.json);
  const facts = { id: job.id, model: String(body.model), created_at: 1_790_000_000 };
  if (world.statusWord !== null) return { ...facts, status: world.statusWord };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { ...facts, status: job.polls === 1 ? "queued" : "running" };
  }
  const { ending } = world;
  if (ending === "expired" || ending === "cancelled") return { ...facts, status: ending };
  if (ending !== null) {
    return { ...facts, status: "failed", error: { code: ending, message: "It was not made" } };
  }
  const links = { video_url: `${world.url}/results/${job.id}.mp4` };
  const frame = { last_frame_url: `${world.url}/results/${job.id}.png` };
  return {
    ...facts,
    status: "succeeded",
    content: body.return_last_frame === true ? { ...links, ...frame } : links,
    usage: { completion_tokens: 108_900, total_tokens: 108_900 },
    ...{ resolution: "720p", ratio: "16:9", duration: 5, framespersecond: 24 },
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
