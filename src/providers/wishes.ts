import type { JsonObject } from "../lib/json.ts";
import { strangeMember } from "./answer.ts";
import { pixelsFor } from "./picture-sizes.ts";
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
  const strange = strangeMember(input, PICTURE) ?? promptFault(input);
  if (strange !== null) return strange;
  const ratio = textAt(input, "size") ?? textAt(input, "aspect_ratio");
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
  const ratio = textAt(input, "aspect_ratio");
  const size = filmPixels(ratio, textAt(input, "resolution"));
  if (ratio !== null && ratio !== "auto" && size === null) {
    return `aspect_ratio ${ratio} is not supported by this provider`;
  }
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
const SHORT_SIDES: Readonly<Record<string, number>> = {
  "480p": 480,
  "720p": 720,
  "1024p": 1024,
  "1080p": 1080,
};
const GRID = 16;

/** Pixels of a film such as `1280x720`; `null` leaves the choice to the server. */
export function filmPixels(ratio: string | null, resolution: string | null): string | null {
  const [, wide, high] = RATIO.exec(ratio ?? "") ?? [];
  if (wide === undefined || high === undefined) return null;
  const short = SHORT_SIDES[resolution ?? "720p"] ?? 720;
  const share = Number(wide) / Number(high);
  const long = Math.round((short * Math.max(share, 1 / share)) / GRID) * GRID;
  return share >= 1 ? `${long}x${short}` : `${short}x${long}`;
}

/** What an input asks for in vain: a resolution makes pixels only together with a ratio. */
export function sizeNotes(input: JsonObject): readonly string[] {
  const ratio = textAt(input, "size") ?? textAt(input, "aspect_ratio") ?? "auto";
  if (textAt(input, "resolution") === null || RATIO.test(ratio)) return [];
  return ["resolution has no effect: it needs a ratio to go with"];
}

function pixelsOf(size: string | null): Pixels | null {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? "") ?? [];
  if (width === undefined || height === undefined) return null;
  return { width: Number(width), height: Number(height) };
}
