import type { JsonObject } from "../../lib/json.ts";
import type { ModelMedia } from "../../models/model.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { hiddenFile } from "../reach.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { readSong } from "../songs.ts";

const FILM: ReadonlySet<string> = new Set(
  "prompt image_urls aspect_ratio duration mode resolution".split(" "),
);
const SONG: ReadonlySet<string> = new Set(
  (
    "prompt custom_mode instrumental mv style title negative_tags vocal_gender style_weight " +
    "weirdness_constraint audio_weight persona_id"
  ).split(" "),
);
/** The endpoint wants an address; this one belongs to nobody and is never reached. */
const NOWHERE = "https://callback.invalid/";

/** Maps a checked input to a body of the market or of the songs' endpoint. Pure. */
export function prepareKie(request: ProviderRequest, media: ModelMedia): Preparation {
  if (media === "image") return refusedInput("pictures are not supported by this provider");
  const { input } = request;
  const wrong =
    strangeMember(input, media === "video" ? FILM : SONG) ?? hiddenFile(input, ["image_urls"]);
  if (wrong !== null) return refusedInput(wrong);
  const prepared = media === "video" ? filmOf(request) : songsOf(request);
  return { kind: "ready", prepared, notes: [] };
}

function filmOf({ input, upstreamModel, callbackUrl }: ProviderRequest): JsonObject {
  const images = textsAt(input, "image_urls");
  const task = images.length === 0 ? "text-to-video" : "image-to-video";
  const body = {
    model: `${upstreamModel}/${task}`,
    ...(callbackUrl === null ? {} : { callBackUrl: callbackUrl }),
    input: {
      prompt: textAt(input, "prompt") ?? "",
      ...(images.length === 0 ? {} : { image_urls: images }),
      ...picked(input, ["aspect_ratio", "mode", "duration", "resolution"]),
    },
  };
  return { url: "api/v1/jobs/createTask", kind: "film", body };
}

function songsOf({ input, callbackUrl }: ProviderRequest): JsonObject {
  const isCustom = input.custom_mode === true;
  const { title } = readSong(input);
  const body = {
    prompt: textAt(input, "prompt") ?? "",
    customMode: isCustom,
    instrumental: input.instrumental === true,
    model: textAt(input, "mv") ?? "V5",
    callBackUrl: callbackUrl ?? NOWHERE,
    ...(isCustom ? { style: textAt(input, "style") ?? "", title } : {}),
    ...renamed(input, {
      negative_tags: "negativeTags",
      vocal_gender: "vocalGender",
      style_weight: "styleWeight",
      weirdness_constraint: "weirdnessConstraint",
      audio_weight: "audioWeight",
      persona_id: "personaId",
    }),
  };
  return { url: "api/v1/generate", kind: "songs", body };
}

function picked(input: JsonObject, names: readonly string[]): JsonObject {
  return renamed(input, Object.fromEntries(names.map((name) => [name, name])));
}

function renamed(input: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, other]) => {
      const value = numberAt(input, name) ?? textAt(input, name);
      return value === null ? [] : [[other, value]];
    }),
  );
}
