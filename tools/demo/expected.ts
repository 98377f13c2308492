import type { JsonObject } from "../../src/lib/json.ts";
import type { Model } from "../../src/models/model.ts";
import { FIXTURE_SIZE } from "./fixture-picture.ts";

/** What the documentation promises for an input, read from the input alone. */
export interface Expected {
  readonly count: number;
  /** Width to height, or `null` where nothing is said. */
  readonly ratio: number | null;
  readonly pixels: { readonly width: number; readonly height: number } | null;
  /** Megapixels of a picture (1K is 1.05), or `null`. */
  readonly megapixels: number | null;
  /** The short side of a film, or `null`. */
  readonly shortSide: number | null;
  readonly durationS: number | null;
  /** Whether the film has sound; `null` where nothing is said. */
  readonly sound: boolean | null;
  readonly mediaType: string | null;
  /** Whether the last file is the film's last frame. */
  readonly lastFrame: boolean;
  /** The path of the picture that the result must resemble, or `null`. */
  readonly resembles: string | null;
}

/**
 * Reads an input as a customer would. It shares no code with the engine, whose reading is on trial.
 * @param input With its defaults filled in.
 */
export function expectedOf(model: Model, input: JsonObject): Expected {
  return model.media === "image" ? expectPicture(model.id, input) : expectFilm(model.id, input);
}

const ANYTHING: Expected = {
  count: 1,
  ratio: null,
  pixels: null,
  megapixels: null,
  shortSide: null,
  durationS: null,
  sound: null,
  mediaType: null,
  lastFrame: false,
  resembles: null,
};

function expectPicture(id: string, input: JsonObject): Expected {
  const [first = null] = pathsOf(input.image_urls);
  const follows = first !== null && (input.size ?? "auto") === "auto";
  const pixels = pixelsOf(input.size);
  return {
    ...ANYTHING,
    count: typeof input.n === "number" ? input.n : 1,
    ratio: follows ? FIXTURE_SIZE.width / FIXTURE_SIZE.height : ratioOf(input.size),
    pixels,
    megapixels: pixels === null ? megapixelsOf(id, input) : null,
    mediaType: PICTURE_TYPES[textOf(input.output_format)] ?? null,
    resembles: first,
  };
}

const PICTURE_TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

function megapixelsOf(id: string, input: JsonObject): number | null {
  const word = [input.resolution, input.size].map(textOf).find((text) => /^[1-4]K$/.test(text));
  if (word === undefined) return null;
  const whole = (Number(word[0]) ** 2 * 1024 * 1024) / 1e6;
  return id.startsWith("gpt-image-2") ? Math.min(8.2944, whole) : whole;
}

/** Models whose films follow their first picture whatever ratio is asked for. */
const PICTURE_DECIDES = /^happy-horse$|^seedance-2\.\d.*image-to-video$|^grok-imagine$/;

/** Models whose pictures or clips steer the film without being its frames. */
const REFERENCES_ONLY = /reference-to-video|^kling-1\.6|^runway|motion-control|wan-animate/;

function expectFilm(id: string, input: JsonObject): Expected {
  const start = startOf(id, input);
  const asked = ratioOf(input.aspect_ratio);
  const ownRatio = FIXTURE_SIZE.width / FIXTURE_SIZE.height;
  const followed = start === null ? null : ownRatio;
  return {
    ...ANYTHING,
    count: input.return_last_frame === true ? 2 : 1,
    ratio: start !== null && PICTURE_DECIDES.test(id) ? ownRatio : (asked ?? followed),
    pixels: pixelsOf(input.aspect_ratio),
    shortSide: shortSideOf(input),
    durationS: typeof input.duration === "number" ? input.duration : null,
    sound: soundOf(input),
    mediaType: "video/mp4",
    lastFrame: input.return_last_frame === true,
    resembles: start,
  };
}

function startOf(id: string, input: JsonObject): string | null {
  const [named] = pathsOf(input.start_image_url);
  if (named !== undefined) return named;
  const pictures = pathsOf(input.image_urls);
  const steers =
    REFERENCES_ONLY.test(id) || input.generation_type === "reference" || pictures.length > 2;
  return steers ? null : (pictures[0] ?? null);
}

function soundOf(input: JsonObject): boolean | null {
  const wish = input.sound ?? input.generate_audio;
  return typeof wish === "boolean" ? wish : null;
}

function shortSideOf(input: JsonObject): number | null {
  const word = textOf(input.resolution) || textOf(input.mode);
  if (/^4k$/i.test(word)) return 1080;
  if (/^2k$/i.test(word)) return 1440;
  const lines = /^(\d+)p$/i.exec(word);
  return lines === null ? null : Number(lines[1]);
}

function ratioOf(value: unknown): number | null {
  const match = /^(\d+):(\d+)$/.exec(textOf(value));
  return match === null ? null : Number(match[1]) / Number(match[2]);
}

function pixelsOf(value: unknown): Expected["pixels"] {
  if (typeof value === "object" && value !== null && "width" in value && "height" in value) {
    return { width: Number(value.width), height: Number(value.height) };
  }
  const match = /^(\d+)[x*](\d+)$/.exec(textOf(value));
  return match === null ? null : { width: Number(match[1]), height: Number(match[2]) };
}

function pathsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((url) => typeof url === "string").map((url) => new URL(url).pathname);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
