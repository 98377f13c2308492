import type { Observation, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { bodyWithFiles, type Filling } from "../body-files.ts";
import { type InputLimits, linkSource, mediaProduction, pictureLimits } from "../carry.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { jobError, pending, underWay } from "../job.ts";
import type { CallbackReading, CallbackRequest, Provider, ProviderContext } from "../provider.ts";
import { jsonOf, numberAt, objectAt, textAt } from "../reading.ts";
import { readPreparedSong, songProduction } from "../songs.ts";
import { prepareMinimax } from "./prepare.ts";
import {
  type FilmState,
  idAt,
  type JobKind,
  readH3,
  readHailuo,
  readPrepared,
  readStatus,
  readWords,
} from "./wire.ts";

const POLL_AFTER_MS = 10_000;
const PHASES = { queued: ["Preparing", "Queueing", "queued"], running: ["Processing", "running"] };
const SONG_TIMEOUT_MS = 600_000;

/** MiniMax: films by job and poll in two versions of its API, songs in one blocking call. */
export const minimax: Provider = {
  name: "minimax",
  traits: {
    ...PLAIN_JOBS,
    completion: ["poll", "callback", "immediate"],
    pollMs: { min: 5_000, start: POLL_AFTER_MS, max: 30_000 },
    // So long a callback has to name the job of a submit that was not answered.
    graceMs: 60_000,
    softLimitMs: 3_600_000,
    resultTtlMs: 9 * 3_600_000,
  },
  models: {
    "hailuo-02": "MiniMax-Hailuo-02",
    "hailuo-02-pro": "MiniMax-Hailuo-02",
    "hailuo-2.3": "MiniMax-Hailuo-2.3",
    "minimax/h3/text-to-video": "MiniMax-H3",
    "minimax/h3/image-to-video": "MiniMax-H3",
    "minimax/h3/reference-to-video": "MiniMax-H3",
    "generate-music": "music-2.6",
    "upload-and-cover-audio": "music-cover",
    "generate-lyrics": "lyrics_generation",
  },
  prepare: prepareMinimax,
  submit,
  poll,
  callback,
  open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
};

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  // The first version of its API refuses inside an HTTP 200.
  statusOf: readStatus,
  meanings: [
    [/^1026:/, "policy-input"],
    [/^1027:/, "policy-output"],
    [/^1041:/, "busy"],
    [/^1008:|insufficient balance/i, "balance"],
  ],
};

const ENDPOINTS: Readonly<Record<JobKind, string>> = {
  hailuo: "v1/video_generation",
  h3: "v2/video_generation",
  song: "v1/music_generation",
  cover: "v1/music_generation",
  lyrics: "v1/lyrics_generation",
};
const RECORDINGS: InputLimits = {
  mediaTypes: ["audio/mpeg", "audio/wav", "audio/flac"],
  bytesMax: 50 * 1024 * 1024,
};
const FRAMES: Filling = { limits: pictureLimits(20) };
/** There may be a dozen of them in one body. */
const REFERENCES: Filling = {
  limits: {
    mediaTypes: [...pictureLimits(10).mediaTypes, "audio/mpeg", "audio/wav"],
    bytesMax: pictureLimits(10).bytesMax,
  },
};
const RECORDING: Filling = {
  limits: RECORDINGS,
  carry: async ({ bytes }) => Buffer.from(bytes).toString("base64"),
};

const FILLINGS: Readonly<Record<JobKind, Filling>> = {
  hailuo: FRAMES,
  h3: REFERENCES,
  song: {},
  cover: RECORDING,
  lyrics: {},
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const job = readPrepared(prepared);
  const reply = await ask(context, DIALECT, {
    url: ENDPOINTS[job.kind],
    json: await bodyWithFiles(job, context, FILLINGS[job.kind]),
    ...(job.kind === "song" || job.kind === "cover" ? { timeoutMs: SONG_TIMEOUT_MS } : {}),
  });
  return submitted(reply, (json) => {
    if (job.kind === "lyrics") return lyricsOutcome(json);
    if (job.kind === "song" || job.kind === "cover") return songOutcome(json, prepared, context);
    const id = idAt(json, "task_id");
    if (id === null) return null;
    const operation = operationOf(id, job.kind === "h3");
    return { kind: "accepted", operation, pollAfterMs: POLL_AFTER_MS };
  });
}

