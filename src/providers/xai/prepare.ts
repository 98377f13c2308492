import type { JsonObject } from "../../lib/json.ts";
import { refusedInput } from "../answer.ts";
import { sizeOrRatio } from "../picture-sizes.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { type Endpoint, writePrepared } from "./wire.ts";

/** What one endpoint takes; a member of the input beyond it is refused. */
interface Limits {
  readonly known: ReadonlySet<string>;
  readonly ratios: readonly string[];
}

const FILM: Limits = {
  known: new Set([
    "prompt",
    "image_urls",
    "reference_image_urls",
    "aspect_ratio",
    "duration",
    "resolution",
    "mode",
  ]),
  ratios: ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"],
};
const PICTURE: Limits = {
  known: new Set(["prompt", "image_urls", "size", "aspect_ratio", "n", "resolution"]),
  ratios: "1:1 16:9 9:16 4:3 3:4 3:2 2:3 2:1 1:2 19.5:9 9:19.5 20:9 9:20 auto".split(" "),
};

const DURATION_MAX_S = 15;
const REFERENCES_MAX = 7;
const PICTURES_MAX = 3;

/** Maps a checked input to a body of the film or of the picture endpoints. Pure. */
export function prepareImagine(request: ProviderRequest): Preparation {
  const isFilm = request.upstreamModel.startsWith("grok-imagine-video");
  const wrong = faultOf(request, isFilm ? FILM : PICTURE);
  if (wrong !== null) return refusedInput(wrong);
  return isFilm ? prepareFilm(request) : preparePicture(request);
}

/** What every endpoint refuses. */
function faultOf({ input }: ProviderRequest, limits: Limits): string | null {
  const names = Object.keys(input).filter((name) => input[name] !== undefined);
  const strange = names.find((name) => !limits.known.has(name));
  if (strange !== undefined) return `${strange} is not supported by this provider`;
  const ratio = ratioOf(input);
  if (ratio !== null && !limits.ratios.includes(ratio)) {
    return `ratio ${ratio} is not supported by this provider; it takes ${limits.ratios.join(", ")}`;
  }
  return null;
}

function prepareFilm({ input, upstreamModel }: ProviderRequest): Preparation {
  const images = textsAt(input, "image_urls");
  const references = textsAt(input, "reference_image_urls");
  const duration = numberAt(input, "duration");
  const wrong = filmFault(input, upstreamModel);
  if (wrong !== null) return refusedInput(wrong);
  const ratio = images.length > 0 ? null : ratioOf(input);
  const resolution = textAt(input, "resolution");
  const body = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    ...(duration === null ? {} : { duration }),
    ...(ratio === null ? {} : { aspect_ratio: ratio }),
    ...(resolution === null ? {} : { resolution }),
  };
  const prepared = writePrepared({ endpoint: "videos/generations", body, images, references });
  return { kind: "ready", prepared, notes: filmNotes(input, images) };
}

function filmFault(input: JsonObject, upstreamModel: string): string | null {
  const duration = numberAt(input, "duration");
  if (duration !== null && (duration < 1 || duration > DURATION_MAX_S)) {
    return `duration ${duration} is not supported by this provider; it makes 1 to 15 seconds`;
  }
  if (textAt(input, "mode") === "spicy") return "mode spicy is not supported by this provider";
  if (textsAt(input, "image_urls").length > 1) {
    return "image_urls must have one picture for this provider";
  }
  if (textsAt(input, "reference_image_urls").length > REFERENCES_MAX) {
    return `reference_image_urls must have ${REFERENCES_MAX} pictures or fewer for this provider`;
  }
  const resolution = textAt(input, "resolution");
  const isFull = resolution === "1080p";
  if (resolution !== null && !isFull && resolution !== "480p" && resolution !== "720p") {
    return `resolution ${resolution} is not supported by this provider`;
  }
  if (isFull && textsAt(input, "reference_image_urls").length > 0) {
    return "resolution 1080p is not supported with reference_image_urls by this provider";
  }
  return isFull && !upstreamModel.includes("1.5")
    ? "resolution 1080p is not supported by this provider's model"
    : null;
}

/** What the upstream decides by itself; the task says so. */
function filmNotes(input: JsonObject, images: readonly string[]): readonly string[] {
  const notes: string[] = [];
  if (textAt(input, "mode") === "fun") notes.push("mode fun has no equivalent and is as normal");
  if (images.length > 0 && ratioOf(input) !== null) {
    notes.push("aspect_ratio follows the picture");
  }
  return notes;
}

function preparePicture({ input, upstreamModel }: ProviderRequest): Preparation {
  const images = textsAt(input, "image_urls");
  if (images.length > PICTURES_MAX) {
    return refusedInput(`image_urls must have ${PICTURES_MAX} pictures or fewer for this provider`);
  }
  const ratio = ratioOf(input);
  const resolution = textAt(input, "resolution")?.toLowerCase() ?? null;
  if (resolution !== null && resolution !== "1k" && resolution !== "2k") {
    return refusedInput(
      `resolution ${resolution} is not supported by this provider; it makes 1K and 2K`,
    );
  }
  const body = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    n: numberAt(input, "n") ?? 1,
    response_format: "b64_json",
    ...(ratio === null ? {} : { aspect_ratio: ratio }),
    ...(resolution === null ? {} : { resolution }),
  };
  const endpoint: Endpoint = images.length > 0 ? "images/edits" : "images/generations";
  const prepared = writePrepared({ endpoint, body, images, references: [] });
  return { kind: "ready", prepared, notes: [] };
}

function ratioOf(input: JsonObject): string | null {
  return textAt(input, "aspect_ratio") ?? sizeOrRatio(input);
}
