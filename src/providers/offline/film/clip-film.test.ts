import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import {
  makeJob,
  needsChecker,
  openTestRoom,
  runChecker,
} from "../../../../test/support/render-room.ts";
import { isJsonObject } from "../../../lib/json.ts";
import type { RenderJob } from "../job.ts";
import { renderFilm } from "./render.ts";

const FFMPEG = needsChecker("ffmpeg");
const URL = "https://media.example.com/clip.mp4";
const PICTURE = "https://media.example.com/picture.png";
const room = openTestRoom();

/** Two seconds in which a light square crosses a dark ground from left to right, with a tone. */
function clip(): string {
  const path = join(room.folder, "clip.mp4");
  const square = "color=c=0x204020:s=320x180:r=24:d=2[g];color=c=0xe0d0b0:s=80x80:r=24:d=2[s]";
  runChecker("ffmpeg", [
    ...[
      "-v",
      "error",
      "-y",
      "-f",
      "lavfi",
      "-i",
      "sine=frequency=440:sample_rate=44100:duration=2",
    ],
    ...["-filter_complex", `${square};[g][s]overlay=x=t*120:y=50[v]`, "-map", "[v]", "-map", "0:a"],
    ...["-pix_fmt", "yuv420p", path],
  ]);
  return path;
}

function jobOf(input: RenderJob["input"], model = "happy-horse"): RenderJob {
  const job = makeJob({ media: "video", model, input });
  const file = { path: clip(), mediaType: "video/mp4", sizeBytes: 1 };
  return { ...job, inputs: { [URL]: file } };
}

async function shoot(job: RenderJob): Promise<{ path: string; notes: readonly unknown[] }> {
  const { artifacts, meta } = await renderFilm(job, room);
  const [file] = artifacts;
  assert.ok(file?.source.kind === "staged" && isJsonObject(meta) && Array.isArray(meta.notes));
  return { path: join(room.folder, file.source.name), notes: meta.notes };
}

/** The brightness of a frame on 16 by 9 fields. */
async function fieldsAt(path: string, seconds: number): Promise<readonly number[]> {
  const words = ["-v", "error", "-i", path, "-vf", `select=gte(t\\,${seconds})`];
  const png = execFileSync("ffmpeg", [
    ...words,
    ...["-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"],
  ]);
  return fieldsOf(png);
}

async function fieldsOf(png: Buffer): Promise<readonly number[]> {
  const grey = sharp(png).greyscale().resize(16, 9, { fit: "fill" });
  return [...(await grey.raw().toBuffer())];
}

/** Where the light is from left to right, 0 to 15: the middle of what is brighter than most. */
function lightAt(fields: readonly number[]): number {
  const threshold = (Math.min(...fields) + Math.max(...fields)) / 2;
  const bright = fields.flatMap((value, at) => (value > threshold ? [at % 16] : []));
  return bright.reduce((sum, x) => sum + x, 0) / bright.length;
}

test("renderFilm() shows the clip that is edited, changed by the words", FFMPEG, async () => {
  const input = { video_url: URL, resolution: "720p", prompt: "at night, in oil" };
  const { path, notes } = await shoot(jobOf(input));
  assert.deepEqual(notes, ["The system's ffmpeg decoded the clip"]);
  const source = join(room.folder, "clip.mp4");
  for (const seconds of [0.2, 1, 1.7]) {
    const [made, given] = [await fieldsAt(path, seconds), await fieldsAt(source, seconds)];
    assert.ok(Math.abs(lightAt(made) - lightAt(given)) < 1, `${lightAt(made)}`);
    const change = made.reduce((sum, value, at) => sum + Math.abs(value - (given[at] ?? 0)), 0);
    assert.ok(change / made.length > 6, `only ${change / made.length} levels apart`);
  }
});

test("renderFilm() begins a clip anew that is shorter than the film", FFMPEG, async () => {
  const input = { video_urls: [URL], resolution: "720p", duration: 5, prompt: "as a comic" };
  const { path } = await shoot(jobOf(input, "wan2.6-video-to-video"));
  const [once, again] = [await fieldsAt(path, 1), await fieldsAt(path, 3)];
  assert.ok(Math.abs(lightAt(once) - lightAt(again)) < 1);
});

test("renderFilm() keeps the sound of a clip when that is asked for", FFMPEG, async () => {
  const asked = { video_url: URL, resolution: "720p", prompt: "in oil" };
  const rates = [];
  for (const setting of ["origin", "auto"]) {
    const { path } = await shoot(jobOf({ ...asked, audio_setting: setting }));
    const words = ["-v", "error", "-select_streams", "a", "-show_entries", "stream=sample_rate"];
    rates.push(runChecker("ffprobe", [...words, "-of", "csv=p=0", path]).trim());
  }
  assert.deepEqual(rates, ["44100", "48000"]);
});

for (const model of ["kling-3.0-motion-control", "wan-animate-move", "wan-animate-replace"]) {
  test(`renderFilm() moves the picture of ${model} as the clip moves`, FFMPEG, async () => {
    const ground = {
      create: { width: 640, height: 360, channels: 3 as const, background: "#123" },
    };
    const figure = { create: { width: 80, height: 80, channels: 3 as const, background: "#fed" } };
    const overlay = [{ input: await sharp(figure).png().toBuffer() }];
    const picture = join(room.folder, "picture.png");
    await sharp(ground).composite(overlay).png().toFile(picture);
    const job = jobOf({ image_urls: [PICTURE], video_urls: [URL], video_url: URL }, model);
    const file = { path: picture, mediaType: "image/png", sizeBytes: 1 };
    const { path, notes } = await shoot({ ...job, inputs: { ...job.inputs, [PICTURE]: file } });
    assert.deepEqual(notes, ["The system's ffmpeg decoded the clip"]);
    const places = [];
    for (const seconds of [0.3, 1, 1.8]) places.push(lightAt(await fieldsAt(path, seconds)));
    const [left = 0, middle = 0, right = 0] = places;
    assert.ok(left < middle && middle < right, places.join(" "));
  });
}

test("renderFilm() marks key frames, so that a player may begin anywhere", FFMPEG, async () => {
  const { path } = await shoot(jobOf({ video_url: URL, resolution: "720p", prompt: "in oil" }));
  for (const seconds of [0.5, 1.5]) {
    const words = ["-v", "error", "-ss", String(seconds), "-i", path, "-frames:v", "1"];
    const png = execFileSync("ffmpeg", [...words, "-f", "image2pipe", "-c:v", "png", "-"]);
    const sought = await fieldsOf(png);
    const read = await fieldsAt(path, seconds);
    assert.ok(Math.abs(lightAt(sought) - lightAt(read)) < 0.2, `${lightAt(sought)}`);
  }
});

test("renderFilm() says so when nobody decodes the clip", FFMPEG, async () => {
  const job = jobOf({ video_url: URL, resolution: "720p", prompt: "a lake" });
  const { notes } = await shoot({ ...job, decode: false });
  assert.match(String(notes[0]), /^The clip gave length and shape; its frames are not decoded/);
});
