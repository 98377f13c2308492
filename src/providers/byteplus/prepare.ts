import type { Json, JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { hiddenFile } from "../reach.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { FILMS, type Medium, PICTURES, writePrepared } from "./wire.ts";

/** What one picture model takes. */
interface PictureLimits {
  readonly tiers: readonly string[];
  /** The tier of a ratio alone. */
  readonly tier: string;
  /** Width times height. */
  readonly pixelsMin: number;
  readonly pixelsMax: number;
  readonly referencesMax: number;
  /** Whether one request can make several. */
  readonly isBatch: boolean;
  readonly hasFormats: boolean;
}

/** What one film model takes. */
interface FilmLimits {
  readonly secondsMin: number;
  readonly secondsMax: number;
  readonly resolutions: readonly string[];
  readonly framesMax: number;
  /** How many pictures, clips and sounds it refers to. */
  readonly references: readonly [images: number, videos: number, audios: number];
  /** The generation decides over sound, seed, a camera that stands still and the web. */
  readonly generation: "1.0" | "1.5" | "2.0" | "2.5";
}

const SMALL = 1_280 * 720;
const LARGE = 2_560 * 1_440;
const BATCH: PictureLimits = {
  tiers: ["2K", "4K"],
  tier: "2K",
  pixelsMin: LARGE,
  pixelsMax: 4_096 * 4_096,
  referencesMax: 14,
  isBatch: true,
  hasFormats: false,
};
const PRO: PictureLimits = {
  tiers: ["1K", "2K"],
  tier: "1K",
  pixelsMin: SMALL,
  pixelsMax: 4_624_220,
  referencesMax: 10,
  isBatch: false,
  hasFormats: true,
};

/** By a part of the model's name: its beginning and its date differ between regions. */
const PICTURE_MODELS: readonly (readonly [string, PictureLimits])[] = [
  ["seedream-5-0-pro", PRO],
  ["seedream-5-0", { ...BATCH, tiers: ["2K", "3K", "4K"], hasFormats: true }],
  ["seedream-4-5", BATCH],
  ["seedream-4-0", { ...BATCH, tiers: ["1K", "2K", "4K"], pixelsMin: SMALL }],
];

const HD = ["480p", "720p"];
const FULL_HD = [...HD, "1080p"];
const SECOND: FilmLimits = {
  secondsMin: 4,
  secondsMax: 15,
  resolutions: HD,
  framesMax: 2,
  references: [9, 3, 3],
  generation: "2.0",
};
const FIRST: FilmLimits = {
  secondsMin: 2,
  secondsMax: 12,
  resolutions: FULL_HD,
  framesMax: 2,
  references: [0, 0, 0],
  generation: "1.0",
};
const LATEST: FilmLimits = {
  ...SECOND,
  secondsMax: 30,
  resolutions: FULL_HD,
  references: [30, 10, 10],
  generation: "2.5",
};

const FILM_MODELS: readonly (readonly [string, FilmLimits])[] = [
  ["seedance-2-5", LATEST],
  ["seedance-2-0-fast", SECOND],
  ["seedance-2-0-mini", SECOND],
  ["seedance-2-0", { ...SECOND, resolutions: [...FULL_HD, "4k"] }],
  ["seedance-1-5-pro", { ...FIRST, secondsMin: 4, generation: "1.5" }],
  ["seedance-1-0-pro-fast", { ...FIRST, framesMax: 1 }],
  ["seedance-1-0-pro", FIRST],
];

/**
 * Maps a checked input to a body of the pictures or of the film tasks. Pure. An endpoint of the
 * account's own (`ep-…`) has the limits of the model that serves the public one by default.
 */
export function prepareJob(
  request: ProviderRequest,
  models: Readonly<Record<string, string>>,
): Preparation {
  const names = [request.upstreamModel, models[request.model] ?? ""];
  const picture = limitsOf(PICTURE_MODELS, names);
  if (picture !== null) return preparePicture(request, picture);
  const film = limitsOf(FILM_MODELS, names);
  if (film !== null) return prepareFilm(request, film);
  return refusedInput(`The model ${request.upstreamModel} is not known to this provider`);
}

function limitsOf<Limits>(
  known: readonly (readonly [string, Limits])[],
  names: readonly string[],
): Limits | null {
  for (const name of names) {
    const found = known.find(([part]) => name.includes(part));
    if (found !== undefined) return found[1];
  }
  return null;
}

const PICTURE: ReadonlySet<string> = new Set(
  "prompt image_urls size resolution n output_format enable_safety_checker".split(" "),
);
/** Pictures in and out of one request together. */
const TOGETHER_MAX = 15;

function preparePicture(
  { input, upstreamModel }: ProviderRequest,
  limits: PictureLimits,
): Preparation {
  const images = textsAt(input, "image_urls");
  const count = numberAt(input, "n") ?? 1;
  const format = textAt(input, "output_format");
  const size = sizeOf(input, limits);
  const wrong = pictureFault(input, limits);
  if (wrong !== null) return refusedInput(wrong);
  if (size === null) {
    const given = typeof input.size === "string" ? input.size : JSON.stringify(input.size);
    return refusedInput(`size ${given} is not supported by this provider`);
  }
  const body = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    size,
    response_format: "url",
    watermark: false,
    ...(format === null ? {} : { output_format: format }),
    ...(count === 1
      ? {}
      : {
          sequential_image_generation: "auto",
          sequential_image_generation_options: { max_images: count },
        }),
  };
  const media = images.map((url): Medium => ({ kind: "image", role: "", url }));
  return { kind: "ready", prepared: writePrepared({ path: PICTURES, body, media }), notes: [] };
}

