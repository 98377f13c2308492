import type { Json, JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import type { FilePlace } from "../body-files.ts";
import { pixelsFor, sizeOrRatio } from "../picture-sizes.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { hiddenFile } from "../reach.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { type Service, writePrepared } from "./wire.ts";

/** A body in the making, or the sentence that says what has no place in it. */
type Plan = string | ({ readonly service: Service; readonly model?: string } & Parts);

interface Parts {
  readonly input: JsonObject;
  readonly parameters: JsonObject;
  /** Customer's pictures that travel inside; paths begin below the body. */
  readonly files?: readonly FilePlace[];
  readonly notes?: readonly string[];
}

interface Family {
  readonly model: RegExp;
  readonly known: string;
  plan(input: JsonObject, model: string): Plan;
}

const FAMILIES: readonly Family[] = [
  {
    model: /^wan2\.[56]-t2v/,
    known:
      "prompt image_urls video_urls aspect_ratio resolution duration multi_shots " +
      "negative_prompt seed",
    plan: filmOfText,
  },
  {
    model: /^wan2\.[256]-i2v/,
    known: "prompt image_urls video_urls resolution duration multi_shots negative_prompt seed",
    plan: filmOfPicture,
  },
  {
    model: /^wan2\.6-r2v/,
    known: "prompt image_urls video_urls resolution duration multi_shots",
    plan: filmOfClips,
  },
  { model: /^wan2\.2-animate/, known: "video_url image_urls resolution", plan: animation },
  {
    model: /^happyhorse/,
    known:
      "prompt image_urls reference_image_urls video_url aspect_ratio resolution duration " +
      "audio_setting seed enable_safety_checker",
    plan: horses,
  },
  {
    model: /^(qwen-image|z-image)/,
    known:
      "prompt image_urls size resolution output_format enable_safety_checker " +
      "prompt_extend negative_prompt seed",
    plan: picture,
  },
];

/** Maps a checked input to the body of the service that makes it. Pure. */
export function prepareDashscope({ input, upstreamModel }: ProviderRequest): Preparation {
  const family = FAMILIES.find(({ model }) => model.test(upstreamModel));
  if (family === undefined) {
    return refusedInput(`upstream_model ${upstreamModel} is not known to this provider`);
  }
  const wrong =
    strangeMember(input, new Set(family.known.split(" "))) ?? faultOf(input, upstreamModel);
  if (wrong !== null) return refusedInput(wrong);
  const plan = family.plan(input, upstreamModel);
  if (typeof plan === "string") return refusedInput(plan);
  const { service, model = upstreamModel, parameters, files = [], notes = [] } = plan;
  const body = { model, input: plan.input, parameters };
  return { kind: "ready", prepared: writePrepared({ service, body, files }), notes };
}

const SEED_MAX = 2_147_483_647;
const NEGATIVE_LENGTH_MAX = 500;

/** Members whose files the service fetches itself. */
const CLIPS: readonly string[] = ["video_urls", "video_url"];

/** What no model takes, beside its own limits. */
function faultOf(input: JsonObject, model: string): string | null {
  const fetched = model.startsWith("wan2.2-animate") ? ["image_urls", ...CLIPS] : CLIPS;
  const hidden = hiddenFile(input, fetched);
  if (hidden !== null) return hidden;
  const seed = numberAt(input, "seed");
  if (seed !== null && (seed < 0 || seed > SEED_MAX)) {
    return `seed must be 0 to ${SEED_MAX} for this provider`;
  }
  if (input.enable_safety_checker === false) {
    return "enable_safety_checker false is not supported by this provider, which always checks";
  }
  // What is too long would be cut off without a word.
  const promptMax = promptLengthMax(model);
  if (weightOf(textAt(input, "prompt") ?? "", model) > promptMax) {
    return `prompt must be ${promptMax} characters or fewer for this provider`;
  }
  return model.startsWith("wan") &&
    (textAt(input, "negative_prompt") ?? "").length > NEGATIVE_LENGTH_MAX
    ? `negative_prompt must be ${NEGATIVE_LENGTH_MAX} characters or fewer for this provider`
    : null;
}

function promptLengthMax(model: string): number {
  if (/^(wan2\.2|z-image)/.test(model)) return 800;
  return model.startsWith("wan") ? 1_500 : 5_000;
}

/** Happy Horse counts a Chinese character twice. */
function weightOf(text: string, model: string): number {
  if (!model.startsWith("happyhorse")) return text.length;
  return text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}

const SIZES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "720p": { "16:9": "1280*720", "9:16": "720*1280", "1:1": "960*960" },
  "1080p": { "16:9": "1920*1080", "9:16": "1080*1920", "1:1": "1440*1440" },
};

