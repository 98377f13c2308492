import type { CancelOutcome, Observation, Production, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { upstreamError } from "../answer.ts";
import { dataUrl, type InputLimits, mediaProduction, pictureLimits, readInput } from "../carry.ts";
import { ask, bearer, type Dialect, observed, submitted } from "../dialect.ts";
import { accepted, jobError, underWay } from "../job.ts";
import {
  type CallbackReading,
  type CallbackRequest,
  type Provider,
  type ProviderContext,
  UpstreamFailure,
} from "../provider.ts";
import { jsonOf, textAt } from "../reading.ts";
import { prepareJob } from "./prepare.ts";
import {
  bodyOf,
  FILMS,
  type FilmState,
  type Medium,
  readFilm,
  readPictures,
  readPrepared,
  readWords,
} from "./wire.ts";

const POLL_AFTER_MS = 5_000;
const PHASES = { queued: ["queued"], running: ["running"] };
/** A set of fifteen large pictures takes minutes. */
const PICTURES_TIMEOUT_MS = 600_000;
const MIB = 1024 * 1024;
/** A request may have 64 MB, of which base64 takes a quarter. */
const TOGETHER_BYTES_MAX = 45 * MIB;
const PICTURE_TO_EDIT = pictureLimits(9);
const FRAME = pictureLimits(28);
const SOUND: InputLimits = { mediaTypes: ["audio/mpeg", "audio/wav"], bytesMax: 14 * MIB };

const FILM_2 = "dreamina-seedance-2-0-260128";
const FILM_2_FAST = "dreamina-seedance-2-0-fast-260128";
const FILM_2_MINI = "dreamina-seedance-2-0-mini-260615";
const FILM_2_5 = "dreamina-seedance-2-5-260628";

/** BytePlus ModelArk: Seedream's pictures in one blocking call, Seedance's films by task. */
export const byteplus: Provider = {
  name: "byteplus",
  traits: {
    ...PLAIN_JOBS,
    completion: ["poll", "immediate", "callback"],
    cancel: "queued",
    pollMs: { min: 2_000, start: POLL_AFTER_MS, max: 15_000 },
    // Nobody can be asked; but the callback about a film's start may tell its name meanwhile.
    graceMs: 60_000,
    softLimitMs: 3_600_000,
    resultTtlMs: 24 * 3_600_000,
  },
  models: {
    "seedream-4": "seedream-4-0-20260415",
    "seedream-4-edit": "seedream-4-0-20260415",
    "seedream-4.5": "seedream-4-5-251128",
    "seedream-4.5-edit": "seedream-4-5-251128",
    "seedream-5.0-lite": "seedream-5-0-lite-260128",
    "seedream-5.0-lite-edit": "seedream-5-0-lite-260128",
    "seedream-v5.0-pro": "dola-seedream-5-0-pro-260628",
    "seedream-v5.0-pro/edit": "dola-seedream-5-0-pro-260628",
    "seedance-2.5/text-to-video": FILM_2_5,
    "seedance-2.5/image-to-video": FILM_2_5,
    "seedance-2.5/reference-to-video": FILM_2_5,
    "seedance-2.0/text-to-video": FILM_2,
    "seedance-2.0/image-to-video": FILM_2,
    "seedance-2.0/reference-to-video": FILM_2,
    "seedance-2.0-fast/text-to-video": FILM_2_FAST,
    "seedance-2.0-fast/image-to-video": FILM_2_FAST,
    "seedance-2.0-fast/reference-to-video": FILM_2_FAST,
    "seedance-2.0-mini/text-to-video": FILM_2_MINI,
    "seedance-2.0-mini/image-to-video": FILM_2_MINI,
    "seedance-2.0-mini/reference-to-video": FILM_2_MINI,
    "seedance-2": FILM_2,
    "seedance-2-fast": FILM_2_FAST,
    "seedance-1.0-pro": "seedance-1-0-pro-250528",
  },
  prepare: (request) => prepareJob(request, byteplus.models),
  submit,
  poll,
  callback,
  cancel,
};

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  meanings: [
    [/^Input\w*(SensitiveContent|Risk)Detect/, "policy-input"],
    [/^Output\w*(SensitiveContent|Risk)Detect/, "policy-output"],
    [/^SensitiveContentDetected/, "policy-input"],
    [/^(AccountOverdueError|QuotaExceeded|SetLimitExceeded)/, "balance"],
    [/^(ModelNotOpen|InvalidEndpointOrModel)/, "gone"],
    [/^ServerOverloaded/, "busy"],
    [/^(InvalidParameter|MissingParameter)/, "invalid"],
  ],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const job = readPrepared(prepared);
  const isFilm = job.path === FILMS;
  const media = await sendable(job.media, isFilm ? FRAME : PICTURE_TO_EDIT, context);
  const reply = await ask(context, DIALECT, {
    url: job.path,
    json: bodyOf(job, media),
    ...(isFilm ? {} : { timeoutMs: PICTURES_TIMEOUT_MS }),
  });
  return submitted(reply, (json) => {
    if (!isFilm) return picturesMade(json, context);
    return accepted(textAt(json, "id"), POLL_AFTER_MS);
  });
}

