import type {
  ArtifactSource,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember, upstreamError } from "../answer.ts";
import { mediaProduction, pictureLimits, readInput, stageResult } from "../carry.ts";
import { ask, type Dialect, observed, submitted } from "../dialect.ts";
import { jobError, underWay } from "../job.ts";
import type { Preparation, ProviderContext, ProviderRequest } from "../provider.ts";
import { numberAt, objectAt, textAt, textsAt } from "../reading.ts";
import { mp3Seconds, readSong, type SongWish, songProduction, weightNotes } from "../songs.ts";
import {
  DIALECT,
  type Interaction,
  type PreparedInteraction,
  readInteraction,
  readPreparedInteraction,
  readWords,
  writePreparedInteraction,
} from "./wire.ts";

// The Interactions API: films by Omni in the background, songs by Lyria in one call.

const MIB = 1024 * 1024;
const POLL_AFTER_MS = 5_000;
const PHASES = { queued: ["queued"], running: ["in_progress"] };
const SONG_TIMEOUT_MS = 600_000;
const IMAGE = pictureLimits(7);

const FILM: ReadonlySet<string> = new Set(
  (
    "prompt image_urls reference_image_urls aspect_ratio resolution duration seed sound " +
    "generate_audio mode generation_type"
  ).split(" "),
);
const RATIOS = ["auto", "16:9", "9:16"];
const RESOLUTIONS = ["360p", "720p", "1080p", "4k"];
const SECONDS_MIN = 3;
const REFERENCES_MAX = 3;

/** Maps a film's checked input to a body of `/interactions`. Pure. */
export function prepareFilm({ input, upstreamModel }: ProviderRequest): Preparation {
  const secondsMax = /omni-1\.[01]|omni-flash/.test(upstreamModel) ? 10 : 15;
  const isReference = textAt(input, "generation_type") === "reference";
  const given = textsAt(input, "image_urls");
  const frames = isReference ? [] : given;
  const references = [...textsAt(input, "reference_image_urls"), ...(isReference ? given : [])];
  const wrong = filmFault(input, secondsMax) ?? pictureFault(frames.length, references.length);
  if (wrong !== null) return refusedInput(wrong);
  const ratio = textAt(input, "aspect_ratio");
  const resolution = textAt(input, "resolution");
  const duration = numberAt(input, "duration");
  const seed = numberAt(input, "seed");
  const task = frames.length > 0 ? "image" : references.length > 0 ? "reference" : "text";
  const body: JsonObject = {
    model: upstreamModel,
    background: true,
    response_format: {
      type: "video",
      delivery: "uri",
      ...(ratio === null || ratio === "auto" ? {} : { aspect_ratio: ratio }),
      ...(resolution === null ? {} : { resolution }),
      // A protobuf duration: a bare number is refused.
      ...(duration === null ? {} : { duration: `${duration}s` }),
    },
    generation_config: {
      ...(seed === null ? {} : { seed }),
      video_config: { task: `${task}_to_video` },
    },
  };
  const images = [...frames, ...references];
  const text = textAt(input, "prompt") ?? "";
  const prepared = writePreparedInteraction({ body, text, images, song: null });
  return { kind: "ready", prepared, notes: [] };
}

function filmFault(input: JsonObject, secondsMax: number): string | null {
  const strange = strangeMember(input, FILM);
  if (strange !== null) return strange;
  const mode = textAt(input, "mode");
  if (mode !== null && mode !== "normal") return `mode ${mode} is not supported by this provider`;
  const ratio = textAt(input, "aspect_ratio");
  if (ratio !== null && !RATIOS.includes(ratio)) {
    return `aspect_ratio ${ratio} is not supported by this provider`;
  }
  const resolution = textAt(input, "resolution");
  if (resolution !== null && !RESOLUTIONS.includes(resolution)) {
    return `resolution ${resolution} is not supported by this provider`;
  }
  if (input.sound === false || input.generate_audio === false) {
    return "a film without sound is not supported by this provider";
  }
  const duration = numberAt(input, "duration");
  const fits = duration === null || (duration >= SECONDS_MIN && duration <= secondsMax);
  const makes = `${SECONDS_MIN} to ${secondsMax} seconds`;
  return fits ? null : `duration ${duration} is not supported; this provider makes ${makes}`;
}

