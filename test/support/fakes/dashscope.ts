import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeJob,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
} from "./fake-upstream.ts";
import { FILM, PICTURE } from "./media.ts";

/** The key that the fake takes. */
export const DASHSCOPE_KEY = "sk-fake0123456789abcdef0123456789ab";

const AIGC = "/api/v1/services/aigc/";
const JOBS: ReadonlySet<string> = new Set([
  `${AIGC}video-generation/video-synthesis`,
  `${AIGC}image2video/video-synthesis`,
]);
const PICTURES = `${AIGC}multimodal-generation/generation`;
const TASK = /^\/api\/v1\/tasks\/([^/]+)(\/cancel)?$/;

/** Starts a fake of Model Studio. */
export function openDashscope(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (path.startsWith("/results/")) return "content";
      const [task, , isCancel] = TASK.exec(path) ?? [];
      if (method === "POST" && isCancel !== undefined) return "cancel";
      if (method === "GET" && task !== undefined) return isCancel === undefined ? "poll" : null;
      return method === "POST" && (JOBS.has(path) || path === PICTURES) ? "submit" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/results/") || headers.authorization === `Bearer ${DASHSCOPE_KEY}`,
    answer(step, request, world): FakeAnswer {
      if (step === "content") return content(request.path);
      if (step === "submit") return submit(request, world);
      const id = TASK.exec(request.path)?.[1] ?? "";
      const job = world.jobs.get(id);
      if (step === "cancel") return cancel(job);
      return { body: { request_id: "r", ...state(job, id, world) } };
    },
    refuse: (status) => refused(status, CODES[status] ?? "InternalError", `About ${DASHSCOPE_KEY}`),
  });
}

const CODES: Readonly<Record<number, string>> = {
  400: "InvalidParameter",
  401: "InvalidApiKey",
  402: "Arrearage",
  403: "Model.AccessDenied",
  404: "ModelNotFound",
  429: "Throttling.RateQuota",
};

function refused(status: number, code: string, message: string): FakeAnswer {
  return { status, body: { code, message, request_id: "r" } };
}

function content(path: string): FakeAnswer {
  const isFilm = path.endsWith(".mp4");
  const type = isFilm ? "video/mp4" : "image/png";
  return { headers: { "content-type": type }, body: isFilm ? FILM : PICTURE };
}

function submit(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const isJob = JOBS.has(request.path);
  const isAsync = request.headers["x-dashscope-async"] === "enable";
  if (isJob !== isAsync) {
    const kind = isJob ? "synchronous" : "asynchronous";
    return refused(403, "AccessDenied", `current user api does not support ${kind} calls.`);
  }
  const wrong = faultOf(request);
  if (wrong !== null) return refused(400, "InvalidParameter", wrong);
  const { id } = world.take(request);
  if (isJob) return { body: { request_id: "r", output: { task_id: id, task_status: "PENDING" } } };
  const message = { role: "assistant", content: [{ image: `${world.url}/results/${id}.png` }] };
  return {
    body: {
      request_id: "r",
      output: { choices: [{ finish_reason: "stop", message }] },
      usage: { image_count: 1, width: 1024, height: 1024 },
    },
  };
}

/** What one model takes: members of its input and of its parameters, the last `!` ones needed. */
interface Taken {
  readonly path: string;
  readonly input: string;
  readonly parameters: string;
}

const FILM_PATH = "video-generation/video-synthesis";
const OLD_PATH = "image2video/video-synthesis";
const WAN = "duration! shot_type prompt_extend watermark seed audio";
const HORSE = "resolution duration watermark seed";

const TAKEN: Readonly<Record<string, Taken>> = {
  "wan2.6-t2v": {
    path: FILM_PATH,
    input: "prompt! negative_prompt audio_url",
    parameters: `size! ${WAN}`,
  },
  "wan2.5-t2v-preview": {
    path: FILM_PATH,
    input: "prompt! negative_prompt audio_url",
    parameters: "size! duration! prompt_extend watermark seed audio",
  },
  "wan2.6-i2v": {
    path: FILM_PATH,
    input: "prompt img_url! negative_prompt audio_url",
    parameters: `resolution! ${WAN}`,
  },
  "wan2.5-i2v-preview": {
    path: FILM_PATH,
    input: "prompt img_url! negative_prompt audio_url",
    parameters: "resolution! duration! prompt_extend watermark seed audio",
  },
  "wan2.6-r2v": {
    path: FILM_PATH,
    input: "prompt! reference_urls! negative_prompt",
    parameters: "size! duration! shot_type watermark seed audio",
  },
  "wan2.2-i2v-flash": {
    path: FILM_PATH,
    input: "prompt img_url! negative_prompt",
    parameters: "resolution! prompt_extend watermark seed",
  },
  "wan2.2-kf2v-flash": {
    path: OLD_PATH,
    input: "prompt first_frame_url! last_frame_url! negative_prompt",
    parameters: "resolution! prompt_extend watermark seed",
  },
  "wan2.2-animate-mix": { path: OLD_PATH, input: "image_url! video_url!", parameters: "mode!" },
  "wan2.2-animate-move": { path: OLD_PATH, input: "image_url! video_url!", parameters: "mode!" },
  "happyhorse-1.0-t2v": { path: FILM_PATH, input: "prompt!", parameters: `ratio ${HORSE}` },
  "happyhorse-1.0-i2v": { path: FILM_PATH, input: "prompt media!", parameters: HORSE },
  "happyhorse-1.0-r2v": { path: FILM_PATH, input: "prompt! media!", parameters: `ratio ${HORSE}` },
  "happyhorse-1.0-video-edit": {
    path: FILM_PATH,
    input: "prompt! media!",
    parameters: "resolution watermark seed audio_setting",
  },
  "qwen-image-3.0": qwen(),
  "qwen-image-3.0-pro": qwen(),
  "z-image-turbo": {
    path: "multimodal-generation/generation",
    input: "messages!",
    parameters: "size prompt_extend seed",
  },
};

