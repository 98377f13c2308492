import { GatewayError } from "../core/error.ts";
import type { FileRow } from "../core/file.ts";
import { makeId } from "../core/id.ts";
import type { FileStore } from "../files/file-store.ts";
import { inspect } from "../files/inspect.ts";
import type { Staging } from "../files/staging.ts";
import { storageKey } from "../files/storage-key.ts";
import type { Clock } from "../lib/clock.ts";
import { linkOrCopy, type Measured, measureFile, readHead, removeFile } from "../lib/disk.ts";
import type { Download, DownloadResult } from "../lib/download.ts";
import { writeNewFile } from "../lib/draft.ts";
import { type MediaType, SNIFF_BYTES, sniffMedia } from "../lib/media-type.ts";
import { isWholePicture } from "../lib/picture-end.ts";
import { picturePixels } from "../lib/picture-pixels.ts";
import type { RandomBytes } from "../lib/random.ts";
import type { Store } from "../store/store.ts";

/** Takes a customer's file in: judged by its bytes, durable when it resolves. */
export type TakeUpload = (wish: UploadWish) => Promise<FileRow>;

/** A file that a customer sends. */
export interface UploadWish {
  readonly projectId: string;
  readonly source:
    | { readonly kind: "bytes"; readonly bytes: AsyncIterable<Uint8Array> }
    | { readonly kind: "url"; readonly url: string; readonly loopback: boolean };
}

/** A file of ours that a URL names; its `path` is `null` when its life is over. */
export interface OwnFile {
  readonly path: string | null;
}

/** What it works with. */
export interface UploadContext {
  readonly store: Store;
  readonly files: FileStore;
  readonly staging: Staging;
  readonly download: Download;
  /** One of our own files by its public URL; `null` when the URL is not ours. */
  readonly ownFile: (url: string) => Promise<OwnFile | null>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Whether films and sounds are taken beside pictures. */
  readonly mediaToo: boolean;
}

/** How long an upload lives, milliseconds. */
export const UPLOAD_LIFE_MS = 72 * 3_600_000;

/** Largest upload, bytes; for pictures and for everything else. */
export const UPLOAD_BYTES_MAX = { picture: 32 * 1024 * 1024, media: 256 * 1024 * 1024 } as const;

/** Most pixels of a picture over all its frames. */
const PIXELS_MAX = 250_000_000;

/** The documented types. */
const PICTURES: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
]);

/**
 * Makes the taker of uploads.
 * @throws {GatewayError} 400 or 413 with the documented words.
 */
export function createTakeUpload(context: UploadContext): TakeUpload {
  return async (wish) => {
    const { path } = context.staging.newPlace("part");
    await using rest = new AsyncDisposableStack();
    rest.defer(() => removeFile(path));
    const measured = await bring(context, wish, path);
    const facts = await judge(context, path, measured);
    const row = rowFor(context, wish.projectId, { ...measured, ...facts });
    await context.files.adopt(row.storageKey, path);
    await context.store.files.add(row);
    return row;
  };
}

async function bring(context: UploadContext, wish: UploadWish, path: string): Promise<Measured> {
  const { source } = wish;
  const bytesMax = context.mediaToo ? UPLOAD_BYTES_MAX.media : UPLOAD_BYTES_MAX.picture;
  if (source.kind === "bytes") {
    return (await writeNewFile(path, source.bytes, bytesMax)) ?? tooLarge(bytesMax);
  }
  const own = await context.ownFile(source.url);
  if (own !== null) {
    if (own.path === null) throw new GatewayError("invalid_request", GONE);
    await linkOrCopy(own.path, path);
    return (await measureFile(path, bytesMax)) ?? tooLarge(bytesMax);
  }
  const reach = source.loopback ? "loopback" : "public";
  const options = { toPath: path, bytesMax, reach, signal: AbortSignal.timeout(FETCH_MS) } as const;
  const result = await context.download(source.url, options);
  return result.kind === "saved" ? result : refuseDownload(result, bytesMax);
}

const GONE =
  "Failed to download file: it is gone from this gateway, its time has ended or it was deleted";

/** The client waits for the answer all the while, milliseconds. */
const FETCH_MS = 60_000;

// Closed, filtered and forbidden addresses get the same words, lest somebody map a network.
function refuseDownload(
  result: Exclude<DownloadResult, { readonly kind: "saved" }>,
  bytesMax: number,
): never {
  if (result.kind === "fault" && result.class === "too_large") tooLarge(bytesMax);
  const reason =
    result.kind === "refused"
      ? `the server answered with status ${result.status}`
      : "the address could not be reached";
  throw new GatewayError("invalid_request", `Failed to download file: ${reason}`);
}

function tooLarge(bytesMax: number): never {
  const most = bytesMax / 1024 / 1024;
  throw new GatewayError("payload_too_large", `File is larger than ${most} MiB`, {
    headers: { connection: "close" },
  });
}

type Facts = Pick<FileRow, "mediaType" | "extension" | "width" | "height" | "durationS">;

async function judge(context: UploadContext, path: string, measured: Measured): Promise<Facts> {
  if (measured.sizeBytes === 0) throw invalid("File is empty");
  const type = sniffMedia(await readHead(path, SNIFF_BYTES));
  if (type === null) throw invalid("Invalid file data");
  const isTaken = type.kind === "image" ? PICTURES.has(type.mediaType) : context.mediaToo;
  if (!isTaken) throw invalid(`Unsupported file type: ${type.mediaType}`);
  if (type.kind === "image") {
    await judgePicture(path, measured);
    if (!(await isWholePicture(path, type.mediaType))) throw invalid("Invalid file data");
  }
  const verdict = await inspectAs(path, type);
  if (verdict.kind === "refused") throw invalid(verdict.message);
  return verdict.facts;
}

/** An MP4 may hold sound alone, whatever its brand says. */
async function inspectAs(path: string, type: MediaType): ReturnType<typeof inspect> {
  const verdict = await inspect(path, type.kind);
  return verdict.kind === "refused" && type.kind === "video" ? inspect(path, "audio") : verdict;
}

async function judgePicture(path: string, { sizeBytes }: Measured): Promise<void> {
  if (sizeBytes > UPLOAD_BYTES_MAX.picture) tooLarge(UPLOAD_BYTES_MAX.picture);
  const pixels = await picturePixels(path);
  if (pixels === null) throw invalid("Invalid file data");
  if (pixels > PIXELS_MAX) {
    throw invalid(`Picture has more than ${PIXELS_MAX / 1e6} million pixels over all its frames`);
  }
}

function rowFor(context: UploadContext, projectId: string, file: Measured & Facts): FileRow {
  const nowMs = context.clock.nowMs();
  const id = makeId("file", context.random);
  const { sizeBytes, sha256, ...facts } = file;
  return {
    ...facts,
    sizeBytes,
    sha256,
    id,
    projectId,
    taskId: null,
    position: 0,
    storageKey: storageKey(`${projectId}/uploads/${id}`, 0, sha256),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + UPLOAD_LIFE_MS,
    deletedAtMs: null,
  };
}

function invalid(message: string): GatewayError {
  return new GatewayError("file_format", message);
}
