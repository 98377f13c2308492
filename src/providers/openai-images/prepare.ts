import type { JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import { pixelsFor, sizeOrRatio } from "../picture-sizes.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { textAt, textsAt } from "../reading.ts";
import { promptFault, sizeNotes } from "../wishes.ts";
import { writePrepared } from "./wire.ts";

const PROMPT_LENGTH_MAX = 32_000;
const IMAGES_MAX = 16;
const KNOWN: ReadonlySet<string> = new Set([
  "prompt",
  "image_urls",
  "mask_url",
  "size",
  "aspect_ratio",
  "resolution",
  "quality",
  "n",
]);

/** Maps a checked input to a body of `/images/generations` or `/images/edits`. Pure. */
export function preparePicture({ input, upstreamModel }: ProviderRequest): Preparation {
  const size = sizeOf(input);
  const images = textsAt(input, "image_urls");
  const mask = textAt(input, "mask_url");
  const wrong = faultOf(input, { size, images, mask });
  if (wrong !== null) return wrong;
  const quality = textAt(input, "quality");
  const body = {
    model: upstreamModel,
    prompt: textAt(input, "prompt") ?? "",
    n: typeof input.n === "number" ? input.n : 1,
    ...(size === null ? {} : { size }),
    ...(quality === null ? {} : { quality }),
  };
  const prepared = writePrepared({ body, images, mask });
  return { kind: "ready", prepared, notes: sizeNotes(input) };
}

function faultOf(
  input: JsonObject,
  facts: {
    readonly size: string | null;
    readonly images: readonly string[];
    readonly mask: string | null;
  },
): Preparation | null {
  const strange = strangeMember(input, KNOWN) ?? promptFault(input);
  if (strange !== null) return refusedInput(strange);
  if ((textAt(input, "prompt") ?? "").length > PROMPT_LENGTH_MAX) {
    return refusedInput(
      `prompt must be ${PROMPT_LENGTH_MAX} characters or fewer for this provider`,
    );
  }
  if (facts.images.length > IMAGES_MAX) {
    return refusedInput(`image_urls must have ${IMAGES_MAX} pictures or fewer for this provider`);
  }
  if (facts.mask !== null && facts.images.length === 0) {
    return refusedInput("mask_url needs the picture that it masks in image_urls");
  }
  const ratio = sizeOrRatio(input);
  if (ratio !== null && facts.size === null) {
    return refusedInput(`size ${ratio} is not supported by this provider`);
  }
  return null;
}

/** `auto` and pixels go as they are; a ratio becomes the pixels of its tier. */
function sizeOf(input: JsonObject): string | null {
  const ratio = sizeOrRatio(input);
  if (ratio === null) return null;
  if (ratio === "auto" || /^\d+x\d+$/.test(ratio)) return ratio;
  return pixelsFor(ratio, textAt(input, "resolution") ?? "1K");
}
