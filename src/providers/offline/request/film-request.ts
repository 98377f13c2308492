import { isJsonObject, type JsonObject } from "../../../lib/json.ts";
import { urlsOf } from "../input-media.ts";
import { readPixels, readRatio, type Size } from "./ratio.ts";

/** What a film job asks for, read from whatever the model's fields are called. */
export interface FilmRequest {
  readonly prompts: readonly { readonly prompt: string; readonly seconds: number }[];
  readonly negative: string;
  /** Seconds in all. */
  readonly duration: number;
  /** Width to height as asked, or `null` where the first picture decides. */
  readonly ratio: Size | null;
  /** The short side in pixels. */
  readonly tier: number;
  /** Exact pixels, when the model asks by them. */
  readonly pixels: Size | null;
  readonly sound: boolean;
  readonly direction: "normal" | "fun" | "spicy";
  readonly style: string | null;
  readonly multiShot: boolean;
  readonly fixedLens: boolean;
  readonly lastFrame: boolean;
  readonly startUrl: string | null;
  readonly endUrl: string | null;
  readonly referenceUrls: readonly string[];
  readonly videoUrls: readonly string[];
  /** Said in the task's facts where what is made differs from what was asked. */
  readonly notes: readonly string[];
}

const DURATION_MAX = 60;

/** Seconds where neither input nor schema names any, by the start of the model's id. */
const DURATIONS: readonly (readonly [string, number])[] = [
  ["sora-2-pro-official", 4],
  ["sora-2-official", 4],
  ["sora-2-pro", 15],
  ["sora-2", 10],
  ["veo3.1", 8],
  ["grok-imagine", 6],
  ["hailuo", 6],
];

/** Short sides where the input names no resolution. */
const TIERS: readonly (readonly [string, number])[] = [
  ["kling-3.0/pro", 1080],
  ["hailuo-02-pro", 1080],
  ["hailuo", 768],
  ["wan-animate", 480],
];

/** Reads a checked film input. */
export function readFilmRequest(model: string, input: JsonObject): FilmRequest {
  const { tier, notes } = readTier(model, input);
  const frames = readFrames(model, input);
  const prompts = readPrompts(input, readDuration(model, input));
  const asked = readRatio(input.aspect_ratio) ?? readRatio(input.size);
  return {
    prompts,
    negative: text(input.negative_prompt),
    duration: prompts.reduce((sum, shot) => sum + shot.seconds, 0),
    ratio: frames.startUrl === null ? (asked ?? defaultRatio(model)) : framedRatio(model, asked),
    tier,
    pixels: readPixels(input.aspect_ratio) ?? readPixels(input.size),
    sound: input.sound !== false && input.generate_audio !== false,
    direction: input.mode === "fun" || input.mode === "spicy" ? input.mode : "normal",
    style: text(input.style) === "" ? null : text(input.style),
    multiShot: input.multi_shots === true || input.storyboard === true,
    fixedLens: input.fixed_lens === true,
    lastFrame: input.return_last_frame === true,
    ...frames,
    videoUrls: urlsOf(input, "video_url", "video_urls", "reference_video_urls"),
    notes,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function byModel(model: string, table: readonly (readonly [string, number])[]): number | null {
  return table.find(([start]) => model.startsWith(start))?.[1] ?? null;
}

function readDuration(model: string, input: JsonObject): number {
  const { duration } = input;
  const asked = typeof duration === "number" ? duration : Number(text(duration) || Number.NaN);
  if (Number.isFinite(asked) && asked > 0) return Math.min(DURATION_MAX, asked);
  if (model === "grok-imagine-video-1.5" && input.reference_image_urls !== undefined) return 8;
  return byModel(model, DURATIONS) ?? 5;
}

function readPrompts(
  input: JsonObject,
  duration: number,
): readonly { readonly prompt: string; readonly seconds: number }[] {
  const list = input.multi_prompt;
  const shots = (Array.isArray(list) ? list : []).filter(isJsonObject).map((shot) => ({
    prompt: text(shot.prompt),
    seconds: typeof shot.duration === "number" ? Math.max(1, shot.duration) : 1,
  }));
  if (shots.length > 0 && input.multi_shots !== false) return shots;
  return [{ prompt: text(input.prompt), seconds: duration }];
}

function readTier(model: string, input: JsonObject): { tier: number; notes: string[] } {
  const asked =
    text(input.resolution) || (/^\d+p$/i.test(text(input.mode)) ? text(input.mode) : "");
  const lines = /^(\d{3,4})p$/i.exec(asked);
  if (lines !== null) return { tier: Number(lines[1]), notes: [] };
  if (/^2k$/i.test(asked)) return { tier: 1440, notes: [] };
  if (/^4k$/i.test(asked)) {
    return { tier: 1080, notes: ["4K was asked for; the offline engine makes 1080p films"] };
  }
  return { tier: byModel(model, TIERS) ?? 720, notes: [] };
}

function defaultRatio(model: string): Size {
  return model.startsWith("kling-3.0/") ? { width: 1, height: 1 } : { width: 16, height: 9 };
}

interface Frames {
  readonly startUrl: string | null;
  readonly endUrl: string | null;
  readonly referenceUrls: readonly string[];
}

/** Models whose ratio stands also when a first picture is given; elsewhere the picture decides. */
const OWN_RATIO = /^(veo3|sora-2|runway|seedance-1|seedance-2(-fast)?$|kling-2\.5|kling-1\.6)/;

function framedRatio(model: string, asked: Size | null): Size | null {
  return OWN_RATIO.test(model) ? asked : null;
}

/** Which pictures are frames of the film and which only steer it. */
function readFrames(model: string, input: JsonObject): Frames {
  const named = urlsOf(input, "start_image_url")[0] ?? null;
  const images = urlsOf(input, "image_urls", "image_url");
  const end = urlsOf(input, "end_image_url")[0] ?? null;
  const others = urlsOf(input, "reference_image_urls");
  const elements = Array.isArray(input.kling_elements) ? input.kling_elements : [];
  for (const element of elements)
    if (isJsonObject(element)) others.push(...urlsOf(element, "element_input_urls"));
  const asReference =
    input.generation_type === "reference" ||
    model.includes("reference-to-video") ||
    images.length > 2 ||
    model.startsWith("kling-1.6") ||
    model.startsWith("runway");
  if (asReference) return { startUrl: named, endUrl: end, referenceUrls: [...images, ...others] };
  return {
    startUrl: named ?? images[0] ?? null,
    endUrl: end ?? images[1] ?? null,
    referenceUrls: others,
  };
}

/**
 * Pixels of a film: both sides even, the short one as asked; what is wider than 16:9 keeps the
 * area of 16:9.
 */
export function filmSize(request: Pick<FilmRequest, "tier" | "pixels">, ratio: Size): Size {
  if (request.pixels !== null)
    return { width: even(request.pixels.width), height: even(request.pixels.height) };
  const { tier } = request;
  const aspect = Math.min(3, Math.max(1 / 3, ratio.width / ratio.height));
  const long = Math.max(aspect, 1 / aspect);
  const short = long <= 16 / 9 + 0.01 ? tier : Math.sqrt((tier * tier * 16) / 9 / long);
  const [width, height] = aspect >= 1 ? [short * long, short] : [short, short * long];
  return { width: even(width), height: even(height) };
}

function even(value: number): number {
  return Math.max(32, Math.round(value / 2) * 2);
}
