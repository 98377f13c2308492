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
export const GEMINI_KEY = "AIzaFake0123456789abcdef0123456789abcdef";

/** Where the fake sends those who ask for a file, when `ending` is `moved`. */
export const MOVED_FILE = "https://storage.example.com/film.mp4";

/** With the id of one, and what is to happen to it. */
const INTERACTIONS = /^\/v1(?:beta)?\/interactions(?:\/([^/]+)(\/cancel)?)?$/;

/** Starts a fake of `generateContent` and of the Interactions API. */
export function openGemini(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      const isCall = /^\/v1(beta)?\/models\/[a-z0-9.-]+:generateContent$/.test(path);
      const [interaction, id, cancel] = INTERACTIONS.exec(path) ?? [];
      const isNew = isCall || (interaction !== undefined && id === undefined);
      if (method === "POST" && isNew) return "submit";
      if (method === "POST" && cancel !== undefined) return "cancel";
      if (method === "GET" && id !== undefined) return "poll";
      return method === "GET" && path.startsWith("/v1beta/files/") ? "content" : null;
    },
    isAuthorized: ({ headers }) => headers["x-goog-api-key"] === GEMINI_KEY,
    answer,
    refuse: (status) => refusal(status, STATUS[status] ?? "INTERNAL", `About ${GEMINI_KEY}`),
  });
}

function answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  if (step === "content") return file(request, world);
  const [interaction, id = ""] = INTERACTIONS.exec(request.path) ?? [];
  if (step === "submit" && interaction !== undefined) return interact(request, world);
  if (step === "submit") {
    const wrong = faultOf(request);
    if (wrong !== null) return refusal(400, "INVALID_ARGUMENT", wrong);
    return { body: content(world.ending, `response-${world.take(request).id}`) };
  }
  const job = world.jobs.get(id);
  if (job === undefined) return refusal(400, "INVALID_ARGUMENT", `Invalid interaction name: ${id}`);
  if (step === "poll") return { body: state(job, world) };
  if (job.polls > world.pollsUntilDone) {
    return refusal(400, "FAILED_PRECONDITION", "The interaction has ended");
  }
  job.canceled = true;
  return { body: { ...facts(job), status: "cancelled" } };
}

const STATUS: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  503: "UNAVAILABLE",
};

/** An error in Google's shape. */
function refusal(code: number, status: string, message: string): FakeAnswer {
  return { status: code, body: { error: { code, message, status } } };
}

/** `ending`: a finish reason, or `block:` and a reason for the prompt. */
function content(ending: string | null, responseId: string): Json {
  const facts = { modelVersion: "gemini-nano-banana-2.1", responseId };
  const usageMetadata = { promptTokenCount: 8, candidatesTokenCount: 1_290 };
  if (ending?.startsWith("block:") === true) {
    return { ...facts, promptFeedback: { blockReason: ending.slice(6) }, usageMetadata };
  }
  if (ending !== null) {
    const candidates = [{ finishReason: ending, index: 0 }];
    return { ...facts, candidates, usageMetadata };
  }
  const inlineData = { mimeType: "image/png", data: PICTURE.toString("base64") };
  const parts = [
    { inlineData: { ...inlineData, data: "c2tldGNo" }, thought: true },
    { text: "Here it is." },
    { inlineData },
  ];
  const candidates = [{ content: { role: "model", parts }, finishReason: "STOP", index: 0 }];
  return { ...facts, candidates, usageMetadata };
}

const FIELDS = new Set(["contents", "generationConfig", "tools"]);

function faultOf({ json }: FakeRequest): string | null {
  const isObject = typeof json === "object" && json !== null;
  const body: Record<string, unknown> = isObject ? { ...json } : {};
  const strange = Object.keys(body).find((name) => !FIELDS.has(name));
  if (strange !== undefined) return `Unknown name "${strange}": Cannot find field.`;
  return Array.isArray(body.contents) ? null : "contents is not specified";
}