function pictureFault(frames: number, references: number): string | null {
  if (frames > 1) return "image_urls must have one picture for this provider";
  if (frames > 0 && references > 0) {
    return "image_urls and references are not supported together by this provider";
  }
  return references > REFERENCES_MAX
    ? `reference_image_urls must have ${REFERENCES_MAX} or fewer for this provider`
    : null;
}

/** Maps a song's checked input. Pure. What the service has no member for is said in words. */
export function prepareSong({ input, marker, upstreamModel }: ProviderRequest): Preparation {
  if (textAt(input, "persona_id") !== null) {
    return refusedInput("persona_id is not supported by this provider");
  }
  const wish = readSong(input);
  const prompt = textAt(input, "prompt") ?? "";
  const song = { marker, title: wish.title, tags: wish.style, prompt, lyrics: wish.lyrics };
  const body = { model: upstreamModel };
  const text = songWords(wish);
  const prepared = writePreparedInteraction({ body, text, images: [], song });
  return { kind: "ready", prepared, notes: weightNotes(input) };
}

function songWords(wish: SongWish): string {
  const parts = [
    wish.isInstrumental ? "An instrumental without any voice." : "",
    wish.style === "" ? "" : `Style: ${wish.style}`,
    wish.idea,
    wish.voice === null || wish.isInstrumental ? "" : `Sung by a ${wish.voice} voice.`,
    wish.negative === "" ? "" : `Without: ${wish.negative}`,
    wish.lyrics === "" ? "" : `Lyrics, to be sung as they are:\n${wish.lyrics}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Starts an interaction; one that answers with its result at once is read like a poll. */
export async function submitInteraction(
  prepared: Json,
  context: ProviderContext,
): Promise<SubmitOutcome> {
  const wish = readPreparedInteraction(prepared);
  const reply = await ask(context, INTERACTIONS, {
    url: "interactions",
    json: { ...wish.body, input: await inputOf(wish, context) },
    ...(wish.song === null ? {} : { timeoutMs: SONG_TIMEOUT_MS }),
    bytesMax: 128 * MIB,
  });
  return submitted(reply, async (json) => {
    const interaction = readInteraction(json);
    if (interaction.id === null) return null;
    const operation: Json = {
      id: interaction.id,
      song: wish.song === null ? null : { ...wish.song },
    };
    const seen = await interactionSeen(interaction, operation, context);
    switch (seen?.kind) {
      case "completed":
        return seen;
      case "failed":
        return { kind: "rejected", error: seen.error };
      case "pending":
        return { kind: "accepted", operation, pollAfterMs: seen.pollAfterMs };
      default:
        return null;
    }
  });
}

/** A customer's pictures travel inside the body, before the words. */
async function inputOf(
  { text, images }: PreparedInteraction,
  context: ProviderContext,
): Promise<Json> {
  if (images.length === 0) return text;
  const parts: JsonObject[] = [];
  for (const url of images) {
    const { bytes, mediaType } = await readInput(context, url, IMAGE);
    const data = Buffer.from(bytes).toString("base64");
    parts.push({ type: "image", data, mime_type: mediaType });
  }
  return [...parts, { type: "text", text }];
}

/** An id that is not known is told as a wrong argument, not as something absent. */
const UNKNOWN_ID = /invalid interaction name/i;

const INTERACTIONS: Dialect = {
  ...DIALECT,
  meanings: [
    [/^(IMAGE_)?(SAFETY|PROHIBITED_CONTENT|BLOCKLIST|SPII)\b/i, "policy-input"],
    [/\bblocked\b[^.]*\b(safety|polic)/i, "policy-input"],
    ...DIALECT.meanings,
  ],
};

/** Asks for the state of an interaction. */
export async function pollInteraction(
  operation: Json,
  context: ProviderContext,
): Promise<Observation> {
  const url = interactionUrl(operation);
  const reply = await ask(context, INTERACTIONS, { url, bytesMax: 128 * MIB, timeoutMs: 60_000 });
  if (reply.response.status === 400 && UNKNOWN_ID.test(readWords(reply.json).message)) {
    return { kind: "lost" };
  }
  return observed(reply, (json) => interactionSeen(readInteraction(json), operation, context));
}

function interactionUrl(operation: Json): string {
  return `interactions/${encodeURIComponent(textAt(operation, "id") ?? "")}`;
}

async function interactionSeen(
  interaction: Interaction,
  operation: Json,
  context: ProviderContext,
): Promise<Extract<Observation, { kind: "pending" | "completed" | "failed" }> | null> {
  const { status, words } = interaction;
  switch (status) {
    case "completed":
      return completedWith(interaction, operation, context);
    case "failed":
    case "cancelled":
    case "incomplete":
    case "budget_exceeded":
    // Nobody acts on it: what was asked for needs no tools.
    case "requires_action": {
      const message = words.message === "" ? `The job ended as ${status}` : words.message;
      return { kind: "failed", error: jobError({ ...words, message }, INTERACTIONS, context) };
    }
    default:
      return underWay(status, PHASES, { pollAfterMs: POLL_AFTER_MS });
  }
}

async function completedWith(
  { media, text, tokens, meta }: Interaction,
  operation: Json,
  context: ProviderContext,
): Promise<Extract<Observation, { kind: "completed" | "failed" }> | null> {
  const song = objectAt(operation, "song");
  const kind = textAt(song, "marker") === null ? "video" : "audio";
  const found = media.find((each) => each.kind === kind);
  if (found === undefined) return { kind: "failed", error: absence(tokens.includes(kind)) };
  const source: ArtifactSource | null =
    found.uri === null
      ? await stageResult(context, found.bytes, kind)
      : { kind: "upstream", ref: { url: fileUrl(found.uri) } };
  if (source === null) return null;
  if (kind === "video") {
    return { kind: "completed", production: mediaProduction("video", [source], meta) };
  }
  const [title, tags] = [textAt(song, "title") ?? "", textAt(song, "tags") ?? ""];
  // Words that it wrote itself come beside the sound.
  const isWritten = textAt(song, "lyrics") === null && text !== "";
  const prompt = isWritten ? text : (textAt(song, "prompt") ?? "");
  const durationS = mp3Seconds(found.bytes);
  const songs = [{ source, durationS, title, tags, prompt, ref: null }];
  return {
    kind: "completed",
    production: songProduction(textAt(song, "marker") ?? "", songs, meta),
  };
}

/** A refusal of content comes as a success with words alone. */
function absence(wasMade: boolean): UpstreamError {
  if (wasMade) {
    const message = "The provider's answer does not hold the result that it tells of";
    return upstreamError({ code: "generation_failed", message, billed: "yes" });
  }
  const message = "The provider refuses the content";
  const error = upstreamError({ code: "content_policy", message, billed: "unknown" });
  return { ...error, stage: "output" };
}

/** A file is asked for at the account's own host, whatever host the answer names. */
function fileUrl(uri: string): string {
  const path = /^https?:\/\/[^/]+\/v1(?:beta)?\/(files\/[^?#]+)/.exec(uri)?.[1];
  return path === undefined ? uri : `${path}?alt=media`;
}

/** Asks to stop; what is not known any more needs no stopping. */
export async function cancelInteraction(
  operation: Json,
  context: ProviderContext,
): Promise<"canceled" | "too-late"> {
  const url = `${interactionUrl(operation)}/cancel`;
  const { response, json, error } = await ask(context, INTERACTIONS, { method: "POST", url });
  const isGone = response.status === 404 || UNKNOWN_ID.test(readWords(json).message);
  return error === null || isGone ? "canceled" : "too-late";
}