/** Pictures and sounds travel inside the body; a clip is taken by its URL only. */
async function sendable(
  media: readonly Medium[],
  pictures: InputLimits,
  context: ProviderContext,
): Promise<readonly Medium[]> {
  const ready: Medium[] = [];
  let together = 0;
  for (const medium of media) {
    if (medium.kind === "video") {
      ready.push(medium);
      continue;
    }
    const limits = medium.kind === "audio" ? SOUND : pictures;
    const input = await readInput(context, medium.url, limits);
    together += input.bytes.length;
    if (together > TOGETHER_BYTES_MAX) throw tooLarge();
    // The service names sounds by their format.
    const mediaType = input.mediaType.replace("audio/mpeg", "audio/mp3");
    ready.push({ ...medium, url: dataUrl({ ...input, mediaType }) });
  }
  return ready;
}

function tooLarge(): UpstreamFailure {
  const message = "The input files are too large together for the provider, which takes 45 MiB";
  return new UpstreamFailure(upstreamError({ code: "invalid_request", message }));
}

/** Each picture ends for itself, and only those that were made are charged. */
function picturesMade(json: Json, context: ProviderContext): SubmitOutcome | null {
  const { urls, words, meta } = readPictures(json);
  if (urls.length > 0) {
    const sources = urls.map((url) => ({ kind: "url", url }) as const);
    return { kind: "completed", production: mediaProduction("image", sources, meta) };
  }
  if (words.code === "") return null;
  return { kind: "rejected", error: { ...jobError(words, DIALECT, context), billed: "no" } };
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  return observed(await ask(context, DIALECT, { url: filmUrl(operation) }), (json) =>
    filmSeen(readFilm(json), context),
  );
}

function filmSeen(film: FilmState, context: ProviderContext): Observation | null {
  switch (film.status) {
    case "succeeded":
      return { kind: "completed", production: filmProduction(film) };
    case "failed":
    case "cancelled":
    case "expired":
      return { kind: "failed", error: jobError(wordsOf(film), DIALECT, context) };
    default:
      return underWay(film.status, PHASES, { pollAfterMs: POLL_AFTER_MS });
  }
}

/** An expired or canceled task is told without an error. */
function wordsOf({ status, words }: FilmState): FilmState["words"] {
  return words.message === "" ? { ...words, message: `The job was ${status}` } : words;
}

/** The film, and a picture of its last frame where one was asked for. */
function filmProduction({ url, lastFrame, meta }: FilmState): Production {
  if (url === null) return mediaProduction("video", [], meta);
  const film = mediaProduction("video", [{ kind: "url", url }], meta);
  if (lastFrame === null) return film;
  return {
    ...film,
    artifacts: [...film.artifacts, { source: { kind: "url", url: lastFrame }, media: "image" }],
    outputs: [...film.outputs, { kind: "media", file: 1, media: "image" }],
  };
}

/** Unsigned, so a hint: it may tell the id of a task whose submit was not answered. */
async function callback({ body }: CallbackRequest): Promise<CallbackReading> {
  const id = textAt(jsonOf(body), "id");
  const operation = id === null ? null : { id };
  return { trust: "unsigned", operation, observation: null, reply: null };
}

/** Takes back a task that waits; one that runs goes on, and is paid for. */
async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const question = { method: "DELETE", url: filmUrl(operation) } as const;
  const { response, error } = await ask(context, DIALECT, question);
  return error === null || response.status === 404 ? "canceled" : "too-late";
}

function filmUrl(operation: Json): string {
  return `${FILMS}/${encodeURIComponent(textAt(operation, "id") ?? "")}`;
}