function pictureFault(input: JsonObject, limits: PictureLimits): string | null {
  const strange = strangeMember(input, PICTURE);
  if (strange !== null) return strange;
  if (input.enable_safety_checker === false) {
    return "enable_safety_checker cannot be switched off at this provider";
  }
  const tier = textAt(input, "resolution");
  if (tier !== null && !limits.tiers.includes(tier)) {
    return `resolution ${tier} is not supported by this provider`;
  }
  const format = textAt(input, "output_format");
  if (format !== null && !(limits.hasFormats && /^(png|jpeg)$/.test(format))) {
    return `output_format ${format} is not supported by this provider`;
  }
  const count = numberAt(input, "n") ?? 1;
  const images = textsAt(input, "image_urls").length;
  if (count > 1 && !limits.isBatch) return "n must be 1 for this provider";
  if (images > limits.referencesMax) {
    return `image_urls must have ${limits.referencesMax} or fewer for this provider`;
  }
  return limits.isBatch && images + count > TOGETHER_MAX
    ? `n and the number of image_urls must be ${TOGETHER_MAX} or fewer together for this provider`
    : null;
}

/** Width and height of a ratio at 2K; the other tiers are multiples of it. */
const SIDES: Readonly<Record<string, readonly [width: number, height: number]>> = {
  "1:1": [2_048, 2_048],
  "4:3": [2_304, 1_728],
  "3:4": [1_728, 2_304],
  "16:9": [2_560, 1_440],
  "9:16": [1_440, 2_560],
  "3:2": [2_496, 1_664],
  "2:3": [1_664, 2_496],
  "21:9": [3_024, 1_296],
};
const SCALES: Readonly<Record<string, number>> = { "1K": 0.5, "2K": 1, "3K": 1.5, "4K": 2 };
const LONGEST = 16;

/** A tier whose ratio the prompt describes, or pixels as `2048x2048`; `null` when impossible. */
function sizeOf(input: JsonObject, limits: PictureLimits): string | null {
  const size = textAt(input, "size") ?? "1:1";
  const exact = pixelsOf(input.size);
  if (exact === null && limits.tiers.includes(size)) return size;
  const scale = SCALES[textAt(input, "resolution") ?? limits.tier] ?? 1;
  const [width = 0, height = 0] = exact ?? SIDES[size]?.map((side) => side * scale) ?? [];
  const pixels = width * height;
  const isLong = Math.max(width, height) > LONGEST * Math.min(width, height);
  const fits = pixels >= limits.pixelsMin && pixels <= limits.pixelsMax && !isLong;
  return fits ? `${width}x${height}` : null;
}

/** Reads `2304x1536` or `{width, height}`; `null` for anything else. */
function pixelsOf(size: Json | undefined): readonly [width: number, height: number] | null {
  const text = typeof size === "string" ? /^(\d+)[xX](\d+)$/.exec(size) : null;
  const width = text === null ? numberAt(size, "width") : Number(text[1]);
  const height = text === null ? numberAt(size, "height") : Number(text[2]);
  return width === null || height === null ? null : [width, height];
}

const FILM: ReadonlySet<string> = new Set(
  (
    "prompt image_urls reference_image_urls reference_video_urls reference_audio_urls " +
    "aspect_ratio resolution duration generate_audio return_last_frame web_search seed fixed_lens"
  ).split(" "),
);

