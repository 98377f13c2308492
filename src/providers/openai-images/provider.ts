import type { ArtifactSource, SubmitOutcome } from "../../core/outcome.ts";
import { blockingTraits } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import {
  type InputLimits,
  linkSource,
  mediaProduction,
  pictureLimits,
  readInput,
  stageResult,
} from "../carry.ts";
import { ask, bearer, type Dialect, openResult, type Question, submitted } from "../dialect.ts";
import type { Provider, ProviderContext } from "../provider.ts";
import { textAt } from "../reading.ts";
import { preparePicture } from "./prepare.ts";
import {
  type Picture,
  type PreparedPicture,
  readMeta,
  readPictures,
  readPrepared,
  readWords,
} from "./wire.ts";

const MIB = 1024 * 1024;
const IMAGE = pictureLimits(50);
const MASK = { mediaTypes: ["image/png"], bytesMax: 4 * MIB };
const TIMEOUT_MS = 300_000;
const BYTES_MAX = 128 * MIB;

/**
 * OpenAI's image endpoints, and any server that speaks them. One blocking call gives the pictures:
 * there is no job to find again, so that a submit without an answer stays unknown.
 */
export const openaiImages: Provider = {
  name: "openai-images",
  traits: blockingTraits(600_000),
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
  open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
};

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  meanings: [
    [/^output:/, "policy-output"],
    [/^(moderation_blocked|content_policy_violation|safety_violation|input):/, "policy-input"],
    [/^insufficient_quota:/, "balance"],
    [/^model_not_found:/, "gone"],
  ],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const question = await questionOf(readPrepared(prepared), context);
  const reply = await ask(context, DIALECT, {
    ...question,
    timeoutMs: TIMEOUT_MS,
    bytesMax: BYTES_MAX,
  });
  return submitted(reply, async (json) => {
    const sources: ArtifactSource[] = [];
    for (const picture of readPictures(json)) {
      const source = await sourceOf(picture, context);
      if (source !== null) sources.push(source);
    }
    if (sources.length === 0) return null;
    return { kind: "completed", production: mediaProduction("image", sources, readMeta(json)) };
  });
}

async function questionOf(
  { body, images, mask }: PreparedPicture,
  context: ProviderContext,
): Promise<Question> {
  if (images.length === 0) return { url: "images/generations", json: body };
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) form.set(name, String(value));
  for (const [position, url] of images.entries()) {
    form.append(
      "image[]",
      await fileOf(context, url, { limits: IMAGE, name: `image-${position}` }),
    );
  }
  if (mask !== null) form.set("mask", await fileOf(context, mask, { limits: MASK, name: "mask" }));
  return { url: "images/edits", form };
}

async function fileOf(
  context: ProviderContext,
  url: string,
  { limits, name }: { readonly limits: InputLimits; readonly name: string },
): Promise<File> {
  const { bytes, mediaType } = await readInput(context, url, limits);
  return new File([bytes], `${name}.${mediaType.replace("image/", "")}`, { type: mediaType });
}

async function sourceOf(
  picture: Picture,
  context: ProviderContext,
): Promise<ArtifactSource | null> {
  if (picture.kind === "bytes") return stageResult(context, picture.bytes, "image");
  return linkSource(picture.url, context);
}