/** Pixels of a ratio at a tier; what Wan 2.5 calls its ratio are pixels already. */
function sizeFor(ratio: string, resolution: string): string | null {
  return /^\d+\*\d+$/.test(ratio) ? ratio : (SIZES[resolution]?.[ratio] ?? null);
}

function sizeRefusal(ratio: string, resolution: string): string {
  return `aspect_ratio ${ratio} at ${resolution} is not supported by this provider`;
}

function filmOfText(input: JsonObject): Plan {
  const ratio = textAt(input, "aspect_ratio") ?? "16:9";
  const resolution = textAt(input, "resolution") ?? "720p";
  const size = sizeFor(ratio, resolution);
  if (size === null) return sizeRefusal(ratio, resolution);
  return {
    service: "film",
    input: { prompt: textAt(input, "prompt") ?? "", ...wordsOf(input) },
    parameters: { size, duration: secondsOf(input), ...shotsOf(input), ...endOf(input) },
  };
}

/** The second picture, where there is one, is the last frame, for which there is another model. */
function filmOfPicture(input: JsonObject, model: string): Plan {
  const [first = "", last, ...more] = textsAt(input, "image_urls");
  const isOld = model.startsWith("wan2.2");
  if (more.length > 0 || (last !== undefined && !isOld)) {
    return `image_urls must have ${isOld ? "two pictures" : "one picture"} for this provider`;
  }
  const resolution = textAt(input, "resolution")?.toUpperCase() ?? "720P";
  const words = { prompt: textAt(input, "prompt") ?? "", ...wordsOf(input) };
  // Wan 2.2 knows one length and asks for none.
  const rest = { ...(isOld ? {} : { duration: secondsOf(input), ...shotsOf(input) }) };
  const parameters = { resolution, ...rest, ...endOf(input) };
  if (last === undefined) {
    const files = [{ path: ["input", "img_url"], url: first }];
    return { service: "film", input: { ...words, img_url: "" }, parameters, files };
  }
  return {
    service: "image2video",
    model: "wan2.2-kf2v-flash",
    input: { ...words, first_frame_url: "", last_frame_url: "" },
    parameters,
    files: [
      { path: ["input", "first_frame_url"], url: first },
      { path: ["input", "last_frame_url"], url: last },
    ],
  };
}

function filmOfClips(input: JsonObject): Plan {
  const resolution = textAt(input, "resolution") ?? "720p";
  const size = sizeFor("16:9", resolution);
  if (size === null) return sizeRefusal("16:9", resolution);
  const shot_type = input.multi_shots === true ? "multi" : "single";
  return {
    service: "film",
    // Clips are too large for a body: the service fetches them.
    input: { prompt: textAt(input, "prompt") ?? "", reference_urls: textsAt(input, "video_urls") },
    parameters: { size, duration: secondsOf(input), shot_type, ...endOf(input) },
  };
}

/** `wan2.2-animate-mix@wan-pro` names the finer of its two modes. */
function animation(input: JsonObject, upstreamModel: string): Plan {
  const resolution = textAt(input, "resolution") ?? "480p";
  if (resolution !== "720p") {
    return `resolution ${resolution} is not supported by this provider; it makes 720p`;
  }
  const [model = "", mode = "wan-std"] = upstreamModel.split("@");
  const [image_url = ""] = textsAt(input, "image_urls");
  const video_url = textAt(input, "video_url") ?? "";
  return {
    service: "image2video",
    model,
    // It takes neither of them inside a body.
    input: { image_url, video_url },
    parameters: { mode },
  };
}

