import { mediaUrls, withMediaUrls } from "../../core/media-urls.ts";
import { isJsonObject, type JsonObject } from "../../lib/json.ts";
import { MEDIA_TYPES } from "../../lib/media-type.ts";
import { upstreamError } from "../answer.ts";
import { type InputLimits, readInput } from "../carry.ts";
import { ask, type Dialect } from "../dialect.ts";
import { type ProviderContext, UpstreamFailure } from "../provider.ts";
import { isPublicUrl } from "../reach.ts";
import { textAt } from "../reading.ts";

/** Gives a task's input whose files the host can reach, by uploading those that it cannot. */
export type CarryMedia = (
  context: ProviderContext,
  load: { readonly taskId: string; readonly input: JsonObject },
) => Promise<JsonObject>;

interface Carried {
  readonly link: string;
  readonly untilMs: number;
}

/**
 * Makes the carrier of files. What was uploaded for a task is known for an hour, so that a submit
 * sent again is the same to the letter, and one that a limit stopped goes on where it was. Another
 * task may find other bytes at the same URL.
 *
 * The result throws {@link UpstreamFailure} for a file that cannot be had, or not be sent now.
 */
export function createCarryMedia(dialect: Dialect): CarryMedia {
  const known = new Map<string, Carried>();
  return async (context, { taskId, input }) => {
    const links = new Map<string, string>();
    for (const { url } of mediaUrls(input)) {
      if (links.has(url) || isPublicUrl(url)) continue;
      const name = `${context.account.id} ${taskId} ${url}`;
      const nowMs = context.clock.nowMs();
      const earlier = known.get(name);
      const isFresh = earlier !== undefined && earlier.untilMs > nowMs;
      const link = isFresh ? earlier.link : await upload(url, { context, dialect });
      if (!isFresh) remember(known, name, { link, untilMs: nowMs + KNOWN_MS });
      links.set(url, link);
    }
    return links.size === 0 ? input : withMediaUrls(input, links);
  };
}

const KNOWN_MS = 3_600_000;
const KNOWN_MAX = 1_000;

function remember(known: Map<string, Carried>, name: string, carried: Carried): void {
  known.delete(name);
  known.set(name, carried);
  const [oldest] = known.keys();
  if (known.size > KNOWN_MAX && oldest !== undefined) known.delete(oldest);
}

/** Which types are taken is the host's to say. */
const LIMITS: InputLimits = {
  mediaTypes: Object.values(MEDIA_TYPES).map(({ mediaType }) => mediaType),
  bytesMax: 128 * 1024 * 1024,
};
const UPLOAD_MS = 120_000;
const NOT_FOR_UPLOAD: ReadonlySet<number> = new Set([400, 404, 405, 413, 415, 422]);

async function upload(
  url: string,
  { context, dialect }: { readonly context: ProviderContext; readonly dialect: Dialect },
): Promise<string> {
  const { bytes, mediaType } = await readInput(context, url, LIMITS);
  const form = new FormData();
  // Its own name is nobody's business there.
  form.set("file", new File([bytes], "file", { type: mediaType }));
  const question = { url: "api/common/upload/stream", form, timeoutMs: UPLOAD_MS };
  const { response, json, error } = await ask(context, dialect, question);
  // Films and sounds are not taken everywhere: the host then judges the address that it is told.
  if (NOT_FOR_UPLOAD.has(response.status)) return url;
  if (error !== null) throw new UpstreamFailure({ ...error, billed: "no" });
  const link = isJsonObject(json) ? textAt(json, "data", "file_url") : null;
  if (link === null) throw new UpstreamFailure(NOT_TAKEN);
  return link;
}

/** Nothing was bought yet, so that it can be tried once more. */
export const NOT_TAKEN = upstreamError({
  code: "upstream_unavailable",
  message: "The provider did not take an input file",
  retry: "same-route",
});
