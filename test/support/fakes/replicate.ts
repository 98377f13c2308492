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

/** The key that the fake takes. */
export const REPLICATE_KEY = "r8_fake0123456789abcdef";

/** Starts a fake of Replicate's HTTP API. */
export function openReplicate(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (path.startsWith("/files/")) return "content";
      if (method === "GET" && path.startsWith("/v1/predictions")) return "poll";
      if (method === "POST" && path.endsWith("/cancel")) return "cancel";
      return method === "POST" && path.endsWith("/predictions") ? "submit" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/files/") || headers.authorization === `Bearer ${REPLICATE_KEY}`,
    answer,
    refuse: (status) => ({ status, body: { detail: `No ${REPLICATE_KEY}`, status } }),
  });
}

function faultOf({ json, path }: FakeRequest): string | null {
  const body: Record<string, unknown> = { ...Object(json) };
  const allowed = ["input", "version", "webhook", "webhook_events_filter", "stream"];
  const strange = Object.keys(body).find((name) => !allowed.includes(name));
  if (strange !== undefined) return `- ${strange} is not allowed`;
  if (typeof body.input !== "object") return "- input is required";
  const isModel = path.startsWith("/v1/models/");
  return isModel === (body.version === undefined) ? null : "- version is required";
}

function answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  const { path } = request;
  if (step === "submit") {
    const wrong = faultOf(request);
    if (wrong !== null) return { status: 422, body: { detail: wrong, status: 422 } };
    return { status: 201, body: told(world.take(request), world, "starting") };
  }
  if (step === "content") return { headers: { "content-type": "image/png" }, body: PICTURE };
  if (path === "/v1/predictions") {
    const results = [...world.jobs.values()].map((job) => told(job, world, "processing"));
    return { body: { previous: null, next: null, results: results.toReversed() } };
  }
  const job = world.jobs.get(path.split("/")[3] ?? "");
  if (job === undefined) return { status: 404, body: { detail: "Prediction not found" } };
  if (step === "cancel") {
    if (job.polls > world.pollsUntilDone) return { body: told(job, world, "succeeded") };
    job.canceled = true;
    return { body: told(job, world, "canceled") };
  }
  if (world.statusWord !== null) return { body: told(job, world, world.statusWord) };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { body: told(job, world, job.polls === 1 ? "starting" : "processing") };
  }
  return { body: ended(job, world) };
}

function ended(job: FakeJob, world: FakeWorld): Json {
  const { ending, url } = world;
  if (ending === "data_removed") {
    const facts = told(job, world, "succeeded");
    return { ...facts, input: {}, output: null, data_removed: true };
  }
  if (ending !== null) return { ...told(job, world, "failed"), error: ending };
  const output = [`${url}/files/${job.id}.png`];
  return { ...told(job, world, "succeeded"), output, metrics: { predict_time: 0.5 } };
}

function told({ id, request, takenAtMs }: FakeJob, world: FakeWorld, status: string) {
  const { input, version } = Object(request.json);
  const [, owner, name] = /^\/v1\/models\/([^/]+)\/([^/]+)\//.exec(request.path) ?? [];
  const url = `${world.url}/v1/predictions/${id}`;
  const created_at = new Date(takenAtMs).toISOString();
  return {
    ...{ id, status, input, created_at, output: null, error: null, data_removed: false },
    model: owner === undefined ? "someone/thing" : `${owner}/${name}`,
    version: version ?? "hidden",
    urls: { get: url, cancel: `${url}/cancel`, web: url },
  };
}
