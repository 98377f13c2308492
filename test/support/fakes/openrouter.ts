import type { Json } from "../../../src/lib/json.ts";
import { type FakeJob, type FakeUpstream, type FakeWorld, openFake } from "./fake-upstream.ts";
import { FILM } from "./media.ts";

/** The key that the fake takes. */
export const OPENROUTER_KEY = "sk-or-v1-fake0123456789abcdef";

/** Starts a fake of OpenRouter's video endpoints. */
export function openOpenrouter(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && path === "/api/v1/videos") return "submit";
      if (path.startsWith("/signed/")) return "content";
      if (!path.startsWith("/api/v1/videos/")) return null;
      return path.endsWith("/content") ? "content" : "poll";
    },
    // A signed link needs no key.
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/signed/") || headers.authorization === `Bearer ${OPENROUTER_KEY}`,
    answer(step, request, world) {
      if (step === "content") return { headers: { "content-type": "video/mp4" }, body: FILM };
      if (step === "submit") {
        const body: Record<string, unknown> = { ...Object(request.json) };
        const strange = Object.keys(body).find((name) => !FIELDS.has(name));
        if (strange !== undefined) {
          return { status: 400, body: { error: { code: 400, message: `unknown ${strange}` } } };
        }
        const { id } = world.take(request);
        const polling_url = `/api/v1/videos/${id}`;
        return { status: 202, body: { id, polling_url, status: "pending" } };
      }
      const job = world.jobs.get(request.path.split("/")[4] ?? "");
      if (job !== undefined) return { body: state(job, world) };
      return { status: 404, body: { error: { code: 404, message: "Job not found" } } };
    },
    refuse: (status) => ({
      status,
      body: { error: { code: status, message: `About ${OPENROUTER_KEY}` } },
    }),
  });
}

const FIELDS = new Set(
  (
    "model prompt duration resolution aspect_ratio size generate_audio seed frame_images " +
    "input_references provider callback_url"
  ).split(" "),
);

function state(job: FakeJob, world: FakeWorld): Json {
  const facts = { id: job.id, polling_url: `/api/v1/videos/${job.id}` };
  if (world.statusWord !== null) return { ...facts, status: world.statusWord };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { ...facts, status: job.polls === 1 ? "pending" : "in_progress" };
  }
  const end = { ...facts, generation_id: "gen-1", usage: { cost: 1.6, is_byok: false } };
  if (world.ending === "unsigned") {
    const url = `${world.url}/api/v1/videos/${job.id}/content?index=0`;
    return { ...end, status: "completed", unsigned_urls: [url] };
  }
  if (world.ending !== null) return { ...end, status: "failed", error: world.ending };
  return {
    ...end,
    status: "completed",
    urls: [`${world.url}/signed/${job.id}.mp4`],
    unsigned_urls: [`${world.url}/api/v1/videos/${job.id}/content?index=0`],
  };
}
