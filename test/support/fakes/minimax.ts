import { randomUUID } from "node:crypto";
import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeJob,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
} from "./fake-upstream.ts";
import { FILM, SOUND } from "./media.ts";

/** The key that the fake takes. */
export const MINIMAX_KEY = "sk-api-fake0123456789abcdef0123456789";

const SUBMITS: Readonly<Record<string, (body: Body) => string | null>> = {
  "/v1/video_generation": hailuoFault,
  "/v2/video_generation": h3Fault,
  "/v1/music_generation": musicFault,
  "/v1/lyrics_generation": lyricsFault,
};
const POLLS = /^\/v1\/(query\/video_generation|files\/retrieve)$|^\/v2\/query\/video_generation\//;

/** Starts a fake of MiniMax: both versions of its films, its songs and its lyrics. */
export function openMinimax(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST") return path in SUBMITS ? "submit" : null;
      if (path.startsWith("/results/")) return "content";
      return POLLS.test(path) ? "poll" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/results/") || headers.authorization === `Bearer ${MINIMAX_KEY}`,
    async answer(step, request, world): Promise<FakeAnswer> {
      if (step === "content") return content(request.path);
      if (step === "submit") {
        const isHeard = await isChallengeMet(Object(request.json).callback_url);
        return isHeard ? submit(request, world) : refuseParams("callback_url", request.path);
      }
      if (request.path === "/v1/files/retrieve") return file(request, world);
      return request.path.startsWith("/v2/") ? h3State(request, world) : state(request, world);
    },
    refuse,
  });
}

type Body = Readonly<Record<string, unknown>>;

function content(path: string): FakeAnswer {
  const isFilm = path.endsWith(".mp4");
  const type = isFilm ? "video/mp4" : "audio/mpeg";
  return { headers: { "content-type": type }, body: isFilm ? FILM : SOUND };
}

/** Whoever is to be called back has to say the challenge again within three seconds, as JSON. */
async function isChallengeMet(callbackUrl: unknown): Promise<boolean> {
  if (callbackUrl === undefined) return true;
  const challenge = randomUUID();
  const answer = await fetch(String(callbackUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ challenge }),
    signal: AbortSignal.timeout(3_000),
  }).catch(() => null);
  const isJson = answer?.headers.get("content-type")?.startsWith("application/json") === true;
  return isJson && Object(await answer.json()).challenge === challenge;
}

const CODES: Readonly<Record<number, number>> = {
  400: 2013,
  401: 1004,
  402: 1008,
  422: 2013,
  429: 1002,
};

/** The first version says no inside an HTTP 200; what its front end says has a status. */
function refuse(status: number, { path }: FakeRequest): FakeAnswer {
  const message = `About ${MINIMAX_KEY}`;
  const code = CODES[status];
  if (path.startsWith("/v1/") && code !== undefined) return said(code, message);
  const error = { type: "some_error", message, http_code: String(status) };
  return { status, body: { type: "error", error, request_id: "r" } };
}

function said(status_code: number, status_msg: string, more: Readonly<Record<string, Json>> = {}) {
  return { body: { ...more, base_resp: { status_code, status_msg } } };
}

function submit(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const wrong = SUBMITS[request.path]?.({ ...Object(request.json) }) ?? null;
  if (wrong !== null) return refuseParams(wrong, request.path);
  const { id } = world.take(request);
  switch (request.path) {
    case "/v2/video_generation":
      return { body: { task_id: id } };
    case "/v1/music_generation":
      return said(0, "success", {
        data: { audio: `${world.url}/results/${id}.mp3`, status: 2 },
        trace_id: "trace-1",
        extra_info: { music_duration: 62_500, music_channel: 2, bitrate: 256_000 },
        analysis_info: null,
      });
    case "/v1/lyrics_generation":
      return said(0, "success", {
        song_title: "Tide",
        style_tags: "Folk, Sea",
        lyrics: "[Verse]\nThe tide comes in",
      });
    default:
      return said(0, "success", { task_id: id });
  }
}

function refuseParams(wrong: string, path: string): FakeAnswer {
  const message = `invalid params, ${wrong}`;
  if (path.startsWith("/v1/")) return said(2013, message);
  const error = { type: "bad_request_error", message: `${message} (2013)`, http_code: "400" };
  return { status: 400, body: { type: "error", error, request_id: "r" } };
}

const IMAGE = /^(https?:|data:image\/)/;

function hailuoFault(body: Body): string | null {
  const known =
    "model prompt duration resolution first_frame_image last_frame_image prompt_optimizer " +
    "callback_url";
  const strange = strangeOf(body, known);
  if (strange !== null) return strange;
  const { model, prompt, duration, resolution, first_frame_image: first } = body;
  const isTwo = model === "MiniMax-Hailuo-02";
  if (!isTwo && model !== "MiniMax-Hailuo-2.3") return "model";
  if (String(prompt).length > 2_000) return "prompt";
  if (![6, 10].includes(Number(duration))) return "duration";
  const resolutions = isTwo ? ["512P", "768P", "1080P"] : ["768P", "1080P"];
  if (!resolutions.includes(String(resolution))) return "resolution";
  if (resolution === "1080P" && duration !== 6) return "duration";
  if (resolution === "512P" && first === undefined) return "first_frame_image";
  if (first !== undefined && !IMAGE.test(String(first))) return "first_frame_image";
  const { last_frame_image: last } = body;
  if (last === undefined) return null;
  return isTwo && resolution !== "512P" && IMAGE.test(String(last)) ? null : "last_frame_image";
}

