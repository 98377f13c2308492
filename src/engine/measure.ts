import type { FileRow } from "../core/file.ts";
import { inspect } from "../files/inspect.ts";
import { removeFile } from "../lib/disk.ts";
import { UpstreamFailure } from "../providers/provider.ts";
import type { Measured, MeasureWish, WayOut } from "./context.ts";

/** What it works with. */
export interface MeasureParts {
  /** The row of one of our own files by its URL while it lives, or `null`. */
  readonly ownRow: (url: string) => Promise<FileRow | null>;
  readonly fetchInput: WayOut["fetchInput"];
}

/**
 * Makes the meter of media. Our own files are known from their rows; a stranger's is fetched as a
 * task would fetch it, looked at and thrown away.
 */
export function createMeasure({ ownRow, fetchInput }: MeasureParts): WayOut["measure"] {
  return async (wish, signal) => {
    const row = await ownRow(wish.url);
    if (row !== null) return asMeasured(row, wish);
    if (!wish.foreign) return { kind: "unknown" };
    const fetched = await fetchInput(wish, signal).then(({ path }) => path, asFault);
    if (typeof fetched !== "string") return fetched;
    await using rest = new AsyncDisposableStack();
    rest.defer(() => removeFile(fetched));
    const verdict = await inspect(fetched, wish.media);
    return verdict.kind === "accepted" ? asMeasured(verdict.facts, wish) : isNo(wish.media);
  };
}

function asMeasured(
  { mediaType, durationS }: Pick<FileRow, "mediaType" | "durationS">,
  { media, foreign }: MeasureWish,
): Measured {
  if (durationS !== null && mediaType.startsWith(`${media}/`)) {
    return { kind: "seconds", seconds: durationS };
  }
  if (!foreign) return { kind: "unknown" };
  return mediaType.startsWith(`${media}/`) ? { kind: "fault", message: SILENT } : isNo(media);
}

const SILENT =
  "does not say how long it is, and its seconds are paid for; send it as an MP4 with its length";

function isNo(media: MeasureWish["media"]): Measured {
  const noun = media === "video" ? "film" : "sound";
  return { kind: "fault", message: `must name a ${noun} of a known type` };
}

function asFault(error: unknown): Measured {
  if (!(error instanceof UpstreamFailure)) throw error;
  const message =
    "must name a file that can be fetched, since its seconds are paid for; or upload it first";
  return { kind: "fault", message: `${message} (${error.error.message})` };
}