function songOutcome(json: Json, prepared: Json, context: ProviderContext): SubmitOutcome | null {
  const url = textAt(json, "data", "audio");
  if (url === null || !/^https?:/.test(url)) return null;
  const { marker, title, tags, prompt } = readPreparedSong(prepared);
  const durationS = (numberAt(json, "extra_info", "music_duration") ?? 0) / 1_000;
  const songs = [
    { source: linkSource(url, context), durationS, title, tags, prompt, ref: null },
  ] as const;
  const meta = { trace_id: textAt(json, "trace_id") };
  return { kind: "completed", production: songProduction(marker, songs, meta) };
}

function lyricsOutcome(json: Json): SubmitOutcome | null {
  const text = textAt(json, "lyrics");
  if (text === null) return null;
  const fields = { title: textAt(json, "song_title") ?? "", text };
  const meta = { style_tags: textAt(json, "style_tags") };
  return {
    kind: "completed",
    production: { artifacts: [], outputs: [{ kind: "text", fields }], creations: [], meta },
  };
}

/** One question at a time: the state until it is done, then, in the first version, its file. */
async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = encodeURIComponent(textAt(operation, "id") ?? "");
  const file = textAt(operation, "file");
  const isH3 = textAt(operation, "api") === "v2";
  const url =
    file !== null
      ? `v1/files/retrieve?file_id=${encodeURIComponent(file)}`
      : isH3
        ? `v2/query/video_generation/${id}`
        : `v1/query/video_generation?task_id=${id}`;
  const reply = await ask(context, DIALECT, { url });
  // The id is all that a question holds: an id that is invalid is one that it does not know.
  if (reply.error !== null && readWords(reply.json).code === "2013") return { kind: "lost" };
  return observed(reply, (json) => {
    if (file !== null) return fileSeen(json, context);
    return filmSeen(isH3 ? readH3(json) : readHailuo(json), { operation, context });
  });
}

function filmSeen(
  film: FilmState,
  { operation, context }: { readonly operation: Json; readonly context: ProviderContext },
): Observation | null {
  switch (film.status) {
    case "Success":
      if (film.file === null) return completed(null, film.meta, context);
      return {
        ...pending("running", 0),
        operation: { ...objectAt(operation), file: film.file },
      };
    case "succeeded":
      return completed(film.url, film.meta, context);
    case "Fail":
    case "failed":
    case "cancelled":
    case "expired": {
      const { code, message } = film.words;
      const words = { code, message: message === "" ? (ENDS[film.status] ?? "") : message };
      return { kind: "failed", error: jobError(words, DIALECT, context) };
    }
    default:
      return underWay(film.status, PHASES, { pollAfterMs: POLL_AFTER_MS });
  }
}

const ENDS: Readonly<Record<string, string>> = {
  cancelled: "The job was canceled",
  expired: "The provider gave the job up before it began",
};

function fileSeen(json: Json, context: ProviderContext): Observation | null {
  const url = textAt(json, "file", "download_url");
  return url === null ? null : completed(url, null, context);
}

/** Done without a link gives no output: the engine asks again, then calls the result empty. */
function completed(url: string | null, meta: Json, context: ProviderContext): Observation {
  const sources = url === null ? [] : [linkSource(url, context)];
  return { kind: "completed", production: mediaProduction("video", sources, meta) };
}

/**
 * Before it takes a job it sends a challenge, which has to come back within three seconds. Nothing
 * is signed, so that the rest is a hint: it may tell the id of a job whose submit was not answered.
 */
async function callback({ body, url }: CallbackRequest): Promise<CallbackReading> {
  const json = jsonOf(body) ?? null;
  const challenge = idAt(json, "challenge");
  const id = challenge === null ? (idAt(json, "task_id") ?? idAt(json, "task", "id")) : null;
  return {
    trust: "unsigned",
    operation: id === null ? null : operationOf(id, url.searchParams.get("api") === "v2"),
    observation: null,
    reply: challenge === null ? null : { status: 200, body: JSON.stringify({ challenge }) },
  };
}

function operationOf(id: string, isH3: boolean): Json {
  return isH3 ? { id, api: "v2" } : { id };
}
