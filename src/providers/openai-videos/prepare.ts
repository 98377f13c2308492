import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import { refusedInput } from "../answer.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { at, numberAt, textAt, textsAt } from "../reading.ts";

/** What is stored before the submit: the fields of the form, and the customer's first frame. */
export interface PreparedVideo {
  readonly fields: Readonly<Record<string, string>>;
  readonly image: string | null;
}

/** Maps a checked input to the form of the videos protocol. Pure. */
export function prepareVideo(request: ProviderRequest): Preparation {
  const { input, upstreamModel } = request;
  const wrong = faultOf(input);
  if (wrong !== null) return refusedInput(wrong);
  const duration = numberAt(input, "duration");
  const size = sizeOf(textAt(input, "aspect_ratio"), textAt(input, "resolution"));
  const fields = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    ...(duration === null ? {} : { seconds: String(duration) }),
    ...(size === null ? {} : { size }),
  };
  const [image = null] = textsAt(input, "image_urls");
  return { kind: "ready", prepared: { fields, image }, notes: [] };
}

/** Reads back what {@link prepareVideo} made. */
export function readPrepared(prepared: Json): PreparedVideo {
  const fields = at(prepared, "fields");
  const texts = Object.entries(isJsonObject(fields) ? fields : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { fields: Object.fromEntries(texts), image: textAt(prepared, "image") };
}

const KNOWN = new Set(["prompt", "image_urls", "aspect_ratio", "resolution", "duration", "mode"]);

/** What the protocol has no words for is refused, never silently left out. */
function faultOf(input: JsonObject): string | null {
  const strange = Object.keys(input).find((name) => input[name] !== undefined && !KNOWN.has(name));
  if (strange !== undefined) return `${strange} is not supported by this provider`;
  const mode = textAt(input, "mode");
  if (mode !== null && mode !== "normal") return `mode ${mode} is not supported by this provider`;
  if (textsAt(input, "image_urls").length > 1) {
    return "image_urls must have one picture for this provider";
  }
  const ratio = textAt(input, "aspect_ratio");
  if (ratio !== null && ratio !== "auto" && !RATIO.test(ratio)) {
    return `aspect_ratio ${ratio} is not supported by this provider`;
  }
  return null;
}

const RATIO = /^(\d{1,2}):(\d{1,2})$/;
const SHORT_SIDES: Readonly<Record<string, number>> = {
  "480p": 480,
  "720p": 720,
  "1024p": 1024,
  "1080p": 1080,
};
const GRID = 16;

/** Pixels such as `1280x720`; `null` leaves the choice to the server. */
function sizeOf(ratio: string | null, resolution: string | null): string | null {
  const [, wide, high] = RATIO.exec(ratio ?? "") ?? [];
  if (wide === undefined || high === undefined) return null;
  const short = SHORT_SIDES[resolution ?? "720p"] ?? 720;
  const share = Number(wide) / Number(high);
  const long = Math.round((short * Math.max(share, 1 / share)) / GRID) * GRID;
  return share >= 1 ? `${long}x${short}` : `${short}x${long}`;
}
