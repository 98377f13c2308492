import { createReadStream } from "node:fs";
import type { SubmitOutcome, UpstreamError } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import { removeFile } from "../../lib/disk.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember, upstreamError } from "../answer.ts";
import { mediaProduction, pictureLimits, readInput, stageResults } from "../carry.ts";
import { ask, askForResult, resultOf, submitted } from "../dialect.ts";
import { sizeOrRatio } from "../picture-sizes.ts";
import {
  type OpenedArtifact,
  type Preparation,
  type Provider,
  type ProviderContext,
  type ProviderRequest,
  UpstreamFailure,
} from "../provider.ts";
import { textAt, textsAt } from "../reading.ts";
import {
  cancelInteraction,
  pollInteraction,
  prepareFilm,
  prepareSong,
  submitInteraction,
} from "./interactions.ts";
import {
  DIALECT,
  isInteraction,
  type PictureAnswer,
  type PreparedPicture,
  readAnswer,
  readPrepared,
  writePrepared,
} from "./wire.ts";

const MIB = 1024 * 1024;
const IMAGE = pictureLimits(7);
const IMAGES_MAX = 14;
const RATIOS = "1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9 1:4 4:1 1:8 8:1".split(" ");
const KNOWN: ReadonlySet<string> = new Set([
  "prompt",
  "image_urls",
  "size",
  "resolution",
  "google_search",
]);

/** Google's Gemini API: Nano Banana's pictures, Omni's films and Lyria's songs. */
export const gemini: Provider = {
  name: "gemini",
  traits: {
    ...PLAIN_JOBS,
    completion: ["immediate", "poll"],
    cancel: "any",
    pollMs: { min: 2_000, start: 5_000, max: 15_000 },
    softLimitMs: 3_600_000,
    resultTtlMs: 24 * 3_600_000,
  },
  models: {
    "nano-banana": "gemini-nano-banana-2.1",
    "nano-banana-edit": "gemini-nano-banana-2.1",
    "nano-banana-2": "gemini-3-pro-image",
    "nano-banana-2-edit": "gemini-3-pro-image",
    "nano-banana-2-new": "gemini-3.1-flash-image",
    "nano-banana-2-new-edit": "gemini-3.1-flash-image",
    "generate-music": "lyria-3.5",
  },
  prepare,
  submit,
  poll: pollInteraction,
  cancel: cancelInteraction,
  open,
};

function prepare(request: ProviderRequest): Preparation {
  if (request.upstreamModel.includes("lyria")) return prepareSong(request);
  if (request.upstreamModel.includes("omni")) return prepareFilm(request);
  return preparePicture(request);
}

function preparePicture({ input, upstreamModel }: ProviderRequest): Preparation {
  const images = textsAt(input, "image_urls");
  const ratio = sizeOrRatio(input);
  const resolution = textAt(input, "resolution");
  const wrong = faultOf(input, { images, ratio });
  if (wrong !== null) return refusedInput(wrong);
  const imageConfig = {
    ...(ratio === null ? {} : { aspectRatio: ratio }),
    ...(resolution === null ? {} : { imageSize: resolution }),
  };
  const body = {
    generationConfig: { responseModalities: ["IMAGE"], imageConfig },
    ...(input.google_search === true ? { tools: [{ googleSearch: {} }] } : {}),
  };
  const prompt = textAt(input, "prompt") ?? "";
  const prepared = writePrepared({ model: upstreamModel, prompt, body, images });
  return { kind: "ready", prepared, notes: [] };
}

function faultOf(
  input: JsonObject,
  { images, ratio }: { readonly images: readonly string[]; readonly ratio: string | null },
): string | null {
  const strange = strangeMember(input, KNOWN);
  if (strange !== null) return strange;
  if (ratio !== null && !RATIOS.includes(ratio)) {
    return `size ${ratio} is not supported by this provider`;
  }
  return images.length > IMAGES_MAX
    ? `more than ${IMAGES_MAX} image_urls are not supported by this provider`
    : null;
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  if (isInteraction(prepared)) return submitInteraction(prepared, context);
  const picture = readPrepared(prepared);
  const reply = await ask(context, DIALECT, {
    url: `models/${encodeURIComponent(picture.model)}:generateContent`,
    json: await bodyOf(picture, context),
    timeoutMs: 300_000,
    bytesMax: 128 * MIB,
  });
  return submitted(reply, (json) => outcomeOf(readAnswer(json), context));
}

/** A customer's pictures travel inside the body. */
async function bodyOf(
  { prompt, body, images }: PreparedPicture,
  context: ProviderContext,
): Promise<JsonObject> {
  const parts: JsonObject[] = [{ text: prompt }];
  for (const url of images) {
    const { bytes, mediaType } = await readInput(context, url, IMAGE);
    const data = Buffer.from(bytes).toString("base64");
    parts.push({ inlineData: { mimeType: mediaType, data } });
  }
  return { contents: [{ role: "user", parts }], ...body };
}

const POLICY = /SAFETY|PROHIBITED|RECITATION|BLOCKLIST|SPII/;

/** A refusal of content comes as a success without a picture. */
async function outcomeOf(
  answer: PictureAnswer,
  context: ProviderContext,
): Promise<SubmitOutcome | null> {
  const { pictures, blockReason, finishReason, meta } = answer;
  if (pictures.length === 0) {
    const error = absence(blockReason, finishReason);
    return error === null ? null : { kind: "rejected", error };
  }
  const sources = await stageResults(context, pictures, "image");
  if (sources === null) return null;
  return { kind: "completed", production: mediaProduction("image", sources, meta) };
}

function absence(blockReason: string | null, finishReason: string | null): UpstreamError | null {
  if (blockReason !== null) {
    const message = "The provider refuses the prompt or a picture of the input";
    return { ...upstreamError({ code: "content_policy", message }), stage: "input" };
  }
  if (finishReason === null) return null;
  if (POLICY.test(finishReason)) {
    const message = "The provider refuses the content of the result";
    const error = upstreamError({ code: "content_policy", message, billed: "unknown" });
    return { ...error, stage: "output" };
  }
  const message = "The provider answered without a picture";
  return upstreamError({ code: "generation_failed", message, billed: "unknown" });
}

/** A film's file asks for the key; where it is sent elsewhere, it is fetched from there without. */
async function open(ref: Json, context: ProviderContext): Promise<OpenedArtifact> {
  const response = await askForResult(context, DIALECT, textAt(ref, "url") ?? "");
  const place = response.status >= 300 && response.status < 400;
  const location = place ? response.headers.get("location") : null;
  if (location === null) return resultOf(response);
  try {
    const { path, sizeBytes } = await context.input(location);
    return { body: readAway(path), sizeBytes };
  } catch (error) {
    // The words of a customer's file that is not there are not those of a result.
    if (error instanceof UpstreamFailure) return resultOf(response);
    throw error;
  }
}

async function* readAway(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } finally {
    await removeFile(path);
  }
}
