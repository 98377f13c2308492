import type { UpstreamError } from "../core/outcome.ts";
import type { Clock } from "../lib/clock.ts";
import { linkOrCopy, readHead, removeFile, statRegular } from "../lib/disk.ts";
import type { Download, DownloadResult } from "../lib/download.ts";
import { SNIFF_BYTES, sniffMedia } from "../lib/media-type.ts";
import { type FetchedInput, UpstreamFailure } from "./provider.ts";

/**
 * Brings what a customer's URL names into the staging folder.
 * Throws {@link UpstreamFailure} `input_unreachable` when it cannot be had or is no media, and
 * `invalid_request` when it is too large: never a stand-in.
 */
export type FetchInput = (wish: InputWish, signal: AbortSignal) => Promise<FetchedInput>;

/** A customer's URL. */
export interface InputWish {
  readonly url: string;
  /** Whether the submit may reach this machine's loopback. */
  readonly loopback: boolean;
}

/** What it works with. */
export interface InputContext {
  readonly download: Download;
  readonly clock: Clock;
  /** A path in the staging folder that nothing has yet. */
  readonly newPath: () => string;
  /**
   * The path of one of our own files by its public URL, or `null` when it is not one or gone. Our
   * own port is closed to the guard, and asking ourselves over HTTP would be a detour.
   */
  readonly ownFile: (url: string) => Promise<string | null>;
}

/** Largest input, bytes. */
export const INPUT_BYTES_MAX = 256 * 1024 * 1024;

const ATTEMPTS_MAX = 3;
const PAUSE_MS = 1_000;
const NO_MEDIA = "An input file is no picture, film or sound of a known type";

/** Makes the fetcher of inputs. Fetching is free, so that a stumble is tried three times. */
export function createFetchInput(context: InputContext): FetchInput {
  return async (wish, signal) => {
    const path = context.newPath();
    await bring(context, { ...wish, path }, signal);
    const mediaType = sniffMedia(await readHead(path, SNIFF_BYTES))?.mediaType;
    const sizeBytes = (await statRegular(path))?.sizeBytes ?? 0;
    if (mediaType !== undefined) return { path, mediaType, sizeBytes };
    await removeFile(path);
    throw refusal("input_unreachable", NO_MEDIA);
  };
}

async function bring(
  context: InputContext,
  wish: InputWish & { readonly path: string },
  signal: AbortSignal,
): Promise<void> {
  const own = await context.ownFile(wish.url);
  if (own !== null) return await linkOrCopy(own, wish.path);
  const reach = wish.loopback ? "loopback" : "public";
  const options = { toPath: wish.path, bytesMax: INPUT_BYTES_MAX, reach, signal } as const;
  for (let tries = 1; ; tries += 1) {
    const result = await context.download(wish.url, options);
    if (result.kind === "saved") return;
    if (tries >= ATTEMPTS_MAX || !isStumble(result)) throw refusal(...wordsFor(result));
    await context.clock.sleep(PAUSE_MS * tries, signal);
  }
}

function isStumble(result: DownloadResult): boolean {
  if (result.kind === "refused") return result.status >= 500 || result.status === 429;
  return result.kind === "fault" && ["dns", "connect", "reset"].includes(result.class);
}

// Closed, filtered and forbidden addresses get the same words, lest somebody map a network.
function wordsFor(result: DownloadResult): [UpstreamError["code"], string] {
  if (result.kind === "refused") {
    return ["input_unreachable", `An input URL answered with status ${result.status}`];
  }
  if (result.kind === "fault" && result.class === "too_large") {
    return ["invalid_request", "An input file is larger than 256 MiB"];
  }
  return ["input_unreachable", "An input URL could not be fetched"];
}

function refusal(code: UpstreamError["code"], message: string): UpstreamFailure {
  return new UpstreamFailure({ code, message, retry: "never", retryAfterMs: null, billed: "no" });
}
