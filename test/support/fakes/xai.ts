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
export const XAI_KEY = "xai-fake0123456789abcdef0123456789abcdef";

/** Starts a fake of the film and picture endpoints of `api.x.ai`. */
export function openXai(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && SUBMITS.test(path)) return "submit";
      if (method === "GET" && path.startsWith("/v1/videos/")) return "poll";
      return method === "GET" && path.startsWith("/films/") ? "content" : null;
    },
    // A finished film's link needs no key.
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/films/") || headers.authorization === `Bearer ${XAI_KEY}`,
    answer,
    refuse: (status) => ({ status, body: BODIES[status] ?? { error: "Internal server error" } }),
  });
}

const SUBMITS = /^\/v1\/(videos\/generations|images\/(generations|edits))$/;

/** Each of the three shapes of an error is in use. */
const BODIES: Readonly<Record<number, Json>> = {
  400: { code: "Client specified an invalid argument", error: `Bad request with ${XAI_KEY}` },
  401: {
    error: { message: `Incorrect API key provided: ${XAI_KEY}`, type: "auth", param: "", code: "" },
  },
  403: { code: "The caller does not have permission", error: "Your team may not use this model" },
  404: { error: "Not found" },
  429: { code: "Some resource has been exhausted", error: "Too many requests" },
};

function answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  if (step === "content") return { headers: { "content-type": "video/mp4" }, body: FILM };
  if (step === "poll") return state(request, world);
  const wrong = faultOf(request);
  if (wrong !== null) return { status: 400, body: { code: "invalid-argument", error: wrong } };
  const job = world.take(request);
  if (request.path.startsWith("/v1/videos")) return { body: { request_id: job.id } };
  const item: Json =
    world.ending === "blocked"
      ? { url: "", respect_moderation: false }
      : { b64_json: PICTURE.toString("base64"), revised_prompt: "", respect_moderation: true };
  return { body: { data: [item] } };
}

function faultOf({ json, path }: FakeRequest): string | null {
  const body: Record<string, unknown> =
    typeof json === "object" && json !== null ? { ...json } : {};
  if (typeof body.prompt !== "string") return "prompt is missing";
  const strange = Object.keys(body).find((name) => !FIELDS.has(name));
  if (strange !== undefined) return `unknown field ${strange}`;
  if (path.startsWith("/v1/images")) return null;
  const { duration } = body;
  const isGood = duration === undefined || (Number(duration) >= 1 && Number(duration) <= 15);
  return isGood ? null : "duration must be 1 to 15";
}

const FIELDS = new Set(
  (
    "model prompt duration aspect_ratio resolution image images reference_images n " +
    "response_format generate_audio user"
  ).split(" "),
);

function state({ path }: FakeRequest, world: FakeWorld): FakeAnswer {
  const job = world.jobs.get(path.replace("/v1/videos/", ""));
  if (job === undefined) return { status: 404, body: { error: "Request not found" } };
  if (world.statusWord !== null) return { body: { status: world.statusWord, progress: 150 } };
  job.polls += 1;
  // The first answer has no body at all, later ones tell a progress.
  if (job.polls === 1 && world.pollsUntilDone > 0) return { status: 202, body: "" };
  if (job.polls <= world.pollsUntilDone) {
    return { status: 202, body: { status: "pending", progress: 40 } };
  }
  const facts = { model: "grok-imagine-video", usage: { cost_in_usd_ticks: 3_000_000_000 } };
  switch (world.ending) {
    case "blocked":
      return { body: { ...facts, status: "done", video: { url: "", respect_moderation: false } } };
    case "failed":
      return {
        body: { ...facts, status: "failed", error: { code: "internal", message: "It broke" } },
      };
    case "expired":
      return { body: { ...facts, status: "expired" } };
    default: {
      const video = { url: `${world.url}/films/${job.id}.mp4`, duration: 6 };
      // A status is missing from some finished ones.
      return { body: { ...facts, video: { ...video, respect_moderation: true } } };
    }
  }
}
