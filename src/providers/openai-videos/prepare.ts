import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { at, numberAt, textAt, textsAt } from "../reading.ts";
import { filmPixels, filmSizeFault, sizeNotes } from "../wishes.ts";

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
  const size = filmPixels(textAt(input, "aspect_ratio"), textAt(input, "resolution"));
  const fields = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    ...(duration === null ? {} : { seconds: String(duration) }),
    ...(size === null ? {} : { size }),
  };
  const [image = null] = textsAt(input, "image_urls");
  return { kind: "ready", prepared: { fields, image }, notes: sizeNotes(input) };
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
  const strange = strangeMember(input, KNOWN);
  if (strange !== null) return strange;
  const mode = textAt(input, "mode");
  if (mode !== null && mode !== "normal") return `mode ${mode} is not supported by this provider`;
  if (textsAt(input, "image_urls").length > 1) {
    return "image_urls must have one picture for this provider";
  }
  return filmSizeFault(input);
}
