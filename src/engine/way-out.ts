import type { UpstreamError } from "../core/outcome.ts";
import type { FileStore } from "../files/file-store.ts";
import type { Ingest } from "../files/ingest.ts";
import { firstBytes } from "../files/inspect.ts";
import type { Staging } from "../files/staging.ts";
import type { Download } from "../lib/download.ts";
import { sniffMedia } from "../lib/media-type.ts";
import { type FetchedInput, UpstreamFailure } from "../providers/provider.ts";
import type { InputWish, WayOut } from "./context.ts";

/** What the engine's ways out are made of. */
export interface WayOutParts {
  readonly files: FileStore;
  readonly staging: Staging;
  readonly ingest: Ingest;
  readonly download: Download;
  readonly request: WayOut["request"];
}

/** Joins the guarded ways out into what the engine works with. */
export function createWayOut(parts: WayOutParts): WayOut {
  const { files, staging, ingest, request } = parts;
  return {
    request,
    fetchInput: (wish, signal) => fetchInput(parts, wish, signal),
    stage: (extension) => staging.reserve(extension),
    localPath: (key) => files.localPath(key),
    keep: ingest,
  };
}

const INPUT_BYTES_MAX = 256 * 1024 * 1024;

/** Brings a customer's media into the staging folder, judged by its bytes. */
async function fetchInput(
  { staging, download }: WayOutParts,
  wish: InputWish,
  signal: AbortSignal,
): Promise<FetchedInput> {
  const { path } = staging.newPlace("part");
  const reach = wish.loopback ? "loopback" : "public";
  const options = { toPath: path, bytesMax: INPUT_BYTES_MAX, reach, signal } as const;
  const result = await download(wish.url, options);
  if (result.kind !== "saved") throw new UpstreamFailure(unreachable("could not be fetched"));
  const media = sniffMedia(await firstBytes(path));
  if (media === null) throw new UpstreamFailure(unreachable("is no picture, film or sound"));
  return { path, mediaType: media.mediaType, sizeBytes: result.sizeBytes };
}

function unreachable(fault: string): UpstreamError {
  return {
    code: "input_unreachable",
    message: `A media URL of the input ${fault}`,
    retry: "never",
    retryAfterMs: null,
    billed: "no",
  };
}
