import type { JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { hiddenFile } from "../reach.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { writePrepared } from "./wire.ts";

const KNOWN: ReadonlySet<string> = new Set([
  "prompt",
  "image_urls",
  "end_image_url",
  "aspect_ratio",
  "duration",
  "sound",
  "multi_shots",
]);
const PROMPT_LENGTH_MAX = 3_072;
const RATIOS = ["16:9", "9:16", "1:1"];

/** Maps a checked input to a body of `/text-to-video` or `/image-to-video`. Pure. */
export function prepareFilm(request: ProviderRequest): Preparation {
  const { input, marker, callbackUrl } = request;
  const [model = "", resolution] = request.upstreamModel.split("@");
  const wrong = faultOf(input, model);
  if (wrong !== null) return refusedInput(wrong);
  const prompt = textAt(input, "prompt") ?? "";
  const [first, second] = textsAt(input, "image_urls");
  const last = textAt(input, "end_image_url") ?? second;
  const wanted = textAt(input, "aspect_ratio");
  const ratio = first === undefined ? wanted : null;
  const notes = wanted === ratio ? [] : ["aspect_ratio follows the first picture"];
  const settings = {
    duration: numberAt(input, "duration") ?? 5,
    audio: input.sound === true ? "native" : "off",
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === null ? {} : { aspect_ratio: ratio }),
  };
  const callback = callbackUrl === null ? {} : { callback_url: callbackUrl };
  const rest = { settings, options: { external_task_id: marker, ...callback } };
  const body = first === undefined ? { prompt } : { contents: contentsOf({ prompt, first, last }) };
  const path = first === undefined ? "text-to-video" : "image-to-video";
  const prepared = writePrepared({ path: `${path}/${model}`, body: { ...body, ...rest } });
  return { kind: "ready", prepared, notes };
}

function faultOf(input: JsonObject, model: string): string | null {
  const strange = strangeMember(input, KNOWN);
  if (strange !== null) return strange;
  const hidden = hiddenFile(input, ["image_urls", "end_image_url"]);
  if (hidden !== null) return hidden;
  const frames = textsAt(input, "image_urls").length + (textAt(input, "end_image_url") ? 1 : 0);
  if (frames > 2) return "image_urls must have a first and a last frame at most for this provider";
  if (input.multi_shots === true) return "multi_shots is not supported by this provider";
  const ratio = textAt(input, "aspect_ratio");
  if (frames === 0 && ratio !== null && !RATIOS.includes(ratio)) {
    return `aspect_ratio ${ratio} is not supported; this provider takes ${RATIOS.join(", ")}`;
  }
  const wrong = secondsFault(numberAt(input, "duration") ?? 5, model);
  if (wrong !== null) return wrong;
  const isLong = (textAt(input, "prompt") ?? "").length > PROMPT_LENGTH_MAX;
  return isLong
    ? `prompt must be ${PROMPT_LENGTH_MAX} characters or fewer for this provider`
    : null;
}

/** The second generation knows two lengths, the others a range. */
function secondsFault(seconds: number, model: string): string | null {
  const isSecond = model.startsWith("kling-2");
  const fits = isSecond ? seconds === 5 || seconds === 10 : seconds >= 3 && seconds <= 15;
  if (fits) return null;
  const makes = isSecond ? "5 or 10" : "3 to 15";
  return `duration ${seconds} is not supported; this provider makes ${makes} seconds`;
}

function contentsOf(film: {
  readonly prompt: string;
  readonly first: string;
  readonly last: string | undefined;
}): readonly JsonObject[] {
  const end = film.last === undefined ? [] : [{ type: "last_frame", url: film.last }];
  return [{ type: "prompt", text: film.prompt }, { type: "first_frame", url: film.first }, ...end];
}
