import type { JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import type { FilePlace } from "../body-files.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { hiddenFile } from "../reach.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { readSong, songFacts, soundOf, weightNotes } from "../songs.ts";
import { type JobKind, writePrepared } from "./wire.ts";

type Prepare = (request: ProviderRequest) => Preparation;

const PREPARES: readonly (readonly [model: RegExp, prepare: Prepare])[] = [
  [/^MiniMax-Hailuo-/, prepareHailuo],
  [/^MiniMax-H3/, prepareH3],
  [/^music-cover/, (request) => prepareSong(request, "cover")],
  [/^music-/, (request) => prepareSong(request, "song")],
  [/^lyrics_generation$/, prepareLyrics],
];

/** Maps a checked input to the body of the endpoint that the model is served by. Pure. */
export function prepareMinimax(request: ProviderRequest): Preparation {
  const prepare = PREPARES.find(([model]) => model.test(request.upstreamModel))?.[1];
  if (prepare !== undefined) return prepare(request);
  return refusedInput(`upstream_model ${request.upstreamModel} is not known to this provider`);
}

const HAILUO: ReadonlySet<string> = new Set(
  "prompt image_urls start_image_url end_image_url duration resolution prompt_optimizer".split(" "),
);
const PROMPT_LENGTH_MAX = 2_000;

function prepareHailuo({ input, upstreamModel, callbackUrl }: ProviderRequest): Preparation {
  const film = {
    duration: numberAt(input, "duration") ?? 6,
    resolution: (textAt(input, "resolution") ?? "768P").toUpperCase(),
    first: textAt(input, "start_image_url") ?? textsAt(input, "image_urls")[0] ?? null,
    last: textAt(input, "end_image_url"),
  };
  const wrong =
    strangeMember(input, HAILUO) ??
    promptFault(input) ??
    pictureFault(input, 1, "one picture") ??
    hailuoFault(film);
  if (wrong !== null) return refusedInput(wrong);
  const body = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    duration: film.duration,
    resolution: film.resolution,
    ...(typeof input.prompt_optimizer === "boolean"
      ? { prompt_optimizer: input.prompt_optimizer }
      : {}),
    ...(callbackUrl === null ? {} : { callback_url: callbackUrl }),
  };
  const files: readonly FilePlace[] = [
    ...(film.first === null ? [] : [{ path: ["first_frame_image"], url: film.first }]),
    ...(film.last === null ? [] : [{ path: ["last_frame_image"], url: film.last }]),
  ];
  return { kind: "ready", prepared: writePrepared({ kind: "hailuo", body, files }), notes: [] };
}

function hailuoFault(film: {
  readonly duration: number;
  readonly resolution: string;
  readonly first: string | null;
  readonly last: string | null;
}): string | null {
  const { duration, resolution, first, last } = film;
  if (!["512P", "768P", "1080P"].includes(resolution)) {
    return `resolution ${resolution} is not supported by this provider`;
  }
  if (duration !== 6 && duration !== 10) {
    return `duration ${duration} is not supported; this provider makes 6 or 10 seconds`;
  }
  if (resolution === "1080P" && duration !== 6) {
    return `duration ${duration} is not supported at 1080P; this provider makes 6 seconds`;
  }
  if (resolution === "512P" && first === null) {
    return "resolution 512P is supported by this provider with image_urls only";
  }
  return resolution === "512P" && last !== null
    ? "end_image_url is not supported at 512P by this provider"
    : null;
}

const H3: ReadonlySet<string> = new Set(
  (
    "prompt image_urls reference_image_urls reference_video_urls reference_audio_urls " +
    "aspect_ratio duration resolution"
  ).split(" "),
);
const H3_RATIO = "16:9";

/** Something that a film is made from, and what it is for. */
interface Medium {
  readonly type: "image_url" | "audio_url" | "video_url";
  readonly role: string;
  readonly url: string;
}

function prepareH3({ input, upstreamModel, callbackUrl }: ProviderRequest): Preparation {
  const wrong =
    strangeMember(input, H3) ?? hiddenFile(input, ["reference_video_urls"]) ?? h3Fault(input);
  if (wrong !== null) return refusedInput(wrong);
  const frames = textsAt(input, "image_urls");
  const inside: readonly Medium[] = [
    ...frames.map((url, index) => frameOf(url, index)),
    ...mediaOf(input, { name: "reference_image_urls", type: "image_url", role: "reference_image" }),
    ...mediaOf(input, { name: "reference_audio_urls", type: "audio_url", role: "reference_audio" }),
  ];
  // Clips are too large for a body: the service fetches them.
  const rest = {
    name: "reference_video_urls",
    type: "video_url",
    role: "reference_video",
  } as const;
  const clips = mediaOf(input, rest);
  const isText = inside.length + clips.length === 0;
  const asked = textAt(input, "aspect_ratio");
  // From text alone it has to be told one; a frame decides it without a word.
  const ratio = frames.length > 0 ? null : (asked ?? (isText ? H3_RATIO : null));
  const body = {
    model: upstreamModel,
    content: [
      { type: "text", text: textAt(input, "prompt") ?? "" },
      ...inside.map(({ type, role }) => ({ type, [type]: { url: "" }, role })),
      ...clips.map(({ type, role, url }) => ({ type, [type]: { url }, role })),
    ],
    duration: numberAt(input, "duration") ?? 5,
    resolution: textAt(input, "resolution") ?? "2K",
    ...(ratio === null ? {} : { ratio }),
    ...(callbackUrl === null ? {} : { callback_url: `${callbackUrl}?api=v2` }),
  };
  const files = inside.map(({ type, url }, index) => {
    return { path: ["content", index + 1, type, "url"], url };
  });
  const notes = [
    ...(isText && asked === null ? [`aspect_ratio is ${H3_RATIO} unless said`] : []),
    ...(frames.length > 0 && asked !== null ? ["aspect_ratio follows the first picture"] : []),
  ];
  return { kind: "ready", prepared: writePrepared({ kind: "h3", body, files }), notes };
}

