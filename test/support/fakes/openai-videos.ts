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
import { FILM } from "./media.ts";
import { fieldOf } from "./openai-images.ts";

/** The key that the fake takes. */
export const VIDEOS_KEY = "sk-fake-videos-0123456789abcdef";

/** Starts a fake of the videos protocol: create, list, retrieve, content, delete. */
export function openOpenaiVideos(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (path === "/v1/videos") return method === "POST" ? "submit" : "poll";
      if (!path.startsWith("/v1/videos/")) return null;
      if (method === "DELETE") return "cancel";
      return path.endsWith("/content") ? "content" : "poll";
    },
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${VIDEOS_KEY}`,
    answer,
    refuse: (status) => ({
      status,
      body: {
        error: {
          message: `No ${VIDEOS_KEY}`,
          type: "invalid_request_error",
          code: null,
          param: null,
        },
      },
    }),
  });
}

function answer(step: Step, request: FakeRequest, world: FakeWorld): FakeAnswer {
  if (step === "submit") {
    const isWhole = fieldOf(request, "prompt") !== null;
    return isWhole ? { body: video(world.take(request), "queued") } : NO_PROMPT;
  }
  if (request.path === "/v1/videos") return { body: list(world) };
  const id = request.path.split("/")[3] ?? "";
  const job = world.jobs.get(id);
  if (job === undefined || job.canceled) {
    const error = { message: `Video ${id} not found`, type: "invalid_request_error", code: null };
    return { status: 404, body: { error } };
  }
  if (step === "content") return { headers: { "content-type": "video/mp4" }, body: FILM };
  if (step === "cancel") {
    job.canceled = true;
    return { body: { id, object: "video.deleted", deleted: true } };
  }
  job.polls += 1;
  return { body: video(job, world.statusWord ?? wordOf(job, world)) };
}

const NO_PROMPT: FakeAnswer = {
  status: 400,
  body: {
    error: {
      message: "Missing required parameter: 'prompt'.",
      type: "invalid_request_error",
      code: "missing_required_parameter",
      param: "prompt",
    },
  },
};

function wordOf(job: FakeJob, world: FakeWorld): string {
  return job.polls > world.pollsUntilDone ? "completed" : "in_progress";
}

/** The newest first. */
function list(world: FakeWorld): Json {
  const data = [...world.jobs.values()]
    .filter(({ canceled }) => !canceled)
    .map((job) => video(job, wordOf(job, world)))
    .reverse();
  return { object: "list", data, has_more: false };
}

function video({ id, request, takenAtMs }: FakeJob, status: string): Json {
  return {
    id,
    object: "video",
    status,
    progress: 0,
    created_at: Math.floor(takenAtMs / 1_000),
    model: fieldOf(request, "model"),
    prompt: fieldOf(request, "prompt"),
    seconds: fieldOf(request, "seconds"),
    size: fieldOf(request, "size"),
    error: null,
  };
}
