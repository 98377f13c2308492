import type { ArtifactSource, SubmitOutcome, UpstreamError } from "../../core/outcome.ts";
import type { Json } from "../../lib/json.ts";
import {
  ACCOUNT,
  errorOfStatus,
  failedSubmit,
  garbledSubmit,
  publicWords,
  upstreamError,
} from "../answer.ts";
import { mediaProduction, readInput, stageResult } from "../carry.ts";
import {
  type OpenedArtifact,
  type Provider,
  type ProviderContext,
  UpstreamFailure,
  type UpstreamRequest,
  type UpstreamResponse,
} from "../provider.ts";
import { jsonOf, textAt } from "../reading.ts";
import { preparePicture } from "./prepare.ts";
import {
  type Picture,
  type PreparedPicture,
  readError,
  readMeta,
  readPictures,
  readPrepared,
} from "./wire.ts";

const MIB = 1024 * 1024;
const IMAGE = { mediaTypes: ["image/png", "image/jpeg", "image/webp"], bytesMax: 50 * MIB };
const MASK = { mediaTypes: ["image/png"], bytesMax: 4 * MIB };
const TIMEOUT_MS = 300_000;
const BYTES_MAX = 128 * MIB;

/**
 * OpenAI's image endpoints, and any server that speaks them. One blocking call gives the pictures:
 * there is no job to find again, so that a submit without an answer stays unknown.
 */
export const openaiImages: Provider = {
  name: "openai-images",
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
    "gpt-4o-image": "gpt-image-2.5-flare",
    "gpt-4o-image-edit": "gpt-image-2.5-flare",
    "gpt-image-1.5": "gpt-image-1.5",
    "gpt-image-1.5-edit": "gpt-image-1.5",
    "gpt-image-2": "gpt-image-2",
    "gpt-image-2-edit": "gpt-image-2",
  },
  prepare: preparePicture,
  submit,
  open,
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const answer = await context.request(await requestOf(readPrepared(prepared), context));
  if (answer.status !== 200) return failedSubmit(answer, errorOf(answer, context));
  const json = jsonOf(answer.body);
  const pictures = json === undefined ? [] : readPictures(json);
  if (json === undefined || pictures.length === 0) return garbledSubmit();
  const sources: ArtifactSource[] = [];
  for (const picture of pictures) {
    const source = await sourceOf(picture, context);
    if (source === null) return garbledSubmit();
    sources.push(source);
  }
  return { kind: "completed", production: mediaProduction("image", sources, readMeta(json)) };
}

async function requestOf(
  { body, images, mask }: PreparedPicture,
  context: ProviderContext,
): Promise<UpstreamRequest> {
  const exchange = { method: "POST", timeoutMs: TIMEOUT_MS, bytesMax: BYTES_MAX } as const;
  const headers = authorization(context);
  if (images.length === 0) {
    const json = { ...headers, "content-type": "application/json" };
    return { ...exchange, url: "images/generations", headers: json, body: JSON.stringify(body) };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) form.set(name, String(value));
  for (const [position, url] of images.entries()) {
    form.append(
      "image[]",
      await fileOf(context, url, { limits: IMAGE, name: `image-${position}` }),
    );
  }
  if (mask !== null) form.set("mask", await fileOf(context, mask, { limits: MASK, name: "mask" }));
  return { ...exchange, url: "images/edits", headers, body: form };
}

/** A server on this machine may need no key. */
function authorization({ account }: ProviderContext): Record<string, string> {
  const key = account.secret.key ?? "";
  return key === "" ? {} : { authorization: `Bearer ${key}` };
}

async function fileOf(
  context: ProviderContext,
  url: string,
  { limits, name }: { readonly limits: typeof IMAGE; readonly name: string },
): Promise<File> {
  const { bytes, mediaType } = await readInput(context, url, limits);
  return new File([bytes], `${name}.${mediaType.replace("image/", "")}`, { type: mediaType });
}

/** A link to the server itself is opened with the account; any other is a plain download. */
async function sourceOf(
  picture: Picture,
  context: ProviderContext,
): Promise<ArtifactSource | null> {
  if (picture.kind === "bytes") return stageResult(context, picture.bytes, "image");
  const { url } = picture;
  const isOwn = URL.parse(url)?.origin === URL.parse(context.account.baseUrl)?.origin;
  return isOwn ? { kind: "upstream", ref: { url } } : { kind: "url", url };
}

async function open(ref: Json, context: ProviderContext): Promise<OpenedArtifact> {
  const answer = await context.request({
    method: "GET",
    url: textAt(ref, "url") ?? "",
    headers: authorization(context),
    timeoutMs: 60_000,
    bytesMax: BYTES_MAX,
  });
  if (answer.status === 200) return { body: whole(answer.body), sizeBytes: answer.body.length };
  throw new UpstreamFailure(
    upstreamError({ code: "result_expired", message: "The provider no longer has the picture" }),
  );
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const POLICY_CODES = /^(moderation_blocked|content_policy_violation|safety_violation)$/;

function errorOf(answer: UpstreamResponse, context: ProviderContext): UpstreamError {
  const words = readError(jsonOf(answer.body));
  if (POLICY_CODES.test(words.code) || words.type === "image_generation_user_error") {
    const stage = words.stage === "output" ? "output" : "input";
    const message = publicWords(words.message, context) ?? "The provider refuses the content";
    // A blocked result was made first: whether it costs is not documented.
    const billed = stage === "output" ? "unknown" : "no";
    return { ...upstreamError({ code: "content_policy", message, billed }), stage };
  }
  if (words.code === "insufficient_quota" || words.type === "insufficient_quota") {
    return upstreamError({ ...ACCOUNT.quota_exhausted, retry: "other-route" });
  }
  if (words.code === "model_not_found") {
    return upstreamError({ ...ACCOUNT.model_unavailable, retry: "other-route" });
  }
  return errorOfStatus(answer, words, context);
}