/** What is given decides which of the four models makes it, as the catalogue says. */
function horses(input: JsonObject, base: string): Plan {
  const prompt = textAt(input, "prompt");
  const words = prompt === null ? {} : { prompt };
  const tier = { resolution: textAt(input, "resolution")?.toUpperCase() ?? "1080P" };
  const made = { ...tier, duration: secondsOf(input), ...endOf(input) };
  const shape = { ratio: textAt(input, "aspect_ratio") ?? "16:9" };
  const references = textsAt(input, "reference_image_urls");
  const [frame, ...more] = textsAt(input, "image_urls");
  if (more.length > 0) return "image_urls must have one picture for this provider";
  const clip = textAt(input, "video_url");
  if (clip !== null) {
    return {
      service: "film",
      model: `${base}-video-edit`,
      ...mediaOf(words, [{ type: "video", url: clip }], references),
      parameters: {
        ...tier,
        audio_setting: textAt(input, "audio_setting") ?? "auto",
        ...endOf(input),
      },
      notes: ["a clip of more than 15 seconds is cut after them by the provider"],
    };
  }
  if (references.length > 0) {
    const media = mediaOf(words, [], references);
    return { service: "film", model: `${base}-r2v`, ...media, parameters: { ...made, ...shape } };
  }
  if (frame === undefined) {
    const parameters = { ...made, ...shape };
    return { service: "film", model: `${base}-t2v`, input: words, parameters };
  }
  return {
    service: "film",
    model: `${base}-i2v`,
    input: { ...words, media: [{ type: "first_frame", url: "" }] },
    parameters: made,
    files: [{ path: ["input", "media", 0, "url"], url: frame }],
  };
}

function mediaOf(
  words: JsonObject,
  clips: readonly JsonObject[],
  references: readonly string[],
): Pick<Parts, "input" | "files"> {
  const pictures = references.map(() => ({ type: "reference_image", url: "" }));
  return {
    input: { ...words, media: [...clips, ...pictures] },
    files: references.map((url, index) => {
      return { path: ["input", "media", clips.length + index, "url"], url };
    }),
  };
}

function picture(input: JsonObject, model: string): Plan {
  const format = textAt(input, "output_format");
  if (format !== null && format !== "png") {
    return `output_format ${format} is not supported by this provider; it makes png`;
  }
  const ratio = sizeOrRatio(input) ?? "1:1";
  const size = pixelsFor(ratio, textAt(input, "resolution") ?? "1K")?.replace("x", "*");
  if (size === undefined) return `size ${ratio} is not supported by this provider`;
  const pictures = textsAt(input, "image_urls");
  const content: readonly Json[] = [
    ...pictures.map(() => ({ image: "" })),
    { text: textAt(input, "prompt") ?? "" },
  ];
  const extend = input.prompt_extend;
  const isQwen = model.startsWith("qwen");
  return {
    service: "picture",
    input: { messages: [{ role: "user", content }] },
    parameters: {
      size,
      ...(isQwen ? { n: 1, watermark: false, ...wordsOf(input) } : {}),
      ...(typeof extend === "boolean" ? { prompt_extend: extend } : {}),
      ...seedOf(input),
    },
    files: pictures.map((url, index) => {
      return { path: ["input", "messages", 0, "content", index, "image"], url };
    }),
  };
}

function secondsOf(input: JsonObject): number {
  return numberAt(input, "duration") ?? 5;
}

/** Several shots are only made of a prompt that may be enriched. */
function shotsOf({ multi_shots }: JsonObject): JsonObject {
  if (multi_shots === true) return { shot_type: "multi", prompt_extend: true };
  return multi_shots === false ? { shot_type: "single" } : {};
}

function wordsOf(input: JsonObject): JsonObject {
  const negative = textAt(input, "negative_prompt");
  return negative === null ? {} : { negative_prompt: negative };
}

function seedOf(input: JsonObject): JsonObject {
  const seed = numberAt(input, "seed");
  return seed === null ? {} : { seed };
}

/** Some models put their name into the picture unless told not to. */
function endOf(input: JsonObject): JsonObject {
  return { watermark: false, ...seedOf(input) };
}
