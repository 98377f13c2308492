import type { FileRow } from "../core/file.ts";
import { inspect } from "../files/inspect.ts";
import { removeFile } from "../lib/disk.ts";
import { fileFault } from "../models/file-limits.ts";
import { UpstreamFailure } from "../providers/provider.ts";
import type { Measured, MeasureWish, WayOut } from "./context.ts";

/** What it works with. */
export interface MeasureParts {
  /** The row of one of our own files by its URL, `gone` when its life is over; `null`: not ours. */
  readonly ownRow: (url: string) => Promise<FileRow | "gone" | null>;
  readonly fetchInput: WayOut["fetchInput"];
}

/**
 * Makes the meter of media. Our own files are known from their rows; a stranger's is fetched as a
 * task would fetch it, looked at and thrown away.
 */
export function createMeasure({ ownRow, fetchInput }: MeasureParts): WayOut["measure"] {
  return async (wish, signal) => {
    const row = await ownRow(wish.url);
    if (row === "gone") return { kind: "fault", message: GONE };
    if (row !== null) {
      const fault = wish.limits === undefined ? null : fileFault(wish.limits, row);
      const measured = asMeasured(row, wish);
      return fault === null || measured.kind === "fault"
        ? measured
        : { kind: "fault", message: fault };
    }
    if (!wish.foreign) return { kind: "unknown" };
    const fetched = await fetchInput(wish, signal).then(({ path }) => path, asFault);
    if (typeof fetched !== "string") return fetched;
    await using rest = new AsyncDisposableStack();
    rest.defer(() => removeFile(fetched));
    const verdict = await inspect(fetched, wish.media);
    return verdict.kind === "accepted" ? asMeasured(verdict.facts, wish) : isNo(wish.media);
  };
}

const GONE = "names a file that is gone: its time has ended, or it was deleted; upload it again";

function asMeasured(
  { mediaType, durationS }: Pick<FileRow, "mediaType" | "durationS">,
  { media, foreign }: MeasureWish,
): Measured {
  const isKind = mediaType.startsWith(`${media}/`);
  // The sound of a film of ours may serve where no seconds are paid for.
  const serves = isKind || (media === "audio" && !foreign && mediaType.startsWith("video/"));
  if (!serves) return isNo(media);
  if (isKind && durationS !== null) return { kind: "seconds", seconds: durationS };
  return foreign ? { kind: "fault", message: SILENT } : { kind: "unknown" };
}

const SILENT =
  "does not say how long it is, and its seconds are paid for; send it as an MP4 with its length";

const NOUNS = { image: "picture", video: "film", audio: "sound" } as const;

function isNo(media: MeasureWish["media"]): Measured {
  return { kind: "fault", message: `must name a ${NOUNS[media]} of a known type` };
}

function asFault(error: unknown): Measured {
  if (!(error instanceof UpstreamFailure)) throw error;
  const message =
    "must name a file that can be fetched, since its seconds are paid for; or upload it first";
  return { kind: "fault", message: `${message} (${error.error.message})` };
}
