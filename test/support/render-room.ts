import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import sharp from "sharp";
import type { JsonObject } from "../../src/lib/json.ts";
import type { ModelMedia } from "../../src/models/model.ts";
import type { RenderJob, RenderRoom } from "../../src/providers/offline/job.ts";

import { type PartOptions, requirePart } from "./require.ts";

/** A staging folder for the renderers' tests, removed afterwards. */
export function openTestRoom(): TestRoom {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-render-"));
  after(() => rmSync(folder, { recursive: true }));
  let staged = 0;
  const progress: number[] = [];
  return {
    folder,
    told: progress,
    signal: new AbortController().signal,
    progress: (fraction) => void progress.push(fraction),
    stage(extension) {
      staged += 1;
      const name = `${staged}.${extension}`;
      return { name, path: join(folder, name) };
    },
  };
}

/** A room that remembers what progress it was told. */
export interface TestRoom extends RenderRoom {
  readonly folder: string;
  readonly told: readonly number[];
}

/** A job as the provider hands it over; `files` are paths by URL. */
export function makeJob(options: {
  readonly media: ModelMedia;
  readonly model?: string;
  readonly input: JsonObject;
  readonly seed?: number;
  readonly files?: Readonly<Record<string, string>>;
}): RenderJob {
  const { media, model = "z-image", input, seed = 11, files = {} } = options;
  const inputs = Object.fromEntries(
    Object.entries(files).map(([url, path]) => [
      url,
      { path, mediaType: "image/png", sizeBytes: 1 },
    ]),
  );
  return { marker: "att_test", model, media, input, seed, sources: [], inputs };
}

/** A fingerprint by what is light and dark where, 64 bits, and the mean colour of six fields. */
export async function pictureHash(
  path: string,
): Promise<{ readonly bits: bigint; readonly colours: readonly number[] }> {
  const grey = await sharp(path)
    .removeAlpha()
    .greyscale()
    .resize(9, 8, { fit: "fill" })
    .raw()
    .toBuffer();
  let bits = 0n;
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const here = grey[row * 9 + column] ?? 0;
      bits = (bits << 1n) | (here > (grey[row * 9 + column + 1] ?? 0) ? 1n : 0n);
    }
  }
  const fields = await sharp(path).removeAlpha().resize(3, 2, { fit: "fill" }).raw().toBuffer();
  return { bits, colours: [...fields] };
}

/** How far two pictures are apart: bits that differ, and mean difference of colour, 0 to 255. */
export async function pictureDistance(
  first: string,
  second: string,
): Promise<{ readonly bits: number; readonly colour: number }> {
  const [a, b] = [await pictureHash(first), await pictureHash(second)];
  const differing = (a.bits ^ b.bits).toString(2).replaceAll("0", "").length;
  const colour = a.colours.reduce(
    (sum, value, index) => sum + Math.abs(value - (b.colours[index] ?? 0)),
    0,
  );
  return { bits: differing, colour: colour / a.colours.length };
}

/** Runs a system program that looks at media and gives what it prints. */
export function runChecker(program: "ffmpeg" | "ffprobe", args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** What `test()` takes for a test that needs such a program. */
export function needsChecker(program: "ffmpeg" | "ffprobe"): PartOptions {
  const { status } = spawnSync(program, ["-version"], { stdio: "ignore" });
  return requirePart(program, status === 0, `${program} is not installed`);
}