function qwen(): Taken {
  return {
    path: "multimodal-generation/generation",
    input: "messages!",
    parameters: "size n negative_prompt prompt_extend watermark seed",
  };
}

/** The first thing that the real services would refuse. */
function faultOf({ json, path }: FakeRequest): string | null {
  const { model, input, parameters, ...more } = Object(json);
  const taken = TAKEN[model];
  if (taken === undefined || Object.keys(more).length > 0) return "model or body";
  if (path !== AIGC + taken.path) return "url error, please check url";
  return (
    memberFault(Object(input), taken.input) ??
    memberFault(Object(parameters), taken.parameters) ??
    valueFault(Object(parameters)) ??
    pictureFault(Object(input))
  );
}

function memberFault(value: Readonly<Record<string, unknown>>, taken: string): string | null {
  const names = taken.split(" ");
  const needed = names.flatMap((name) => (name.endsWith("!") ? name.slice(0, -1) : []));
  const missing = needed.find((name) => value[name] === undefined || value[name] === "");
  if (missing !== undefined) return `${missing} is missing`;
  const known = new Set(names.map((name) => name.replace("!", "")));
  return Object.keys(value).find((name) => !known.has(name)) ?? null;
}

const PIXELS_MAX = 2_048 * 2_048;

function valueFault(parameters: Readonly<Record<string, unknown>>): string | null {
  const { size, resolution, mode, seed } = parameters;
  if (size !== undefined) {
    const [, width, height] = /^(\d+)\*(\d+)$/.exec(String(size)) ?? [];
    if (!(Number(width) * Number(height) <= PIXELS_MAX)) return "size";
  }
  const tiers: readonly unknown[] = [undefined, "480P", "720P", "1080P"];
  if (!tiers.includes(resolution)) return "resolution";
  if (mode !== undefined && mode !== "wan-std" && mode !== "wan-pro") return "mode";
  return seed !== undefined && !(Number(seed) >= 0 && Number(seed) < 2 ** 31) ? "seed" : null;
}

/** Pictures may be inside the body, clips may not. */
function pictureFault(input: Readonly<Record<string, unknown>>): string | null {
  const links = [input.video_url, input.image_url, ...Object(input.reference_urls ?? [])];
  const isInside = links.some((url) => url !== undefined && !/^https?:/.test(String(url)));
  if (isInside) return "url";
  const media: readonly unknown[] = Array.isArray(input.media) ? input.media : [];
  const wrong = media.find((item) => {
    const { type, url } = Object(item);
    const isPicture = type === "first_frame" || type === "reference_image";
    return !(isPicture ? /^(https?:|data:image)/ : /^https?:/).test(String(url));
  });
  return wrong === undefined ? null : "media";
}

function cancel(job: FakeJob | undefined): FakeAnswer {
  if (job === undefined || job.polls > 0) {
    const message = "Failed to cancel the task, please confirm if it is in PENDING status.";
    return refused(400, "UnsupportedOperation", message);
  }
  job.canceled = true;
  return { body: { request_id: "r" } };
}

/** `ending` is a code, and its message after a colon. */
function state(job: FakeJob | undefined, id: string, world: FakeWorld): Record<string, Json> {
  if (job === undefined) return { output: { task_id: id, task_status: "UNKNOWN" } };
  const facts = { task_id: id, submit_time: "2026-11-20 10:30:00.000" };
  const told = (task_status: string, more: Record<string, Json> = {}): Record<string, Json> => ({
    output: { ...facts, task_status, ...more },
  });
  if (world.statusWord !== null) return told(world.statusWord);
  if (job.canceled) return told("CANCELED");
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) return told(job.polls === 1 ? "PENDING" : "RUNNING");
  if (world.ending !== null) {
    const [code = "", message = ""] = world.ending.split(": ");
    return told("FAILED", { code, message });
  }
  const video_url = `${world.url}/results/${id}.mp4`;
  const isAnimation = String(Object(job.request.json).model).includes("animate");
  const result = isAnimation ? { results: { video_url } } : { video_url };
  return { ...told("SUCCEEDED", result), usage: { duration: 5, SR: 720, video_count: 1 } };
}
