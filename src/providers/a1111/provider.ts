import type { SubmitOutcome } from "../../core/outcome.ts";
import { blockingTraits } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { refusedInput } from "../answer.ts";
import { dataUrl, mediaProduction, pictureLimits, readInput, stageResults } from "../carry.ts";
import { ask, type Dialect, submitted } from "../dialect.ts";
import type { OwnServerOptions } from "../own-server.ts";
import type { Preparation, Provider, ProviderContext, ProviderRequest } from "../provider.ts";
import { readPictureWish, sizeNotes } from "../wishes.ts";
import { readPrepared, readResult, readWords } from "./wire.ts";

const MIB = 1024 * 1024;
const IMAGE = pictureLimits(50);
const TIMEOUT_MS = 900_000;

/** The name that leaves the server's checkpoint as it is. */
const AS_IT_IS = "default";

/**
 * A web UI of Stable Diffusion of one's own: AUTOMATIC1111, Forge or SD.Next. One blocking call
 * gives the pictures, and costs nothing, so that a lost one is repeated.
 */
export function a1111Provider({ models, media }: OwnServerOptions): Provider {
  return {
    name: "a1111",
    traits: { ...blockingTraits(1_800_000), resubmit: "free", volatile: true },
    models,
    prepare: (request) =>
      media[request.model] === "image"
        ? prepare(request)
        : refusedInput(`${request.model} makes no pictures, and this provider nothing else`),
    submit,
  };
}

const DIALECT: Dialect = {
  headers: ({ secret }) => {
    const key = secret.key ?? "";
    return key === "" ? {} : { authorization: `Basic ${Buffer.from(key).toString("base64")}` };
  },
  readWords,
  meanings: [],
};

function prepare({ input, upstreamModel }: ProviderRequest): Preparation {
  const wish = readPictureWish(input);
  if (typeof wish === "string") return refusedInput(wish);
  const [image = null, ...more] = wish.images;
  if (more.length > 0) return refusedInput("image_urls must have one picture for this provider");
  const settings = {
    ...(upstreamModel === AS_IT_IS ? {} : { sd_model_checkpoint: upstreamModel }),
    ...(wish.format === null ? {} : { samples_format: wish.format }),
  };
  const body = {
    prompt: wish.prompt,
    ...(wish.negative === null ? {} : { negative_prompt: wish.negative }),
    ...(wish.pixels === null ? {} : { ...wish.pixels }),
    ...(wish.seed === null ? {} : { seed: wish.seed }),
    n_iter: wish.count,
    batch_size: 1,
    override_settings: settings,
  };
  const quality = "quality" in input ? ["quality has no equivalent and is left out"] : [];
  const notes = [...quality, ...sizeNotes(input)];
  return { kind: "ready", prepared: { body, image, mask: wish.mask }, notes };
}

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { body, image, mask } = readPrepared(prepared);
  const file = async (url: string): Promise<string> =>
    dataUrl(await readInput(context, url, IMAGE));
  const media = {
    ...(image === null ? {} : { init_images: [await file(image)] }),
    ...(mask === null ? {} : { mask: await file(mask) }),
  };
  const reply = await ask(context, DIALECT, {
    url: image === null ? "sdapi/v1/txt2img" : "sdapi/v1/img2img",
    json: { ...body, ...media },
    timeoutMs: TIMEOUT_MS,
    bytesMax: 128 * MIB,
  });
  return submitted(reply, async (json) => {
    const { pictures, meta } = readResult(json);
    const sources = await stageResults(context, pictures, "image");
    if (sources === null) return null;
    return { kind: "completed", production: mediaProduction("image", sources, meta) };
  });
}