const ROLES: Readonly<Record<string, readonly string[]>> = {
  image_url: ["first_frame", "last_frame", "reference_image"],
  video_url: ["reference_video"],
  audio_url: ["reference_audio"],
};

function h3Fault(body: Body): string | null {
  const strange = strangeOf(body, "model content resolution duration ratio callback_url");
  if (strange !== null) return strange;
  const { model, content: items, resolution, duration, ratio } = body;
  if (model !== "MiniMax-H3") return "model";
  if (resolution !== "2K") return "resolution";
  if (!(Number(duration) >= 5 && Number(duration) <= 15)) return "duration";
  if (!Array.isArray(items) || Object(items[0]).type !== "text") return "content";
  const roles = items.slice(1).map((item) => String(Object(item).role));
  const isGood = items.slice(1).every((item) => {
    const { type, role, ...rest } = Object(item);
    const url = String(Object(rest[type]).url);
    return ROLES[type]?.includes(role) === true && /^(https?:|data:)/.test(url);
  });
  if (!isGood) return "content";
  const hasFrames = roles.some((role) => role.endsWith("_frame"));
  if (hasFrames && roles.some((role) => role.startsWith("reference_"))) return "content";
  if (hasFrames && roles[0] !== "first_frame") return "content";
  if (roles.length === 0 && (ratio === undefined || ratio === "adaptive")) return "ratio";
  return hasFrames && ratio !== undefined ? "ratio" : null;
}

function musicFault(body: Body): string | null {
  const known =
    "model prompt lyrics is_instrumental lyrics_optimizer output_format audio_setting " +
    "audio_base64 audio_url";
  const strange = strangeOf(body, known);
  if (strange !== null) return strange;
  const { model, prompt = "", lyrics = "", output_format: format } = body;
  const isCover = model === "music-cover";
  if (!isCover && model !== "music-2.6") return "model";
  if (format !== "url") return "output_format";
  if (String(lyrics).length > 3_500) return "lyrics";
  const { length } = String(prompt);
  if (isCover) {
    if (typeof body.audio_base64 !== "string") return "audio_base64";
    if (/^data:/.test(body.audio_base64)) return "audio_base64";
    return length < 10 || length > 300 ? "prompt" : null;
  }
  if (length > 2_000 || (body.is_instrumental === true && length === 0)) return "prompt";
  const hasWords = lyrics !== "" || body.lyrics_optimizer === true;
  return hasWords || body.is_instrumental === true ? null : "lyrics";
}

function lyricsFault(body: Body): string | null {
  const strange = strangeOf(body, "mode prompt lyrics title");
  if (strange !== null) return strange;
  return body.mode === "write_full_song" || body.mode === "edit" ? null : "mode";
}

function strangeOf(body: Body, known: string): string | null {
  return Object.keys(body).find((name) => !known.split(" ").includes(name)) ?? null;
}

/** A state of the first version; `ending` is the number that a job fails with. */
function state({ query }: FakeRequest, world: FakeWorld): FakeAnswer {
  const id = query.get("task_id") ?? "";
  const job = world.jobs.get(id);
  if (job === undefined) return said(2013, "invalid params, task_id");
  const facts = { task_id: id, file_id: "", video_width: 1366, video_height: 768 };
  const status = world.statusWord ?? statusOf(job, world);
  if (status === "Fail") return said(Number(world.ending), "it failed", { ...facts, status });
  if (status === "Success") return said(0, "success", { ...facts, status, file_id: `f-${id}` });
  return said(0, "success", { ...facts, status });
}

function statusOf(job: FakeJob, world: FakeWorld): string {
  job.polls += 1;
  if (job.polls > world.pollsUntilDone) return world.ending === null ? "Success" : "Fail";
  return job.polls === 1 ? "Queueing" : "Processing";
}

function file({ query }: FakeRequest, world: FakeWorld): FakeAnswer {
  const id = (query.get("file_id") ?? "").replace(/^f-/, "");
  if (!world.jobs.has(id)) return said(2013, "invalid params, file_id");
  const download_url = `${world.url}/results/${id}.mp4`;
  return said(0, "success", { file: { file_id: 1, bytes: 9, filename: "o.mp4", download_url } });
}

/** A state of the second version; `ending` is a status, or the number that a job fails with. */
function h3State({ path }: FakeRequest, world: FakeWorld): FakeAnswer {
  const id = path.split("/").at(-1) ?? "";
  const job = world.jobs.get(id);
  if (job === undefined) {
    const error = { type: "not_found_error", message: "task not found", http_code: "404" };
    return { status: 404, body: { type: "error", error, request_id: "r" } };
  }
  const task = (status: string, more: Readonly<Record<string, Json>> = {}): FakeAnswer => ({
    body: { task: { id, status, resolution: "2K", duration: 5, ...more } },
  });
  if (world.statusWord !== null) return task(world.statusWord);
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) return task(job.polls === 1 ? "queued" : "running");
  if (world.ending === "cancelled" || world.ending === "expired") return task(world.ending);
  if (world.ending !== null) {
    return task("failed", { error: { code: Number(world.ending), message: "it failed" } });
  }
  return task("succeeded", {
    content: { url: `${world.url}/results/${id}.mp4` },
    usage: { total_seconds: 5, input_seconds: 0, output_seconds: 5 },
  });
}