function h3Fault(input: JsonObject): string | null {
  const seconds = numberAt(input, "duration") ?? 5;
  if (seconds < 5 || seconds > 15) {
    return `duration ${seconds} is not supported; this provider makes 5 to 15 seconds`;
  }
  const resolution = textAt(input, "resolution") ?? "2K";
  return /^(2k|768p)$/i.test(resolution)
    ? pictureFault(input, 2, "two frames")
    : `resolution ${resolution} is not supported by this provider`;
}

function pictureFault(input: JsonObject, max: number, words: string): string | null {
  return textsAt(input, "image_urls").length > max
    ? `image_urls must have ${words} at most for this provider`
    : null;
}

function frameOf(url: string, index: number): Medium {
  return { type: "image_url", role: index === 0 ? "first_frame" : "last_frame", url };
}

function mediaOf(
  input: JsonObject,
  { name, type, role }: Pick<Medium, "type" | "role"> & { readonly name: string },
): readonly Medium[] {
  return textsAt(input, name).map((url) => ({ type, role, url }));
}

const LYRICS_LENGTH_MAX = 3_500;
const COVER_LENGTH = { min: 10, max: 300 } as const;

/** A song from an idea or from lyrics, or a recording in another style. */
function prepareSong(request: ProviderRequest, kind: JobKind & ("song" | "cover")): Preparation {
  const { input, marker, upstreamModel } = request;
  const wish = readSong(input);
  const sound = soundOf(wish);
  const wrong = kind === "cover" ? coverFault(input, sound) : songFault(sound);
  if (wrong !== null) return refusedInput(wrong);
  if (textAt(input, "persona_id") !== null) {
    return refusedInput("persona_id is not supported by this provider");
  }
  if (wish.lyrics.length > LYRICS_LENGTH_MAX) {
    return refusedInput(
      `prompt must be ${LYRICS_LENGTH_MAX} characters or fewer as lyrics for this provider`,
    );
  }
  const needsWords = kind === "song" && !wish.isInstrumental && wish.lyrics === "";
  const body = {
    model: upstreamModel,
    prompt: sound,
    ...(wish.lyrics === "" ? {} : { lyrics: wish.lyrics }),
    ...(wish.isInstrumental ? { is_instrumental: true } : {}),
    // Without it a song from an idea has no words to sing.
    ...(needsWords ? { lyrics_optimizer: true } : {}),
    output_format: "url",
    audio_setting: { sample_rate: 44_100, bitrate: 256_000, format: "mp3" },
  };
  const upload = textAt(input, "upload_url");
  const files = upload === null ? [] : [{ path: ["audio_base64"], url: upload }];
  const prepared = writePrepared({ kind, body, files }, songFacts(input, marker));
  return { kind: "ready", prepared, notes: weightNotes(input) };
}

function songFault(sound: string): string | null {
  return sound.length > PROMPT_LENGTH_MAX
    ? `prompt and style must be ${PROMPT_LENGTH_MAX} characters or fewer for this provider`
    : null;
}

function coverFault(input: JsonObject, sound: string): string | null {
  if (input.instrumental === true) {
    return "instrumental is not supported for covers by this provider";
  }
  const { min, max } = COVER_LENGTH;
  return sound.length < min || sound.length > max
    ? `prompt and style must have ${min} to ${max} characters for a cover by this provider`
    : null;
}

function prepareLyrics({ input }: ProviderRequest): Preparation {
  const wrong = strangeMember(input, new Set(["prompt"])) ?? promptFault(input);
  if (wrong !== null) return refusedInput(wrong);
  const body = { mode: "write_full_song", prompt: textAt(input, "prompt") ?? "" };
  return { kind: "ready", prepared: writePrepared({ kind: "lyrics", body, files: [] }), notes: [] };
}

function promptFault(input: JsonObject): string | null {
  return (textAt(input, "prompt") ?? "").length > PROMPT_LENGTH_MAX
    ? `prompt must be ${PROMPT_LENGTH_MAX} characters or fewer for this provider`
    : null;
}
