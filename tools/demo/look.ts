import { execFile } from "node:child_process";
import { promisify } from "node:util";
import sharp from "sharp";
import { inspect } from "../../src/files/inspect.ts";
import { isJsonObject, parseJson } from "../../src/lib/json.ts";

/** What a file is when somebody else opens it. */
export interface Look {
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationS: number | null;
  /** Whether there is a track of sound; `null` when nobody could tell. */
  readonly sound: boolean | null;
}

const run = promisify(execFile);

/**
 * Opens a file: pictures with sharp, films and sounds with ffprobe, which share no code with what
 * made them. Without ffprobe the headers are read by our own reader.
 */
export async function lookAt(path: string, mediaType: string): Promise<Look> {
  if (mediaType.startsWith("image/")) {
    // Decoded as a whole: a header alone may promise what is not there.
    const { info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    return { mediaType, width, height, durationS: null, sound: null };
  }
  return (await probe(path, mediaType)) ?? (await readHeaders(path, mediaType));
}

async function probe(path: string, mediaType: string): Promise<Look | null> {
  const words = ["-v", "error", "-of", "json", "-show_format", "-show_streams", path];
  const told = await run("ffprobe", words).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (told === null) return null;
  const facts = parseJson(told.stdout);
  const streams = isJsonObject(facts) && Array.isArray(facts.streams) ? facts.streams : [];
  const objects = streams.filter(isJsonObject);
  const picture = objects.find((stream) => stream.codec_type === "video");
  const format = isJsonObject(facts) && isJsonObject(facts.format) ? facts.format : {};
  return {
    mediaType,
    width: Number(picture?.width ?? Number.NaN),
    height: Number(picture?.height ?? Number.NaN),
    durationS: Number(format.duration),
    sound: objects.some((stream) => stream.codec_type === "audio"),
  };
}

async function readHeaders(path: string, mediaType: string): Promise<Look> {
  const media = mediaType.startsWith("video/") ? "video" : "audio";
  const verdict = await inspect(path, media);
  if (verdict.kind === "refused") throw new Error(`${path}: ${verdict.message}`);
  return { ...verdict.facts, sound: null };
}

/**
 * How alike two pictures are by their coarse colours, -1 to 1: both are cut to the second one's
 * ratio and shrunk to 24 × 24. Brightness alone would take a dark thing put into a light picture
 * for another picture.
 */
export async function likeness(first: Buffer | string, second: Buffer | string): Promise<number> {
  const { info } = await sharp(second).raw().toBuffer({ resolveWithObject: true });
  const cut = await sharp(first).resize(info.width, info.height, { fit: "cover" }).png().toBuffer();
  const [one, other] = await Promise.all([cut, second].map(coarse));
  return correlation(one ?? [], other ?? []);
}

/** The first frame of a film as a PNG, or `null` without ffmpeg. */
export async function firstFrame(path: string): Promise<Buffer | null> {
  const words = ["-v", "error", "-i", path, "-frames:v", "1", "-f", "image2pipe"];
  const options = { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 } as const;
  return await run("ffmpeg", [...words, "-c:v", "png", "-"], options).then(
    ({ stdout }) => stdout,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    },
  );
}

/** Red, green and blue of 24 × 24 places, each told from the mean of its colour. */
async function coarse(picture: Buffer | string): Promise<readonly number[]> {
  const shrunk = sharp(picture).flatten().toColourspace("srgb").resize(24, 24, { fit: "fill" });
  const values = [...(await shrunk.raw().toBuffer())];
  const places = values.length / COLOURS;
  const sums = [0, 0, 0];
  for (const [index, value] of values.entries()) {
    sums[index % COLOURS] = (sums[index % COLOURS] ?? 0) + value;
  }
  return values.map((value, index) => value - (sums[index % COLOURS] ?? 0) / places);
}

const COLOURS = 3;

/** Of values whose mean is 0. */
function correlation(one: readonly number[], other: readonly number[]): number {
  let both = 0;
  let squaresOne = 0;
  let squaresOther = 0;
  for (const [index, a] of one.entries()) {
    const b = other[index] ?? 0;
    both += a * b;
    squaresOne += a * a;
    squaresOther += b * b;
  }
  return both / Math.sqrt(squaresOne * squaresOther || 1);
}
