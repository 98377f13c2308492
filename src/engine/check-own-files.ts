import { GatewayError } from "../core/error.ts";
import { type MediaUrl, mediaUrls } from "../core/media-urls.ts";
import type { MediaKind } from "../core/outcome.ts";
import type { JsonObject } from "../lib/json.ts";
import { limitedFiles } from "../models/file-limits.ts";
import type { Model } from "../models/model.ts";
import type { WayOut } from "./context.ts";

/** A checked input whose own files are looked at. */
export interface OwnFilesWish {
  readonly model: Model;
  readonly input: JsonObject;
  readonly loopback: boolean;
}

/**
 * Refuses an input that names a file of our own of another kind than the member holds, of a type
 * that the model does not take or larger: what it is was known since its upload.
 * @throws {GatewayError} `invalid_request` naming the member.
 */
export async function checkOwnFiles(
  { measure }: Pick<WayOut, "measure">,
  { model, input, loopback }: OwnFilesWish,
): Promise<void> {
  const named = mediaUrls(input);
  if (named.length === 0) return;
  const limited = limitedFiles(model.input, input);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const checkOne = async ({ field, url }: MediaUrl): Promise<void> => {
    const media = MEMBERS.find(([names]) => names.test(field))?.[1];
    if (media === undefined) return;
    const limits = limited.get(field);
    const wish = { url, loopback, media, foreign: false, ...(limits && { limits }) };
    const known = await measure(wish, signal);
    if (known.kind === "fault") {
      throw new GatewayError("invalid_request", `${field} ${known.message}`);
    }
  };
  await Promise.all(named.map(checkOne));
}

const PATIENCE_MS = 30_000;

/** What the members hold, by how their names end. */
const MEMBERS: readonly (readonly [RegExp, MediaKind])[] = [
  [/video_urls?(\[\d+\])?$/, "video"],
  [/(audio_urls?|upload_url)(\[\d+\])?$/, "audio"],
  [/(image_urls?|mask_url|element_input_urls)(\[\d+\])?$/, "image"],
];
