import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { type PartOptions, requirePart } from "./require.ts";

/** A folder that goes away with its holder. */
export interface Folder extends Disposable {
  readonly path: string;
}

/** Makes an empty folder. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "vidgo-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

/** Skips a test where there is no ffmpeg. */
export function needsFfmpeg(): PartOptions {
  const isThere = spawnSync("ffmpeg", ["-version"]).status === 0;
  return requirePart("ffmpeg", isThere, "ffmpeg is not installed");
}

/** Writes a picture of one colour with an encoder that is not ours. */
export async function samplePicture(
  path: string,
  format: "png" | "jpeg" | "webp" | "gif" | "avif",
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  const background = { r: 200, g: 80, b: 40 };
  await sharp({ create: { ...size, channels: 3, background } })
    .toFormat(format)
    .toFile(path);
}

/** Writes seconds of a test picture and a tone; extension and `words` choose the codecs. */
export function sampleFilm(path: string, seconds: number, words: readonly string[] = []): void {
  const picture = ["-f", "lavfi", "-i", `testsrc=size=64x48:rate=24:duration=${seconds}`];
  const tone = ["-f", "lavfi", "-i", `sine=frequency=440:duration=${seconds}`];
  run([...picture, ...tone, ...words, path]);
}

/** Writes seconds of a tone; the path's extension and `words` choose the codec. */
export function sampleSound(path: string, seconds: number, words: readonly string[] = []): void {
  run(["-f", "lavfi", "-i", `sine=frequency=440:duration=${seconds}`, ...words, path]);
}

function run(words: readonly string[]): void {
  execFileSync("ffmpeg", ["-v", "error", "-y", ...words], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}
