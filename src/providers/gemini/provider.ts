import type { ArtifactSource, SubmitOutcome, UpstreamError } from "../../core/outcome.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import {
  ACCOUNT,
  errorOfStatus,
  failedSubmit,
  garbledSubmit,
  publicWords,
  upstreamError,
} from "../answer.ts";
import { mediaProduction, readInput, stageResult } from "../carry.ts";
import type {
  Preparation,
  Provider,
  ProviderContext,
  ProviderRequest,
  UpstreamResponse,
} from "../provider.ts";
import { jsonOf, textAt, textsAt } from "../reading.ts";
import {
  type PictureAnswer,
  type PreparedPicture,
  readAnswer,
  readError,
  readPrepared,
  writePrepared,
} from "./wire.ts";

const MIB = 1024 * 1024;
const IMAGE = { mediaTypes: ["image/png", "image/jpeg", "image/webp"], bytesMax: 7 * MIB };
const IMAGES_MAX = 14;
const RATIOS = "1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9 1:4 4:1 1:8 8:1".split(" ");
const KNOWN: ReadonlySet<string> = new Set([
  "prompt",
  "image_urls",
  "size",
  "resolution",
  "google_search",
]);

/** Google's Gemini API: the pictures of the Nano Banana family, in one blocking call. */
export const gemini: Provider = {
  name: "gemini",
  traits: {
    completion: ["immediate"],
    resubmit: "blind",
    cancel: "none",
    volatile: false,
    pollMs: { min: 1_000, start: 1_000, max: 1_000 },
    graceMs: 0,
    softLimitMs: 600_000,
    resultTtlMs: null,
  },
  models: {
    "nano-banana": "gemini-nano-banana-2.1",
    "nano-banana-edit": "gemini-nano-banana-2.1",
    "nano-banana-2": "gemini-3-pro-image",
    "nano-banana-2-edit": "gemini-3-pro-image",
    "nano-banana-2-new": "gemini-3.1-flash-image",
    "nano-banana-2-new-edit": "gemini-3.1-flash-image",
  },
  prepare,
  submit,
};

function prepare({ input, upstreamModel }: ProviderRequest): Preparation {
  const images = textsAt(input, "image_urls");
  const ratio = textAt(input, "size");
  const resolution = textAt(input, "resolution");
  const wrong = faultOf(input, { images, ratio });
  if (wrong !== null) {
    const error = upstreamError({
      code: "unsupported_parameter",
      message: `${wrong} by this provider`,
      retry: "other-route",
    });
    return { kind: "refused", error };
  }
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
  const strange = Object.keys(input).find((name) => !KNOWN.has(name) && input[name] !== undefined);
  if (strange !== undefined) return `${strange} is not supported`;
  if (ratio !== null && !RATIOS.includes(ratio)) return `size ${ratio} is not supported`;
  return images.length > IMAGES_MAX ? `more than ${IMAGES_MAX} image_urls are not supported` : null;
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const picture = readPrepared(prepared);
  const answer = await context.request({
    method: "POST",
    url: `models/${encodeURIComponent(picture.model)}:generateContent`,
    headers: {
      "x-goog-api-key": context.account.secret.key ?? "",
      "content-type": "application/json",
    },
    body: JSON.stringify(await bodyOf(picture, context)),
    timeoutMs: 300_000,
    bytesMax: 128 * MIB,
  });
  if (answer.status !== 200) return failedSubmit(answer, errorOf(answer, context));
  const json = jsonOf(answer.body);
  return json === undefined ? garbledSubmit() : outcomeOf(readAnswer(json), context);
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
async function outcomeOf(answer: PictureAnswer, context: ProviderContext): Promise<SubmitOutcome> {
  const { pictures, blockReason, finishReason, meta } = answer;
  if (pictures.length === 0) {
    const error = absence(blockReason, finishReason);
    return error === null ? garbledSubmit() : { kind: "rejected", error };
  }
  const sources: ArtifactSource[] = [];
  for (const bytes of pictures) {
    const source = await stageResult(context, bytes, "image");
    if (source === null) return garbledSubmit();
    sources.push(source);
  }
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

function errorOf(answer: UpstreamResponse, context: ProviderContext): UpstreamError {
  const { status, message, reason, retryAfterMs } = readError(jsonOf(answer.body));
  // A wrong key is told as a wrong argument.
  if (reason === "API_KEY_INVALID") {
    return upstreamError({ ...ACCOUNT.auth, retry: "other-route" });
  }
  if (answer.status === 400 && status === "FAILED_PRECONDITION") {
    return upstreamError({ ...ACCOUNT.permission, retry: "other-route" });
  }
  const words = { code: status, message: publicWords(message, context) ?? "" };
  const error = errorOfStatus(answer, words, context);
  return { ...error, retryAfterMs: error.retryAfterMs ?? retryAfterMs };
}
