import type { SubmitOutcome, UpstreamError } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { id3Length, mp3Frame } from "../../lib/media-type.ts";
import {
  ACCOUNT,
  errorOfStatus,
  failedSubmit,
  garbledSubmit,
  publicWords,
  upstreamError,
} from "../answer.ts";
import { stageResult } from "../carry.ts";
import type {
  Preparation,
  Provider,
  ProviderContext,
  ProviderRequest,
  UpstreamResponse,
} from "../provider.ts";
import { jsonOf, textAt } from "../reading.ts";
import { readSong, type SongWish, songProduction } from "../songs.ts";
import { planSong } from "./plan.ts";
import { readPrepared, readWords, writePrepared } from "./wire.ts";

const TIMEOUT_MS = 600_000;
const BYTES_MAX = 64 * 1024 * 1024;
const FORMAT = "mp3_44100_128";
const PROMPT_LENGTH_MAX = 4_100;

/** ElevenLabs Music: one blocking call gives the bytes of one song. */
export const elevenlabs: Provider = {
  name: "elevenlabs",
  traits: {
    completion: ["immediate"],
    resubmit: "blind",
    cancel: "none",
    volatile: false,
    pollMs: { min: 1_000, start: 1_000, max: 1_000 },
    graceMs: 0,
    softLimitMs: 900_000,
    resultTtlMs: null,
  },
  models: { "generate-music": "music_v2_5" },
  prepare,
  submit,
};

function prepare({ input, marker, upstreamModel }: ProviderRequest): Preparation {
  const wish = readSong(input);
  const persona = textAt(input, "persona_id");
  if (persona !== null) return refused("persona_id is not supported by this provider");
  const request = wish.lyrics === "" ? promptBody(wish) : planBody(wish);
  if (typeof request === "string") return refused(request);
  const body = { model_id: upstreamModel, ...request };
  const { title, style: tags } = wish;
  const prompt = textAt(input, "prompt") ?? "";
  const prepared = writePrepared({ marker, body, title, tags, prompt });
  return { kind: "ready", prepared, notes: notesOf(input) };
}

function planBody(wish: SongWish): JsonObject | string {
  const plan = planSong(wish);
  return plan === null
    ? "prompt is too long for a song of this provider, which lasts 10 minutes at most"
    : { composition_plan: plan };
}

function promptBody(wish: SongWish): JsonObject | string {
  const parts = [
    wish.style,
    wish.idea,
    wish.voice === null || wish.isInstrumental ? "" : `${wish.voice} vocals`,
    wish.negative === "" ? "" : `Without: ${wish.negative}`,
  ];
  const prompt = parts.filter((part) => part !== "").join(". ");
  if (prompt.length > PROMPT_LENGTH_MAX) {
    return `prompt and style must be ${PROMPT_LENGTH_MAX} characters or fewer for this provider`;
  }
  return { prompt, force_instrumental: wish.isInstrumental };
}

const WEIGHTS = ["style_weight", "weirdness_constraint", "audio_weight"] as const;

/** Hints that the upstream has no place for; the song is made without them. */
function notesOf(input: JsonObject): readonly string[] {
  return WEIGHTS.filter((name) => input[name] !== undefined).map(
    (name) => `${name} has no equivalent and is left out`,
  );
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const song = readPrepared(prepared);
  const answer = await context.request({
    method: "POST",
    url: `v1/music?output_format=${FORMAT}`,
    headers: {
      "xi-api-key": context.account.secret.key ?? "",
      "content-type": "application/json",
    },
    body: JSON.stringify(song.body),
    timeoutMs: TIMEOUT_MS,
    bytesMax: BYTES_MAX,
  });
  if (answer.status !== 200) return failedSubmit(answer, errorOf(answer, context));
  const source = await stageResult(context, answer.body, "audio");
  if (source === null) return garbledSubmit();
  const { title, tags, prompt } = song;
  const durationS = secondsOf(answer.body);
  const songs = [{ source, durationS, title, tags, prompt, ref: null }];
  const meta = { song_id: answer.headers.get("song-id") };
  return { kind: "completed", production: songProduction(song.marker, songs, meta) };
}

/** Seconds of an MP3 of constant bit rate, which is what is asked for. */
function secondsOf(body: Uint8Array): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const start = id3Length(bytes) ?? 0;
  const frame = mp3Frame(bytes, start);
  if (frame === null) return 0;
  return Math.round(((bytes.length - start) * 8 * 100) / frame.bitsPerS) / 100;
}

const BUSY = /^(too_many_concurrent_requests|concurrent_limit_exceeded|system_busy)$/;

function errorOf(answer: UpstreamResponse, context: ProviderContext): UpstreamError {
  const words = readWords(jsonOf(answer.body));
  if (words.code === "bad_prompt" || words.code === "bad_composition_plan") {
    // The suggestion that comes with it is another song: never taken up by itself.
    const message = publicWords(words.message, context) ?? "The provider refuses the content";
    return { ...upstreamError({ code: "content_policy", message }), stage: "input" };
  }
  if (words.code === "quota_exceeded") {
    return upstreamError({ ...ACCOUNT.quota_exhausted, retry: "other-route" });
  }
  const error = errorOfStatus(answer, words, context);
  if (answer.status !== 429 || !BUSY.test(words.code)) return error;
  return { ...error, code: "concurrency_limited" };
}

function refused(message: string): Preparation {
  const error = upstreamError({ code: "unsupported_parameter", message, retry: "other-route" });
  return { kind: "refused", error };
}
