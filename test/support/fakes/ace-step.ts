import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeRequest,
  type FakeUpstream,
  type FakeWorld,
  openFake,
} from "./fake-upstream.ts";
import { SOUND } from "./media.ts";

/** The key that the fake takes. */
export const ACE_STEP_KEY = "ace-fake-0123456789abcdef";

/** Starts a fake of an ACE-Step 1.5 server. */
export function openAceStep(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && path === "/release_task") return "submit";
      if (method === "POST" && path === "/query_result") return "poll";
      return method === "GET" && path === "/v1/audio" ? "content" : null;
    },
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${ACE_STEP_KEY}`,
    answer(step, request, world): FakeAnswer {
      if (step === "content") return audio(request, world);
      if (step === "poll")
        return { body: { data: states(request, world), code: 200, error: null } };
      const wrong = faultOf(request);
      if (wrong !== null) return { status: 422, body: { detail: wrong } };
      const { id } = world.take(request);
      const data = { task_id: id, status: "queued", queue_position: 1 };
      return { body: { data, code: 200, error: null } };
    },
    refuse(status) {
      const detail = status === 429 ? "Server busy: queue is full" : `Refused ${ACE_STEP_KEY}`;
      return { status, body: { detail } };
    },
  });
}

const FIELDS = new Set(
  (
    "prompt lyrics thinking vocal_language audio_duration bpm key_scale time_signature " +
    "inference_steps batch_size seed use_random_seed audio_format sample_query sample_mode " +
    "use_format model task_type"
  ).split(" "),
);

function faultOf({ json }: FakeRequest): string | null {
  const isObject = typeof json === "object" && json !== null;
  const body: Record<string, unknown> = isObject ? { ...json } : {};
  const strange = Object.keys(body).find((name) => !FIELDS.has(name));
  if (strange !== undefined) return `unknown field ${strange}`;
  const isAsked = body.prompt !== undefined || body.sample_query !== undefined;
  return isAsked ? null : "prompt is missing";
}

function states({ json }: FakeRequest, world: FakeWorld): readonly Json[] {
  const ids: unknown = Reflect.get(Object(json), "task_id_list");
  return (Array.isArray(ids) ? ids : []).map((id) => state(String(id), world));
}

/** An unknown job looks exactly like one that waits. */
function state(id: string, world: FakeWorld): Json {
  const job = world.jobs.get(id);
  if (job === undefined) return { task_id: id, status: 0, result: "[]", progress_text: "" };
  if (world.statusWord !== null) return { task_id: id, status: world.statusWord, result: "[]" };
  job.polls += 1;
  if (job.polls === 1 && world.pollsUntilDone > 0) return { task_id: id, status: 0, result: "[]" };
  if (job.polls <= world.pollsUntilDone) {
    const result = JSON.stringify([{ file: "", status: 0, progress: 0.4, stage: "diffusion" }]);
    return { task_id: id, status: 0, result, progress_text: "Generating music..." };
  }
  if (world.ending === "failed") {
    const result = JSON.stringify([{ file: "", status: 2, error: "CUDA out of memory" }]);
    return { task_id: id, status: 2, result, progress_text: "failed" };
  }
  const count = Number(Reflect.get(Object(job.request.json), "batch_size") ?? 2);
  const songs = Array.from({ length: count }, (_, position) => ({
    file: `/v1/audio?path=%2Ftmp%2F${id}-${position}.mp3`,
    status: 1,
    progress: 1,
    stage: "succeeded",
    metas: { bpm: 90, duration: 62.5, keyscale: "C major", timesignature: "4" },
    lyrics: "[Verse]\nThe tide comes in",
  }));
  return { task_id: id, status: 1, result: JSON.stringify(songs), progress_text: "" };
}

function audio({ query }: FakeRequest, world: FakeWorld): FakeAnswer {
  const id = /^\/tmp\/(.+)-\d+\.mp3$/.exec(query.get("path") ?? "")?.[1] ?? "";
  if (!world.jobs.has(id)) return { status: 404, body: { detail: "File not found" } };
  return { headers: { "content-type": "audio/mpeg" }, body: SOUND };
}