function prepareFilm(request: ProviderRequest, limits: FilmLimits): Preparation {
  const { input, upstreamModel, callbackUrl } = request;
  const media = filmMedia(input);
  const wrong =
    filmFault(input, limits) ??
    mediaFault(media, limits) ??
    hiddenFile(input, ["reference_video_urls"]) ??
    ratioFault(input, limits);
  if (wrong !== null) return refusedInput(wrong);
  const ratio = textAt(input, "aspect_ratio");
  const isReference = media.some(({ role }) => role.startsWith("reference"));
  const body: JsonObject = {
    model: upstreamModel,
    content: [{ type: "text", text: textAt(input, "prompt") ?? "" }],
    ...optional("ratio", ratio === "auto" ? "adaptive" : ratio),
    ...optional("resolution", textAt(input, "resolution")),
    ...optional("duration", numberAt(input, "duration")),
    ...optional("seed", numberAt(input, "seed")),
    ...optional("generate_audio", hasSound(limits) ? flagOf(input.generate_audio) : null),
    ...(input.fixed_lens === true ? { camera_fixed: true } : {}),
    ...(input.return_last_frame === true ? { return_last_frame: true } : {}),
    ...(input.web_search === true ? { tools: [{ type: "web_search" }] } : {}),
    // Else it may take a clip for one to edit, and then wants no length to be given.
    ...(isReference && limits.generation === "2.5"
      ? { omni_reference_task_type: "reference" }
      : {}),
    watermark: false,
    ...optional("callback_url", callbackUrl),
  };
  return { kind: "ready", prepared: writePrepared({ path: FILMS, body, media }), notes: [] };
}

function optional(name: string, value: Json): JsonObject {
  return value === null ? {} : { [name]: value };
}

function flagOf(value: Json | undefined): boolean | null {
  return typeof value === "boolean" ? value : null;
}

function hasSound({ generation }: FilmLimits): boolean {
  return generation !== "1.0";
}

function filmMedia(input: JsonObject): readonly Medium[] {
  const [first, last, ...more] = textsAt(input, "image_urls");
  const frames = [
    ...(first === undefined ? [] : [{ kind: "image", role: "first_frame", url: first } as const]),
    ...(last === undefined ? [] : [{ kind: "image", role: "last_frame", url: last } as const]),
    ...more.map((url) => ({ kind: "image", role: "frame", url }) as const),
  ];
  const references = (["image", "video", "audio"] as const).flatMap((kind) =>
    textsAt(input, `reference_${kind}_urls`).map((url) => ({
      kind,
      role: `reference_${kind}`,
      url,
    })),
  );
  return [...frames, ...references];
}

/** The service also reads settings out of a prompt: they would change what was paid for. */
const HIDDEN_SETTINGS =
  /(?:^|\s)--(?:rs|resolution|rt|ratio|dur|duration|frames|fps|seed|cf|camerafixed|wm|watermark)\b/i;

function filmFault(input: JsonObject, limits: FilmLimits): string | null {
  const strange = strangeMember(input, FILM);
  if (strange !== null) return strange;
  const hidden = HIDDEN_SETTINGS.exec(textAt(input, "prompt") ?? "")?.[0].trim();
  if (hidden !== undefined) return `prompt must not contain ${hidden} for this provider`;
  const { secondsMin, secondsMax, generation } = limits;
  const duration = numberAt(input, "duration");
  if (duration !== null && !(duration >= secondsMin && duration <= secondsMax)) {
    const makes = `${secondsMin} to ${secondsMax} seconds`;
    return `duration ${duration} is not supported; this provider makes ${makes}`;
  }
  const resolution = textAt(input, "resolution");
  if (resolution !== null && !limits.resolutions.includes(resolution)) {
    return `resolution ${resolution} is not supported by this provider`;
  }
  const isFirst = generation.startsWith("1");
  if (input.generate_audio === true && !hasSound(limits)) return absent("generate_audio");
  if (input.web_search === true && isFirst) return absent("web_search");
  if (input.fixed_lens === true && !isFirst) return absent("fixed_lens");
  return numberAt(input, "seed") !== null && !isFirst ? absent("seed") : null;
}

function absent(name: string): string {
  return `${name} is not supported by this provider`;
}

const RATIOS = ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];

function ratioFault(input: JsonObject, { generation }: FilmLimits): string | null {
  const ratio = textAt(input, "aspect_ratio");
  if (ratio === null) return null;
  const hasFrames = textsAt(input, "image_urls").length > 0;
  const isFree = generation !== "2.5" || !hasFrames || ratio === "auto";
  const isKnown = ratio !== "auto" || generation !== "1.0" || hasFrames;
  return RATIOS.includes(ratio) && isFree && isKnown
    ? null
    : `aspect_ratio ${ratio} is not supported by this provider`;
}

function mediaFault(media: readonly Medium[], limits: FilmLimits): string | null {
  const frames = media.filter(({ role }) => role.endsWith("frame")).length;
  if (frames > 0 && frames < media.length) {
    return "image_urls and references are not supported together by this provider";
  }
  if (frames > limits.framesMax) {
    return `image_urls must have ${limits.framesMax} or fewer for this provider`;
  }
  for (const [place, kind] of (["image", "video", "audio"] as const).entries()) {
    const most = limits.references[place] ?? 0;
    if (media.filter(({ role }) => role === `reference_${kind}`).length > most) {
      return `reference_${kind}_urls must have ${most} or fewer for this provider`;
    }
  }
  return null;
}