/** A file's bytes are asked for by `alt=media`; without it the answer describes it. */
function file({ query }: FakeRequest, { ending }: FakeWorld): FakeAnswer {
  if (query.get("alt") !== "media") return { body: { file: { mimeType: "video/mp4" } } };
  if (ending === "moved") return { status: 302, headers: { location: MOVED_FILE }, body: "" };
  return { headers: { "content-type": "video/mp4" }, body: FILM };
}

function interact(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const body = objectOf(request.json);
  const wrong = interactionFault(body);
  if (wrong !== null) return refusal(400, "INVALID_ARGUMENT", wrong);
  const job = world.take(request);
  if (body.background === true) return { body: { ...facts(job), status: "in_progress" } };
  job.polls = world.pollsUntilDone;
  return { body: state(job, world) };
}

const INTERACTION_FIELDS = new Set(
  "model input background store response_format generation_config".split(" "),
);

function interactionFault(body: Readonly<Record<string, unknown>>): string | null {
  const strange = Object.keys(body).find((name) => !INTERACTION_FIELDS.has(name));
  if (strange !== undefined) return `Unknown parameter ${strange}`;
  const isFilm = String(body.model).startsWith("gemini-omni-");
  if (!isFilm && !String(body.model).startsWith("lyria-")) return "Unknown model";
  if (typeof body.input !== "string" && !Array.isArray(body.input)) return "input is missing";
  const { duration = "8s", aspect_ratio = "16:9" } = objectOf(body.response_format);
  if (typeof duration !== "string" || !/^\d+(\.\d+)?s$/.test(duration)) return "Invalid duration";
  const seconds = Number.parseFloat(duration);
  const most = String(body.model).includes("1.1") ? 10 : 15;
  if (seconds < 3) return "minimum allowed 3s";
  if (seconds > most) return `maximum allowed ${most}s`;
  return aspect_ratio === "16:9" || aspect_ratio === "9:16" ? null : "Invalid aspect_ratio";
}

function facts({ id, request }: FakeJob): { readonly [name: string]: Json } {
  const created = "2026-11-20T10:30:00Z";
  return { id, object: "interaction", model: String(objectOf(request.json).model), created };
}

/** `ending`: `words` alone, an `inline` film, a `moved` file, a status, or a failure's code. */
function state(job: FakeJob, world: FakeWorld): Json {
  if (world.statusWord !== null) return { ...facts(job), status: world.statusWord };
  if (job.canceled) return { ...facts(job), status: "cancelled" };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { ...facts(job), status: job.polls === 1 ? "queued" : "in_progress" };
  }
  const { ending } = world;
  if (ending !== null && /^(incomplete|budget_exceeded|requires_action)$/.test(ending)) {
    return { ...facts(job), status: ending };
  }
  if (ending !== null && !/^(words|tokens|inline|moved)$/.test(ending)) {
    const error = { code: ending, message: "It was not made" };
    return { ...facts(job), status: "failed", error };
  }
  const isSong = String(objectOf(job.request.json).model).startsWith("lyria-");
  const modality = isSong ? "AUDIO" : "VIDEO";
  const made = ending === "words" ? [] : [{ modality, tokens: 57_920 }];
  const usage = { output_tokens_by_modality: [{ modality: "TEXT", tokens: 9 }, ...made] };
  const words = { type: "text", text: "[Verse]\nWaves come in" };
  const hasMedia = ending !== "words" && ending !== "tokens";
  const output = hasMedia ? [isSong ? song() : film(job, world)] : [];
  const steps = [
    { type: "thought", summary: [] },
    { type: "model_output", content: [...output, words] },
  ];
  return { ...facts(job), status: "completed", steps, usage };
}

function film({ id }: FakeJob, { ending, url }: FakeWorld): Json {
  const type = { type: "video", mime_type: "video/mp4" };
  if (ending === "inline") return { ...type, data: FILM.toString("base64") };
  return { ...type, uri: `${url}/v1beta/files/${id}:download?alt=media` };
}

function song(): Json {
  return { type: "audio", mime_type: "audio/mp3", data: SOUND.toString("base64") };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
