import type { Observation, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { codeStatus } from "../answer.ts";
import { linkSource, mediaProduction } from "../carry.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { accepted, jobError, pending, underWay } from "../job.ts";
import type { OwnServerOptions } from "../own-server.ts";
import type { CallbackReading, CallbackRequest, Provider, ProviderContext } from "../provider.ts";
import { at, jsonOf, textAt } from "../reading.ts";
import { songProduction } from "../songs.ts";
import { prepareKie } from "./prepare.ts";
import {
  type FilmState,
  readFilm,
  readPrepared,
  readSongs,
  readWords,
  type SongsState,
} from "./wire.ts";

const POLL_AFTER_MS = 5_000;
const PHASES = { queued: ["waiting", "queuing"], running: ["generating"] };

/**
 * Resellers such as kie.ai and sunoapi.org. Unofficial: their access is not their makers' word, so
 * that nothing goes there unless the operator names the model.
 */
export function kieProvider({ models, media }: OwnServerOptions): Provider {
  return {
    name: "kie",
    unofficial: true,
    traits: {
      ...PLAIN_JOBS,
      completion: ["poll", "callback"],
      // So long a callback has to name the job of a submit that was not answered.
      graceMs: 60_000,
      pollMs: { min: 2_000, start: POLL_AFTER_MS, max: 15_000 },
      softLimitMs: 1_800_000,
      resultTtlMs: 14 * 86_400_000,
    },
    models,
    prepare: (request) => prepareKie(request, media[request.model] ?? "image"),
    submit,
    poll,
    callback,
    open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
  };
}

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  // Most refusals come inside an HTTP 200.
  statusOf: codeStatus,
  meanings: [
    [/^455:/, "down"],
    [/^430:/, "rate"],
    [/credit|balance/i, "balance", 429],
    [/sensitive|moderat|policy|violat/i, "policy-input"],
  ],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { url, kind, body } = readPrepared(prepared);
  return submitted(await ask(context, DIALECT, { url, json: body }), (json) =>
    accepted(textAt(json, "data", "taskId"), POLL_AFTER_MS, { kind }),
  );
}

/** What is said of a job that is not known there, and by which statuses. */
const GONE = /not (exist|found)|is null/i;
const GONE_STATUSES: ReadonlySet<number> = new Set([400, 404, 422]);

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const isSong = textAt(operation, "kind") === "songs";
  const path = isSong ? "generate/record-info" : "jobs/recordInfo";
  const id = textAt(operation, "id") ?? "";
  const url = `api/v1/${path}?taskId=${encodeURIComponent(id)}`;
  const reply = await ask(context, DIALECT, { url });
  const isAbsence = GONE_STATUSES.has(reply.response.status);
  if (isAbsence && GONE.test(readWords(reply.json).message)) return { kind: "lost" };
  return observed(reply, (json) => {
    if (at(json, "data") === undefined) return null;
    if (at(json, "data") === null) return { kind: "lost" };
    if (isSong) return songsSeen(readSongs(json), { id, context });
    return filmSeen(readFilm(json), context);
  });
}

function filmSeen(film: FilmState, context: ProviderContext): Observation | null {
  switch (film.state) {
    case "success": {
      const sources = film.urls.map((url) => linkSource(url, context));
      return { kind: "completed", production: mediaProduction("video", sources, film.meta) };
    }
    case "fail":
      return { kind: "failed", error: jobError(film.words, DIALECT, context) };
    default:
      return underWay(film.state, PHASES, { pollAfterMs: POLL_AFTER_MS });
  }
}

const STAGES: Readonly<Record<string, number>> = { TEXT_SUCCESS: 30, FIRST_SUCCESS: 70 };
const FAILURES: ReadonlySet<string> = new Set([
  "CREATE_TASK_FAILED",
  "GENERATE_AUDIO_FAILED",
  "SENSITIVE_WORD_ERROR",
]);

function songsSeen(
  { status, songs, words }: SongsState,
  { id, context }: { readonly id: string; readonly context: ProviderContext },
): Observation | null {
  if (status === null) return null;
  // That its callback did not reach us says nothing about the songs.
  const isMade = songs.length > 0 && status === "CALLBACK_EXCEPTION";
  if (status === "SUCCESS" || isMade) {
    const tracks = songs.map(({ url, imageUrl, ...song }) => ({
      ...song,
      source: linkSource(url, context),
      ...(imageUrl === null ? {} : { image: linkSource(imageUrl, context) }),
    }));
    return { kind: "completed", production: songProduction(`kie:${id}`, tracks, null) };
  }
  if (FAILURES.has(status) || status === "CALLBACK_EXCEPTION") {
    const told = { code: "", message: words.message };
    const isRefused = status === "SENSITIVE_WORD_ERROR";
    return { kind: "failed", error: jobError(isRefused ? SENSITIVE : told, DIALECT, context) };
  }
  if (status === "PENDING") return pending("queued", POLL_AFTER_MS);
  const progress = STAGES[status];
  const going = pending("running", POLL_AFTER_MS, progress ?? null);
  return progress === undefined ? { ...going, unknownStatus: status.slice(0, 100) } : going;
}

const SENSITIVE = { code: "", message: "The provider refuses a sensitive word" } as const;

/**
 * Nothing in it can be trusted: one reseller signs the id alone, the other nothing. It may tell
 * the id of a job whose submit was not answered; its state is always asked for.
 */
async function callback({ body }: CallbackRequest): Promise<CallbackReading> {
  const json = jsonOf(body);
  const isOf = (name: string): boolean => textAt(json, "data", name) !== null;
  const song = isOf("callbackType") ? textAt(json, "data", "task_id") : null;
  const film = isOf("state") ? textAt(json, "data", "taskId") : null;
  const id = song ?? film;
  const kind = song === null ? "film" : "songs";
  const operation = id === null ? null : { id, kind };
  return { trust: "unsigned", operation, observation: null, reply: null };
}
