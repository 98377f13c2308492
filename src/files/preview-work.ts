import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeMp3, type Pcm } from "../lib/decode-mp3.ts";
import { decodeWav } from "../lib/decode-wav.ts";
import { findFfmpeg, runFfmpeg } from "../lib/ffmpeg.ts";
import { readPoster } from "../lib/film-poster.ts";
import { sharp } from "../lib/sharp.ts";
import { measurePeaks, type Peaks } from "./peaks.ts";
import { type PreviewView, VIEW_FILES } from "./preview-view.ts";

/** A file to be looked at, and where what is made of it shall stand. */
export interface PreviewJob {
  readonly path: string;
  /** By magic bytes. */
  readonly mediaType: string;
  /** A folder that is there. */
  readonly folder: string;
}

/** What could be made. */
export interface PreviewsMade {
  readonly views: readonly PreviewView[];
  /** The main colour, `#rrggbb`, or `null` for what has no picture. */
  readonly colour: string | null;
}

/** Nothing could be made. */
export const NOTHING_MADE: PreviewsMade = { views: [], colour: null };

const LARGE_PX = 640;
const SMALL_PX = 320;
const PIXELS_MAX = 120_000_000;
const SECONDS_MAX = 900;
const RUN = { timeoutMs: 10_000, bytesMax: 128 * 1024 * 1024 } as const;
/** Sound is measured at this rate when the system reads it. */
const COARSE_RATE = 8_000;

/** Makes all previews of a file. Throws when its bytes are not what they say. */
export async function makePreviews(job: PreviewJob): Promise<PreviewsMade> {
  if (job.mediaType.startsWith("image/")) return await shrink(job, job.path);
  if (job.mediaType.startsWith("video/")) {
    // Ours carry their first frame: the codec has no decoder here.
    const picture = (await readPoster(job.path)) ?? (await firstFrame(job.path));
    return picture === null ? NOTHING_MADE : await shrink(job, picture);
  }
  const peaks = job.mediaType.startsWith("audio/") ? await peaksOf(job) : null;
  if (peaks === null) return NOTHING_MADE;
  await writeFile(join(job.folder, VIEW_FILES.peaks), JSON.stringify(peaks), { mode: 0o600 });
  return { views: ["peaks"], colour: null };
}

async function shrink({ folder }: PreviewJob, picture: string | Uint8Array): Promise<PreviewsMade> {
  const large = await sharp(picture, { limitInputPixels: PIXELS_MAX, failOn: "error" })
    .autoOrient()
    .resize({ width: LARGE_PX, height: LARGE_PX, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 78 })
    .toBuffer();
  const small = await sharp(large)
    .resize({ width: SMALL_PX, height: SMALL_PX, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 72 })
    .toBuffer();
  const { dominant } = await sharp(small).stats();
  const hex = [dominant.r, dominant.g, dominant.b].map((part) =>
    Math.round(part).toString(16).padStart(2, "0"),
  );
  await writeFile(join(folder, VIEW_FILES.large), large, { mode: 0o600 });
  await writeFile(join(folder, VIEW_FILES.small), small, { mode: 0o600 });
  return { views: ["small", "large"], colour: `#${hex.join("")}` };
}

async function firstFrame(path: string): Promise<Buffer | null> {
  const program = findFfmpeg();
  if (program === null) return null;
  const output = ["-an", "-frames:v", "1", "-f", "image2pipe", "-c:v", "png"];
  return await runFfmpeg(program, { input: path, output }, RUN);
}

async function peaksOf({ path, mediaType }: PreviewJob): Promise<Peaks | null> {
  const program = findFfmpeg();
  if (program !== null) {
    const output = ["-vn", "-t", `${SECONDS_MAX}`, "-ac", "1", "-ar", `${COARSE_RATE}`];
    const raw = await runFfmpeg(program, { input: path, output: [...output, "-f", "s16le"] }, RUN);
    if (raw !== null) return measurePeaks(pcmOf(raw));
  }
  if (mediaType === "audio/mpeg") {
    return measurePeaks(await decodeMp3(await readFile(path), SECONDS_MAX));
  }
  const pcm = mediaType === "audio/wav" ? decodeWav(await readFile(path)) : null;
  return pcm === null ? null : measurePeaks(pcm);
}

function pcmOf(raw: Buffer): Pcm {
  const left = Float32Array.from({ length: raw.length >> 1 }, (_, index) => {
    return raw.readInt16LE(index * 2) / 32_768;
  });
  return { rate: COARSE_RATE, left, right: left };
}
