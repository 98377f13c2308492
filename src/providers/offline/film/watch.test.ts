import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import {
  makeJob,
  needsChecker,
  openTestRoom,
  runChecker,
} from "../../../../test/support/render-room.ts";
import type { RenderJob } from "../job.ts";
import { renderFilm } from "./render.ts";

const room = openTestRoom();
const FFMPEG = needsChecker("ffmpeg");
const [WIDE, HIGH] = [160, 90];

const films = [
  { prompt: "a lighthouse at night in the rain", mode: "normal" },
  { prompt: "a corridor with doors", mode: "normal" },
  { prompt: "a bowl of oranges on a table", mode: "fun" },
  { prompt: "a city from day to night", mode: "spicy" },
  { prompt: "a castle, oil painting", mode: "normal" },
] as const;

const calm = [
  "a polar bear on the ice",
  "a white swan on a misty lake at dawn",
  "a bowl of oranges on a table",
  "a cat sleeping on a sofa in a living room",
] as const;

for (const film of films) {
  test(`renderFilm() of ${film.prompt}: light, moving, with sound`, FFMPEG, async (t) => {
    const path = await shoot(film);
    const told = look(path);
    assert.doesNotMatch(told, /black_start/);
    assert.doesNotMatch(told, /freeze_start/);
    const loudest = Number(/max_volume: (-?[\d.]+) dB/.exec(told)?.[1]);
    const mean = Number(/mean_volume: (-?[\d.]+) dB/.exec(told)?.[1]);
    assert.ok(loudest < -0.05, `clipped at ${loudest} dB`);
    assert.ok(mean > -50, `silent at ${mean} dB`);
    const { moving, pairs } = motionOf(path);
    t.diagnostic(`${moving} of ${pairs} pairs move; loudest ${loudest} dB, mean ${mean} dB`);
    assertMoving({ moving, pairs });
  });
}

for (const prompt of calm) {
  test(`renderFilm() of ${prompt} never stands nearly still`, FFMPEG, async (t) => {
    const { moving, pairs } = motionOf(await shoot({ prompt, mode: "normal" }));
    t.diagnostic(`${moving} of ${pairs} pairs move`);
    assertMoving({ moving, pairs });
  });
}

test(
  "renderFilm() of a smooth picture begins with it and never stands still",
  FFMPEG,
  async (t) => {
    const path = join(room.folder, "smooth.png");
    const shape = { width: 640, height: 360, channels: 3 } as const;
    const pixels = Buffer.from(
      Array.from({ length: 640 * 360 * 3 }, (_, at) => 60 + (Math.floor(at / 3) % 640) * 0.2),
    );
    await sharp(pixels, { raw: shape }).png().toFile(path);
    const url = "https://example.com/smooth.png";
    const input = { prompt: "calm", image_url: url, duration: 3, resolution: "360p" };
    const model = "wan2.5-image-to-video";
    const film = await shootJob(makeJob({ media: "video", model, input, files: { [url]: path } }));
    const { moving, pairs, first } = motionOf(film);
    t.diagnostic(`${moving} of ${pairs} pairs move`);
    assertMoving({ moving, pairs });
    for (const x of [0, 80, 159]) {
      const given = 60 + (x * 4 + 1.5) * 0.2;
      const shown = first[45 * WIDE + x] ?? 0;
      assert.ok(Math.abs(shown - given) <= 3, `${shown} at ${x}, the picture has ${given}`);
    }
  },
);

function assertMoving({ moving, pairs }: Pick<Motion, "moving" | "pairs">): void {
  assert.equal(pairs, 71);
  assert.ok(moving >= pairs * 0.95, `${moving} of ${pairs} pairs move`);
}

async function shoot({
  prompt,
  mode,
}: Pick<(typeof films)[number], "mode"> & Words): Promise<string> {
  const input = { prompt, mode, duration: 3, aspect_ratio: "640*360" };
  return shootJob(makeJob({ media: "video", model: "wan2.5-text-to-video", input }));
}

interface Words {
  readonly prompt: string;
}

async function shootJob(job: RenderJob): Promise<string> {
  const { artifacts } = await renderFilm(job, room);
  const source = artifacts[0]?.source;
  return join(room.folder, source?.kind === "staged" ? source.name : "");
}

/** What ffmpeg says of black, frozen and loud parts. */
function look(path: string): string {
  const picture = ["-vf", "blackdetect=d=0.04:pix_th=0.06,freezedetect=n=-72dB:d=0.2"];
  const words = ["-hide_banner", "-i", path, ...picture, "-af", "volumedetect", "-f", "null", "-"];
  return spawnSync("ffmpeg", words, { encoding: "utf8" }).stderr;
}

interface Motion {
  readonly moving: number;
  readonly pairs: number;
  readonly first: Uint8Array;
}

/** Pairs of frames that differ by a quarter of a level on average once blurred. */
function motionOf(path: string): Motion {
  const raw = `${path}.gray`;
  const shape = ["-vf", `scale=${WIDE}:${HIGH}:flags=area`, "-f", "rawvideo", "-pix_fmt", "gray"];
  runChecker("ffmpeg", ["-v", "error", "-y", "-i", path, ...shape, raw]);
  const frames = readFileSync(raw);
  const size = WIDE * HIGH;
  const pairs = frames.length / size - 1;
  let moving = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const [from, to] = [pair * size, (pair + 1) * size];
    let moved = 0;
    for (let at = 0; at < size; at += 1) {
      moved += Math.abs((frames[to + at] ?? 0) - (frames[from + at] ?? 0));
    }
    if (moved / size >= 0.25) moving += 1;
  }
  return { moving, pairs, first: frames.subarray(0, size) };
}
