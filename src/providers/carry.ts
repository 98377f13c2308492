import { readFile, writeFile } from "node:fs/promises";
import type { Artifact, ArtifactSource, MediaKind, Production } from "../core/outcome.ts";
import { removeFile, syncPath } from "../lib/disk.ts";
import type { Json } from "../lib/json.ts";
import { SNIFF_BYTES, sniffMedia } from "../lib/media-type.ts";
import { upstreamError } from "./answer.ts";
import { type ProviderContext, UpstreamFailure } from "./provider.ts";

// Bytes on their way: a customer's media to an upstream, an upstream's results to our disk.

/** What an upstream takes as input. */
export interface InputLimits {
  /** `image/png`, … */
  readonly mediaTypes: readonly string[];
  readonly bytesMax: number;
}

/** A customer's file, in memory. */
export interface InputBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

/**
 * Fetches what a customer's URL names, and refuses what the upstream would not take.
 * @throws {UpstreamFailure} `input_unreachable` or `invalid_request`; nothing was bought.
 */
export async function readInput(
  context: ProviderContext,
  url: string,
  limits: InputLimits,
): Promise<InputBytes> {
  const { path, mediaType, sizeBytes } = await context.input(url);
  if (!limits.mediaTypes.includes(mediaType)) {
    await removeFile(path);
    const names = limits.mediaTypes.map((name) => name.replace(/^.*\//, "")).join(", ");
    throw refusal(`An input file is ${mediaType}; the provider takes ${names}`);
  }
  if (sizeBytes > limits.bytesMax) {
    await removeFile(path);
    const mib = Math.floor(limits.bytesMax / 1024 / 1024);
    throw refusal(`An input file is too large for the provider, which takes ${mib} MiB`);
  }
  const bytes = await readFile(path);
  await removeFile(path);
  return { bytes: new Uint8Array(bytes), mediaType };
}

/** A file as a `data:` URL, for upstreams that take no bytes beside JSON. */
export function dataUrl({ bytes, mediaType }: InputBytes): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`;
}

/**
 * Puts a result that came with the answer on our disk, durably, or gives `null` when the bytes are
 * no media of that kind.
 */
export async function stageResult(
  context: ProviderContext,
  bytes: Uint8Array,
  media: MediaKind,
): Promise<ArtifactSource | null> {
  const type = sniffMedia(bytes.subarray(0, SNIFF_BYTES));
  if (type === null || type.kind !== media) return null;
  const { name, path } = await context.stage(type.extension);
  await writeFile(path, bytes);
  await syncPath(path);
  return { kind: "staged", name };
}

/** The same for several results, less those that are no media of that kind; `null` when none is. */
export async function stageResults(
  context: ProviderContext,
  results: readonly Uint8Array[],
  media: MediaKind,
): Promise<readonly ArtifactSource[] | null> {
  const sources: ArtifactSource[] = [];
  for (const bytes of results) {
    const source = await stageResult(context, bytes, media);
    if (source !== null) sources.push(source);
  }
  return sources.length === 0 ? null : sources;
}

/** A link to the account's own host is opened with the account; any other is a plain download. */
export function linkSource(url: string, { account }: ProviderContext): ArtifactSource {
  const isOwn = URL.parse(url)?.origin === URL.parse(account.baseUrl)?.origin;
  return isOwn ? { kind: "upstream", ref: { url } } : { kind: "url", url };
}

/** Pictures as most upstreams take them, of at most so many MiB. */
export function pictureLimits(mib: number): InputLimits {
  return { mediaTypes: ["image/png", "image/jpeg", "image/webp"], bytesMax: mib * 1024 * 1024 };
}

/** The production of plain pictures or films, one output each. */
export function mediaProduction(
  media: "image" | "video",
  sources: readonly ArtifactSource[],
  meta: Json,
): Production {
  const artifacts: readonly Artifact[] = sources.map((source) => ({ source, media }));
  return {
    artifacts,
    outputs: sources.map((_, file) => ({ kind: "media", file, media })),
    creations: [],
    meta,
  };
}

function refusal(message: string): UpstreamFailure {
  return new UpstreamFailure(upstreamError({ code: "invalid_request", message }));
}
