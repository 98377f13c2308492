import type { Json } from "../../../src/lib/json.ts";
import {
  type FakeAnswer,
  type FakeJob,
  type FakeUpstream,
  type FakeWorld,
  openFake,
} from "./fake-upstream.ts";
import { FILM, PICTURE, SOUND } from "./media.ts";

/** The key that the fake takes. */
export const KIE_KEY = "kie-fake-0123456789abcdef";

const FILES: Readonly<Record<string, readonly [type: string, bytes: Buffer]>> = {
  mp4: ["video/mp4", FILM],
  mp3: ["audio/mpeg", SOUND],
  png: ["image/png", PICTURE],
};

/** Starts a fake of kie.ai: its market, and its songs as sunoapi.org has them too. */
export function openKie(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      if (path.startsWith("/files/")) return "content";
      if (method === "POST") return SUBMITS.has(path) ? "submit" : null;
      return POLLS.has(path) ? "poll" : null;
    },
    isAuthorized: ({ headers, path }) =>
      path.startsWith("/files/") || headers.authorization === `Bearer ${KIE_KEY}`,
    answer(step, request, world): FakeAnswer {
      const [type = "", body = ""] = FILES[request.path.split(".").at(-1) ?? ""] ?? [];
      if (step === "content") return { headers: { "content-type": type }, body };
      if (step === "submit") {
        const wrong = faultOf(Object(request.json), request.path);
        if (wrong !== null) return { body: { code: 422, msg: wrong, data: null } };
        return success({ taskId: world.take(request).id });
      }
      const job = world.jobs.get(request.query.get("taskId") ?? "");
      if (job === undefined) return { body: { code: 422, msg: "recordInfo is null" } };
      const isSong = request.path === "/api/v1/generate/record-info";
      return success(isSong ? songs(job, world) : film(job, world));
    },
    refuse: (status) => ({ status, body: { code: status, msg: `About ${KIE_KEY}`, data: null } }),
  });
}

const SUBMITS: ReadonlySet<string> = new Set(["/api/v1/jobs/createTask", "/api/v1/generate"]);
const POLLS: ReadonlySet<string> = new Set([
  "/api/v1/jobs/recordInfo",
  "/api/v1/generate/record-info",
]);

function success(data: Json): FakeAnswer {
  return { body: { code: 200, msg: "success", data } };
}

/** The first thing that the real endpoints would refuse. */
function faultOf(body: Readonly<Record<string, unknown>>, path: string): string | null {
  if (path.endsWith("createTask")) {
    if (typeof body.model !== "string") return "model is required";
    return typeof Reflect.get(Object(body.input), "prompt") === "string" ? null : "prompt";
  }
  if (typeof body.callBackUrl !== "string") return "callBackUrl is required";
  const needed = body.customMode === true ? ["style", "title", "model"] : ["prompt", "model"];
  const missing = needed.find((name) => !body[name]);
  return missing === undefined ? null : `${missing} is required`;
}

function film(job: FakeJob, world: FakeWorld): Json {
  const facts = { taskId: job.id, model: "grok", param: "{}", resultJson: "", failMsg: null };
  if (world.statusWord !== null) return { ...facts, state: world.statusWord };
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    return { ...facts, state: job.polls === 1 ? "waiting" : "generating" };
  }
  if (world.ending !== null) return { ...facts, state: "fail", failMsg: world.ending };
  const resultUrls = [`${world.url}/files/${job.id}.mp4`];
  return { ...facts, state: "success", resultJson: JSON.stringify({ resultUrls }), costTime: 9 };
}

const STAGES = ["PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS"];

/** Always two songs; the first can be heard before the second is made. */
function songs(job: FakeJob, world: FakeWorld): Json {
  const song = (number: number): Json => ({
    id: `${job.id}-song-${number}`,
    audioUrl: `${world.url}/files/${job.id}-${number}.mp3`,
    imageUrl: `${world.url}/files/${job.id}-${number}.png`,
    title: "Tide",
    tags: "folk",
    prompt: "[Verse] The tide comes in",
    duration: 62.5,
  });
  const told = (status: string, made: number, errorMessage: string | null = null): Json => {
    const sunoData = [song(1), song(2)].slice(0, made);
    return { taskId: job.id, status, errorMessage, response: { sunoData } };
  };
  if (world.statusWord !== null) return told(world.statusWord, 0);
  job.polls += 1;
  if (job.polls <= world.pollsUntilDone) {
    const stage = STAGES[job.polls - 1] ?? "FIRST_SUCCESS";
    return told(stage, stage === "FIRST_SUCCESS" ? 1 : 0);
  }
  if (world.ending === "CALLBACK_EXCEPTION") return told("CALLBACK_EXCEPTION", 2);
  return world.ending === null ? told("SUCCESS", 2) : told(world.ending, 0, "It failed");
}
