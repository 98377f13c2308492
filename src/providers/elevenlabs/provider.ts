import type { SubmitOutcome } from "../../core/outcome.ts";
import { blockingTraits } from "../../core/traits.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { failedSubmit, garbledSubmit, refusedInput } from "../answer.ts";
import { stageResult } from "../carry.ts";
import { ask, type Dialect } from "../dialect.ts";
import type { Preparation, Provider, ProviderContext, ProviderRequest } from "../provider.ts";
import { textAt } from "../reading.ts";
import {
  mp3Seconds,
  readPreparedSong,
  readSong,
  type SongWish,
  songFacts,
  songProduction,
  soundOf,
  weightNotes,
} from "../songs.ts";
import { planSong } from "./plan.ts";
import { readWords } from "./wire.ts";

const TIMEOUT_MS = 600_000;
const BYTES_MAX = 64 * 1024 * 1024;
const FORMAT = "mp3_44100_128";
const PROMPT_LENGTH_MAX = 4_100;

const DIALECT: Dialect = {
  headers: ({ secret }) => ({ "xi-api-key": secret.key ?? "" }),
  readWords,
  meanings: [
    // The suggestion that comes with it is another song: never taken up by itself.
    [/^bad_(prompt|composition_plan):/, "policy-input"],
    [/^quota_exceeded:/, "balance"],
    [/^(too_many_concurrent_requests|concurrent_limit_exceeded|system_busy):/, "busy"],
  ],
};

/** ElevenLabs Music: one blocking call gives the bytes of one song. */
export const elevenlabs: Provider = {
  name: "elevenlabs",
  traits: blockingTraits(900_000),
  models: { "generate-music": "music_v2_5" },
  prepare,
  submit,
};

function prepare({ input, marker, upstreamModel }: ProviderRequest): Preparation {
  const wish = readSong(input);
  const persona = textAt(input, "persona_id");
  if (persona !== null) return refusedInput("persona_id is not supported by this provider");
  const request = wish.lyrics === "" ? promptBody(wish) : planBody(wish);
  if (typeof request === "string") return refusedInput(request);
  const body = { model_id: upstreamModel, ...request };
  const prepared = { ...songFacts(input, marker), body };
  return { kind: "ready", prepared, notes: weightNotes(input) };
}

function planBody(wish: SongWish): JsonObject | string {
  const plan = planSong(wish);
  return plan === null
    ? "prompt is too long for a song of this provider, which lasts 10 minutes at most"
    : { composition_plan: plan };
}

function promptBody(wish: SongWish): JsonObject | string {
  const prompt = soundOf(wish);
  if (prompt.length > PROMPT_LENGTH_MAX) {
    return `prompt and style must be ${PROMPT_LENGTH_MAX} characters or fewer for this provider`;
  }
  return { prompt, force_instrumental: wish.isInstrumental };
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const song = readPreparedSong(prepared);
  const { response, error } = await ask(context, DIALECT, {
    url: `v1/music?output_format=${FORMAT}`,
    json: song.body,
    timeoutMs: TIMEOUT_MS,
    bytesMax: BYTES_MAX,
  });
  if (error !== null) return failedSubmit(response, error);
  const source = await stageResult(context, response.body, "audio");
  if (source === null) return garbledSubmit();
  const { title, tags, prompt } = song;
  const durationS = mp3Seconds(response.body);
  const songs = [{ source, durationS, title, tags, prompt, ref: null }];
  const meta = { song_id: response.headers.get("song-id") };
  return { kind: "completed", production: songProduction(song.marker, songs, meta) };
}
