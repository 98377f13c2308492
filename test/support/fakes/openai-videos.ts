import {
  type FakeAnswer,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
  type Step,
} from "./fake-upstream.ts";
import { FILM } from "./media.ts";

/** The key that the fake takes. */
export const VIDEOS_KEY = "sk-fake-videos-0123456789abcdef";

/** Starts a fake of the videos protocol: create, retrieve, content, delete. */
export function openOpenaiVideos(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && path === "/v1/videos") return "submit";
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
  if (step === "submit") return video(world.take(request).id, "queued");
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
  const word = job.polls > world.pollsUntilDone ? "completed" : "in_progress";
  return video(id, world.statusWord ?? word);
}

function video(id: string, status: string): FakeAnswer {
  const created = 1_790_000_000;
  return { body: { id, object: "video", status, progress: 0, created_at: created, error: null } };
}
