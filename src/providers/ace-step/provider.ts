import type { Observation, SubmitOutcome, UpstreamError } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { publicWords, refusedInput, upstreamError } from "../answer.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { pending } from "../job.ts";
import type { Preparation, Provider, ProviderContext, ProviderRequest } from "../provider.ts";
import { textAt } from "../reading.ts";
import {
  readPreparedSong,
  readSong,
  type SongWish,
  songFacts,
  songProduction,
  weightNotes,
} from "../songs.ts";
import {
  readOperation,
  readState,
  readWords,
  type SongOperation,
  type SongState,
  writeOperation,
} from "./wire.ts";

const POLL_AFTER_MS = 2_000;
/** The public model promises two songs. */
const SONGS = 2;

/** An ACE-Step server of one's own. A run costs nothing, so that a lost one is repeated. */
export const aceStep: Provider = {
  name: "ace-step",
  traits: {
    completion: ["poll"],
    resubmit: "free",
    cancel: "none",
    volatile: true,
    pollMs: { min: 500, start: POLL_AFTER_MS, max: 10_000 },
    graceMs: 0,
    softLimitMs: 1_800_000,
    resultTtlMs: 86_400_000,
  },
  models: { "generate-music": "ace-step" },
  prepare,
  submit,
  poll,
  open: (ref, context) => openResult(context, DIALECT, textAt(ref, "file") ?? ""),
};

const DIALECT: Dialect = { headers: bearer, readWords, meanings: [] };

function prepare({ input, marker, upstreamModel }: ProviderRequest): Preparation {
  if (textAt(input, "persona_id") !== null) {
    return refusedInput("persona_id is not supported by this provider");
  }
  const wish = readSong(input);
  const body = {
    ...songBody(wish),
    audio_format: "mp3",
    batch_size: SONGS,
    // The server's own model, unless a route names another.
    ...(upstreamModel === "ace-step" ? {} : { model: upstreamModel }),
  };
  const prepared = { ...songFacts(input, marker), body };
  return { kind: "ready", prepared, notes: weightNotes(input) };
}

/** An idea is worked out by the server's language model; style and lyrics are taken as they are. */
function songBody(wish: SongWish): JsonObject {
  const voice = wish.voice === null || wish.isInstrumental ? "" : `${wish.voice} vocals`;
  const without = wish.negative === "" ? "" : `without ${wish.negative}`;
  const caption = joined([wish.style, wish.isInstrumental ? wish.idea : "", voice, without]);
  if (wish.lyrics !== "") return { prompt: caption, lyrics: wish.lyrics, thinking: true };
  if (wish.isInstrumental) {
    return { prompt: caption, lyrics: "[Instrumental]", thinking: true };
  }
  return { sample_query: joined([wish.idea, wish.style, voice, without]), thinking: true };
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { body, ...song } = readPreparedSong(prepared);
  const reply = await ask(context, DIALECT, { url: "release_task", json: body });
  return submitted(reply, (json) => {
    const taskId = textAt(json, "data", "task_id");
    if (taskId === null) return null;
    const operation = { ...song, taskId, wasSeen: false, silentSinceMs: null };
    return {
      kind: "accepted",
      operation: writeOperation(operation),
      pollAfterMs: POLL_AFTER_MS,
    };
  });
}

async function poll(handle: Json, context: ProviderContext): Promise<Observation> {
  const operation = readOperation(handle);
  const question = { url: "query_result", json: { task_id_list: [operation.taskId] } };
  return observed(await ask(context, DIALECT, { ...question, timeoutMs: 30_000 }), (json) => {
    const state = readState(json, operation.taskId);
    return state === null ? null : seen(state, operation, context);
  });
}

function seen(state: SongState, operation: SongOperation, context: ProviderContext): Observation {
  switch (state.status) {
    case 0:
      if (state.items.length === 0) return silence(operation, context);
      return underWay(state, operation);
    case 1:
      return { kind: "completed", production: productionOf(state, operation) };
    case 2:
      return { kind: "failed", error: failureOf(state, context) };
    default:
      return { ...underWay(state, operation), unknownStatus: String(state.status) };
  }
}

function underWay(
  { items }: SongState,
  operation: SongOperation,
): Extract<Observation, { kind: "pending" }> {
  const parts = items.map(({ progress }) => progress ?? 0);
  const share = parts.length === 0 ? 0 : parts.reduce((sum, each) => sum + each, 0) / parts.length;
  const phase = items.length > 0 ? "running" : "queued";
  return {
    ...pending(phase, POLL_AFTER_MS, Math.round(share * 100)),
    operation: writeOperation({ ...operation, wasSeen: items.length > 0, silentSinceMs: null }),
  };
}

/** How long an empty answer may mean that the job waits for its turn. */
const SILENCE_MS = { waiting: 300_000, afterWork: 30_000 } as const;

/**
 * A job that waits and a job that was forgotten are told by the same empty list: one that had
 * begun does not wait again, and nobody waits for ever.
 */
function silence(operation: SongOperation, context: ProviderContext): Observation {
  const nowMs = context.clock.nowMs();
  const sinceMs = operation.silentSinceMs ?? nowMs;
  const limitMs = operation.wasSeen ? SILENCE_MS.afterWork : SILENCE_MS.waiting;
  if (nowMs - sinceMs >= limitMs) return { kind: "lost" };
  return {
    ...pending("queued", POLL_AFTER_MS),
    operation: writeOperation({ ...operation, silentSinceMs: sinceMs }),
  };
}

function productionOf(
  { items }: SongState,
  operation: SongOperation,
): ReturnType<typeof songProduction> {
  const { marker, title, tags, prompt } = operation;
  const songs = items.flatMap(({ file, durationS, lyrics }) => {
    if (file === null) return [];
    const source = { kind: "upstream", ref: { file } } as const;
    const ref = { task_id: operation.taskId, file };
    return [{ source, durationS, title, tags, prompt: lyrics === "" ? prompt : lyrics, ref }];
  });
  return songProduction(marker, songs, items[0]?.meta ?? null);
}

function failureOf({ items, progressText }: SongState, context: ProviderContext): UpstreamError {
  const words = items.find(({ error }) => error !== "")?.error ?? progressText;
  const message = publicWords(words, context) ?? "The song could not be made";
  return upstreamError({ code: "generation_failed", message, retry: "same-route" });
}
