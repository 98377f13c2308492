import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeJob,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
} from "./fake-upstream.ts";
import { FILM } from "./media.ts";

/** The key that the fake takes. */
export const RUNWAY_KEY = `key_${"0123456789abcdef".repeat(8)}`;

/** Starts a fake of Runway's API, version 2024-11-06. */
export function openRunway(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && /^\/v1\/(text|image)_to_video$/.test(path)) return "submit";
      if (path.startsWith("/v1/tasks/")) return method === "DELETE" ? "cancel" : "poll";
      return method === "GET" && path.startsWith("/films/") ? "content" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/films/") ||
      (headers.authorization === `Bearer ${RUNWAY_KEY}` &&
        headers["x-runway-version"] === "2024-11-06"),
    answer(step, request, world): FakeAnswer {
      if (step === "content") return { headers: { "content-type": "video/mp4" }, body: FILM };
      if (step === "submit") return submit(request, world);
      const job = world.jobs.get(request.path.replace("/v1/tasks/", ""));
      if (job === undefined) return { status: 404, body: { error: "Task not found" } };
      if (step === "poll") return { body: state(job, world) };
      world.jobs.delete(job.id);
      return { status: 204, body: "" };
    },
    refuse: (status) => ({ status, body: { error: `Refused for ${RUNWAY_KEY}` } }),
  });
}

const RATIOS: Readonly<Record<string, readonly string[]>> = {
  "/v1/text_to_video gen4.5": ["1280:720", "720:1280"],
  "/v1/image_to_video gen4.5": [
    "1280:720",
    "720:1280",
    "1104:832",
    "960:960",
    "832:1104",
    "1584:672",
  ],
  veo: ["1280:720", "720:1280", "1080:1920", "1920:1080"],
};

function submit(request: FakeRequest, world: FakeWorld): FakeAnswer {
  const wrong = faultOf(request);
  if (wrong !== null) {
    const issues = [{ code: "invalid_value", path: [], message: wrong }];
    return { status: 400, body: { error: "Validation of body failed", issues } };
  }
  return { body: { id: world.take(request).id, estimatedCost: { credits: 60 } } };
}

function faultOf({ json, path }: FakeRequest): string | null {
  const body: Record<string, unknown> = { ...Object(json) };
  const isVeo = body.model === "veo3.1" || body.model === "veo3.1_fast";
  if (!isVeo && body.model !== "gen4.5") return "unknown model";
  const allowed = ["model", "promptText", "ratio", "duration", "seed"];
  if (isVeo) allowed.push("audio");
  if (path === "/v1/image_to_video") allowed.push("promptImage");
  const strange = Object.keys(body).find((name) => !allowed.includes(name));
  if (strange !== undefined) return `unrecognized key ${strange}`;
  const ratios = RATIOS[isVeo ? "veo" : `${path} gen4.5`] ?? [];
  if (!ratios.includes(String(body.ratio))) return "invalid ratio";
  if (!isVeo && !(Number(body.duration) >= 2 && Number(body.duration) <= 10)) return "duration";
  return path === "/v1/image_to_video" ? frameFault(body.promptImage) : null;
}

function frameFault(frames: unknown): string | null {
  if (typeof frames === "string") return null;
  const isList = Array.isArray(frames) && frames.length > 0;
  if (!isList) return "promptImage is required";
  const good = frames.every((frame: unknown) => {
    const { uri, position } = Object(frame);
    return /^(https:|data:image\/)/.test(String(uri)) && ["first", "last"].includes(position);
  });
  return good ? null : "promptImage is invalid";
}

function state(job: FakeJob, world: FakeWorld): Json {
  const facts = { id: job.id, createdAt: "2026-11-20T10:30:00.000Z" };
  const estimatedCost = { credits: 60 };
  if (world.statusWord !== null) return { ...facts, status: world.statusWord, estimatedCost };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    const running = { status: "RUNNING", progress: 0.5 };
    return { ...facts, ...(job.polls === 1 ? { status: "PENDING" } : running), estimatedCost };
  }
  if (world.ending !== null) {
    const words = { failure: "It failed", failureCode: world.ending };
    return { ...facts, status: "FAILED", ...words, cost: { credits: 0 } };
  }
  const output = [`${world.url}/films/${job.id}.mp4`];
  return { ...facts, status: "SUCCEEDED", output, cost: { credits: 60 } };
}
