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
export const KLING_KEY = "kling-fake0123456789abcdef0123456789";

/** Starts a fake of Kling's film API of 2026. */
export function openKling(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && /^\/(text|image)-to-video\/kling-[a-z0-9.-]+$/.test(path)) {
        return "submit";
      }
      if (method === "GET" && path === "/tasks") return "poll";
      return method === "GET" && path.startsWith("/films/") ? "content" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/films/") || headers.authorization === `Bearer ${KLING_KEY}`,
    answer(step, request, world): FakeAnswer {
      if (step === "content") return { headers: { "content-type": "video/mp4" }, body: FILM };
      if (step === "poll") return success(listed(request, world));
      const wrong = faultOf(request);
      if (wrong !== null) return { status: 400, body: { code: 1201, message: wrong } };
      const job = world.take(request);
      return success({ id: job.id, status: "submitted", external_id: referenceOf(job) });
    },
    refuse: (status) => ({
      status,
      body: { code: CODES[status] ?? 5000, message: `About ${KLING_KEY}`, request_id: "r" },
    }),
  });
}

const CODES: Readonly<Record<number, number>> = {
  400: 1200,
  401: 1000,
  402: 1102,
  403: 1103,
  404: 1203,
  422: 1201,
  429: 1302,
};

function success(data: Json): FakeAnswer {
  return { body: { code: 0, message: "SUCCEED", request_id: "r", data } };
}

function referenceOf({ request }: FakeJob): string {
  const options: unknown = Reflect.get(Object(request.json), "options");
  return String(Reflect.get(Object(options), "external_task_id") ?? "");
}

function faultOf({ json, path }: FakeRequest): string | null {
  const body: Record<string, unknown> = { ...Object(json) };
  const allowed = path.startsWith("/text") ? ["prompt"] : ["contents"];
  const strange = Object.keys(body).find(
    (name) => ![...allowed, "settings", "options"].includes(name),
  );
  if (strange !== undefined) return `unknown field ${strange}`;
  return body[allowed[0] ?? ""] === undefined ? `${allowed[0]} is missing` : null;
}

function listed({ query }: FakeRequest, world: FakeWorld): readonly Json[] {
  const ids = query.get("task_ids")?.split(",") ?? [];
  const references = query.get("external_task_ids")?.split(",") ?? [];
  return [...world.jobs.values()]
    .filter((job) => ids.includes(job.id) || references.includes(referenceOf(job)))
    .map((job) => state(job, world));
}

function state(job: FakeJob, world: FakeWorld): Json {
  const facts = { id: job.id, external_id: referenceOf(job) };
  if (world.statusWord !== null) return { ...facts, status: world.statusWord };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { ...facts, status: job.polls === 1 ? "submitted" : "processing" };
  }
  if (world.ending !== null) return { ...facts, status: "failed", message: world.ending };
  const url = `${world.url}/films/${job.id}.mp4`;
  const outputs = [{ type: "video", url, duration: "5" }];
  return { ...facts, status: "succeeded", outputs, billing: [{ type: "units", amount: "10" }] };
}
