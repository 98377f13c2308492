import type { KeptFile } from "../core/file.ts";
import type { Artifact, MediaKind, UpstreamError } from "../core/outcome.ts";
import { isDiskTrouble, linkOrCopy, measureFile, removeFile, statRegular } from "../lib/disk.ts";
import type { Download, DownloadResult } from "../lib/download.ts";
import { writeNewFile } from "../lib/draft.ts";
import type { FileStore } from "./file-store.ts";
import { inspect } from "./inspect.ts";
import type { Staging } from "./staging.ts";
import { storageKey } from "./storage-key.ts";

/** Copies one result into the file store: bounded, judged by its bytes, safe to repeat. */
export type Ingest = (wish: IngestWish, signal: AbortSignal) => Promise<IngestOutcome>;

/** What to copy and where to. */
export interface IngestWish {
  readonly artifact: Artifact;
  /** Project, task and attempt: the start of its storage key. */
  readonly folder: string;
  readonly position: number;
  /** Whether the task may reach this machine's loopback. */
  readonly loopback: boolean;
  /** Opens an artifact of kind `upstream`, or `null` when nobody can. */
  readonly open: (() => Promise<{ readonly body: AsyncIterable<Uint8Array> }>) | null;
}

/** What became of it. */
export type IngestOutcome =
  | { readonly kind: "kept"; readonly file: KeptFile }
  | { readonly kind: "failed"; readonly error: UpstreamError };

/** What it works with. */
export interface IngestContext {
  readonly store: FileStore;
  readonly staging: Staging;
  readonly download: Download;
}

const MIB = 1024 * 1024;

/** The largest result of each kind, bytes. */
const RESULT_BYTES_MAX: Readonly<Record<MediaKind, number>> = {
  image: 64 * MIB,
  audio: 256 * MIB,
  video: 2048 * MIB,
};

/** Makes the copier: bring the bytes here, look at them, hand them to the store. */
export function createIngest(context: IngestContext): Ingest {
  return async (wish, signal) => {
    const { kept } = wish.artifact;
    if (kept !== undefined && (await context.store.size(kept.storageKey)) === kept.sizeBytes) {
      return { kind: "kept", file: kept };
    }
    const brought = await bring(context, wish, signal);
    if (brought.kind === "failed") return brought;
    const { path, measured } = brought;
    const { media } = wish.artifact;
    const verdict = await inspect(path, media);
    if (verdict.kind === "refused") {
      await removeFile(path);
      // A link that is over may give a page; a fresh one need not. What lies here stays as it is.
      const isPage = verdict.isText && wish.artifact.source.kind !== "staged";
      return failed("invalid_output", verdict.message, isPage ? "same-route" : "never");
    }
    const key = storageKey(wish.folder, wish.position, measured.sha256);
    await context.store.adopt(key, path);
    return { kind: "kept", file: { storageKey: key, ...measured, ...verdict.facts } };
  };
}

type Brought =
  | {
      readonly kind: "brought";
      readonly path: string;
      readonly measured: { readonly sizeBytes: number; readonly sha256: string };
    }
  | { readonly kind: "failed"; readonly error: UpstreamError };

/** Puts the bytes into a new file in the staging folder, whatever their source. */
async function bring(
  context: IngestContext,
  wish: IngestWish,
  signal: AbortSignal,
): Promise<Brought> {
  const { source, media } = wish.artifact;
  const { path } = context.staging.newPlace("part");
  const bytesMax = RESULT_BYTES_MAX[media];
  switch (source.kind) {
    case "staged": {
      const stagedPath = context.staging.pathOf(source.name);
      if (stagedPath === null || (await statRegular(stagedPath)) === null) return EXPIRED;
      // A second name: until the task has ended, a repeat must find the first one still there.
      await linkOrCopy(stagedPath, path);
      return checked(path, await measureFile(path, bytesMax));
    }
    case "url": {
      const reach = wish.loopback ? "loopback" : "public";
      const options = { toPath: path, bytesMax, reach, signal } as const;
      return judgeDownload(path, await context.download(source.url, options));
    }
    case "upstream": {
      if (wish.open === null) return EXPIRED;
      const copy = async (open: NonNullable<IngestWish["open"]>) =>
        writeNewFile(path, (await open()).body, bytesMax);
      return copy(wish.open).then((measured) => checked(path, measured), brokenOff);
    }
  }
}

async function checked(
  path: string,
  measured: { readonly sizeBytes: number; readonly sha256: string } | null,
): Promise<Brought> {
  if (measured !== null && measured.sizeBytes > 0) return { kind: "brought", path, measured };
  await removeFile(path);
  return measured === null
    ? failed("invalid_output", "The result is larger than is accepted", "never")
    : failed("empty_result", "The result has no bytes", "same-route");
}

function judgeDownload(path: string, result: DownloadResult): Promise<Brought> | Brought {
  if (result.kind === "saved") {
    return checked(path, { sizeBytes: result.sizeBytes, sha256: result.sha256 });
  }
  if (result.kind === "refused") {
    return isGone(result.status) ? EXPIRED : UNREACHABLE;
  }
  if (result.class === "too_large") {
    return failed("invalid_output", "The result is larger than is accepted", "never");
  }
  if (result.class === "refused_address" || result.class === "redirect") {
    // A link that is over may lead round a login; a place that is not allowed never will be.
    const retry = result.class === "redirect" ? "same-route" : "never";
    return failed("invalid_output", "The result's address is not accepted", retry);
  }
  return UNREACHABLE;
}

/** Refused for good, as links are that are over: stores tell it by 400, 403, 404 or 410. */
function isGone(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

/** A stream that ended early says nothing about the result; a full disk is our own trouble. */
function brokenOff(error: unknown): Brought {
  if (isDiskTrouble(error)) throw error;
  const told = error instanceof Error && "error" in error ? error.error : null;
  return isUpstreamError(told) ? { kind: "failed", error: told } : UNREACHABLE;
}

function isUpstreamError(value: unknown): value is UpstreamError {
  return typeof value === "object" && value !== null && "code" in value && "retry" in value;
}

function failed(
  code: UpstreamError["code"],
  message: string,
  retry: UpstreamError["retry"],
): { readonly kind: "failed"; readonly error: UpstreamError } {
  return { kind: "failed", error: { code, message, retry, retryAfterMs: null, billed: "yes" } };
}

const EXPIRED = failed("result_expired", "The result is no longer there", "same-route");
const UNREACHABLE = failed("upstream_unavailable", "The result could not be fetched", "same-route");
