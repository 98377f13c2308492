import type { JsonObject } from "../lib/json.ts";
import { strangeMember } from "./answer.ts";
import { pixelsFor, sizeOrRatio } from "./picture-sizes.ts";
import { numberAt, textAt, textsAt } from "./reading.ts";

// What inputs of pictures and films ask for, in the terms of servers that take pixels.

/** Width and height. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
}

/** What a picture's input asks for. */
export interface PictureWish {
  readonly prompt: string;
  readonly negative: string | null;
  /** `null` leaves it to the server. */
  readonly pixels: Pixels | null;
  readonly count: number;
  readonly seed: number | null;
  /** Customer's URLs of pictures to edit. */
  readonly images: readonly string[];
  /** Customer's URL of a mask, or `null`. */
  readonly mask: string | null;
  readonly format: "png" | "jpeg" | "webp" | null;
}

/** What a film's input asks for. */
export interface FilmWish {
  readonly prompt: string;
  readonly negative: string | null;
  readonly pixels: Pixels | null;
  readonly seconds: number | null;
  readonly seed: number | null;
  /** Customer's URLs of the first and the last frame, or `null`. */
  readonly first: string | null;
  readonly last: string | null;
}

const PICTURE: ReadonlySet<string> = new Set(
  (
    "prompt negative_prompt size aspect_ratio resolution n seed image_urls mask_url " +
    "output_format quality"
  ).split(" "),
);
const FORMATS: Readonly<Record<string, PictureWish["format"]>> = {
  png: "png",
  jpg: "jpeg",
  jpeg: "jpeg",
  webp: "webp",
};

/** Reads a picture's input; a sentence where something in it has no equivalent. */
export function readPictureWish(input: JsonObject): PictureWish | string {
  const wrong = strangeMember(input, PICTURE) ?? promptFault(input) ?? maskFault(input);
  if (wrong !== null) return wrong;
  const ratio = sizeOrRatio(input);
  const size = ratio === null || ratio === "auto" ? null : sizeOf(ratio, input);
  const pixels = pixelsOf(size);
  if (ratio !== null && ratio !== "auto" && pixels === null) {
    return `size ${ratio} is not supported by this provider`;
  }
  const format = textAt(input, "output_format");
  return {
    prompt: textAt(input, "prompt") ?? "",
    negative: textAt(input, "negative_prompt"),
    pixels,
    count: numberAt(input, "n") ?? 1,
    seed: numberAt(input, "seed"),
    images: textsAt(input, "image_urls"),
    mask: textAt(input, "mask_url"),
    format: format === null ? null : (FORMATS[format] ?? null),
  };
}

function maskFault(input: JsonObject): string | null {
  const pictures = textsAt(input, "image_urls").length;
  if (textAt(input, "mask_url") === null || pictures === 1) return null;
  return pictures === 0
    ? "mask_url needs the picture that it masks in image_urls"
    : "image_urls must have one picture with mask_url for this provider";
}

function sizeOf(ratio: string, input: JsonObject): string | null {
  return /^\d+x\d+$/.test(ratio) ? ratio : pixelsFor(ratio, textAt(input, "resolution") ?? "1K");
}

const FILM: ReadonlySet<string> = new Set(
  (
    "prompt negative_prompt aspect_ratio resolution duration seed image_urls end_image_url " +
    "mode"
  ).split(" "),
);

/** Reads a film's input; a sentence where something in it has no equivalent. */
export function readFilmWish(input: JsonObject): FilmWish | string {
  const strange = strangeMember(input, FILM) ?? promptFault(input);
  if (strange !== null) return strange;
  const mode = textAt(input, "mode");
  if (mode !== null && mode !== "normal") return `mode ${mode} is not supported by this provider`;
  const wrong = filmSizeFault(input);
  if (wrong !== null) return wrong;
  const size = filmPixels(textAt(input, "aspect_ratio"), textAt(input, "resolution"));
  const [first = null, second = null, ...more] = textsAt(input, "image_urls");
  if (more.length > 0) return "image_urls must have two pictures or fewer for this provider";
  return {
    prompt: textAt(input, "prompt") ?? "",
    negative: textAt(input, "negative_prompt"),
    pixels: pixelsOf(size),
    seconds: numberAt(input, "duration"),
    seed: numberAt(input, "seed"),
    first,
    last: textAt(input, "end_image_url") ?? second,
  };
}

/** stable-diffusion.cpp takes settings of the server out of a prompt: not a customer's to give. */
const HIDDEN_SETTINGS = /<\/?sd_cpp_extra_args>/i;

/** What is wrong with the prompt, or `null`. */
export function promptFault(input: JsonObject): string | null {
  const texts = [textAt(input, "prompt"), textAt(input, "negative_prompt")];
  const isHidden = texts.some((text) => text !== null && HIDDEN_SETTINGS.test(text));
  return isHidden ? "prompt must not contain sd_cpp_extra_args for this provider" : null;
}

const RATIO = /^(\d{1,2}):(\d{1,2})$/;
const SHORT_SIDES: ReadonlyMap<string, number> = new Map([
  ...[480, 512, 580, 720, 768, 1024, 1080].map((side) => [`${side}p`, side] as const),
  ["2k", 1440],
  ["4k", 2160],
]);
const GRID = 16;

/** What is wrong with a film's ratio or resolution, or `null`. */
export function filmSizeFault(input: JsonObject): string | null {
  const ratio = textAt(input, "aspect_ratio");
  if (ratio !== null && ratio !== "auto" && !RATIO.test(ratio)) {
    return `aspect_ratio ${ratio} is not supported by this provider`;
  }
  const resolution = textAt(input, "resolution");
  return resolution === null || SHORT_SIDES.has(resolution.toLowerCase())
    ? null
    : `resolution ${resolution} is not supported by this provider`;
}

/** Pixels of a film such as `1280x720`; `null` leaves the choice to the server. */
export function filmPixels(ratio: string | null, resolution: string | null): string | null {
  const [, wide, high] = RATIO.exec(ratio ?? "") ?? [];
  const short = SHORT_SIDES.get((resolution ?? "720p").toLowerCase());
  if (wide === undefined || high === undefined || short === undefined) return null;
  const share = Number(wide) / Number(high);
  const long = Math.round((short * Math.max(share, 1 / share)) / GRID) * GRID;
  return share >= 1 ? `${long}x${short}` : `${short}x${long}`;
}

/** What an input asks for in vain: a resolution makes pixels only together with a ratio. */
export function sizeNotes(input: JsonObject): readonly string[] {
  const ratio = sizeOrRatio(input) ?? "auto";
  if (textAt(input, "resolution") === null || RATIO.test(ratio)) return [];
  return ["resolution has no effect: it needs a ratio to go with"];
}

function pixelsOf(size: string | null): Pixels | null {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? "") ?? [];
  if (width === undefined || height === undefined) return null;
  return { width: Number(width), height: Number(height) };
}
