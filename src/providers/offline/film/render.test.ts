import assert from "node:assert/strict";
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
import { readPoster } from "../../../lib/film-poster.ts";
import { isJsonObject, type JsonObject, parseJson } from "../../../lib/json.ts";
import { readFilmRequest } from "../request/film-request.ts";
import { assembleCrew } from "./crew.ts";
import { openMovie } from "./movie-file.ts";
import { prepareFilm } from "./prepare.ts";
import { renderFilm } from "./render.ts";

const room = openTestRoom();
const FFPROBE = needsChecker("ffprobe");
const FFMPEG = needsChecker("ffmpeg");
const TINY = { aspect_ratio: "192*108" };

interface Made {
  readonly files: readonly string[];
  readonly meta: JsonObject;
}

async function shoot(
  input: JsonObject,
  options: {
    readonly model?: string;
    readonly files?: Record<string, string>;
    readonly seed?: number;
    readonly fps?: number;
  } = {},
): Promise<Made> {
  const { fps = 24 } = options;
  const made = makeJob({
    media: "video",
    model: "wan2.5-text-to-video",
    input: { ...TINY, duration: 2, ...input },
    ...options,
  });
  const { artifacts, meta } = await renderFilm({ ...made, fps }, room);
  assert.ok(isJsonObject(meta));
  return {
    meta,
    files: artifacts.map(({ source }) =>
      join(room.folder, source.kind === "staged" ? source.name : ""),
    ),
  };
}

test("renderFilm() makes H.264 and AAC of the asked length, index first", FFPROBE, async () => {
  const { files } = await shoot({ prompt: "a lake at sunset" });
  const path = files[0] ?? "";
  const probed = ["-v", "error", "-count_frames", "-show_streams", "-of", "json", path];
  const shown = parseJson(runChecker("ffprobe", probed));
  assert.ok(isJsonObject(shown) && Array.isArray(shown.streams));
  const [video, audio] = shown.streams.filter(isJsonObject);
  assert.equal(video?.codec_name, "h264");
  assert.equal(video?.pix_fmt, "yuv420p");
  assert.equal(video?.r_frame_rate, "24/1");
  assert.equal(video?.nb_read_frames, "48");
  assert.deepEqual([video?.width, video?.height], [192, 108]);
  assert.equal(audio?.codec_name, "aac");
  assert.equal(audio?.channels, 2);
  assert.ok(Math.abs(Number(audio?.duration) - 2) < 0.05);
  const head = readFileSync(path);
  assert.ok(head.indexOf("moov") < head.indexOf("mdat"));
});

test(
  "renderFilm() makes fewer frames of the same length, when fewer are asked",
  FFPROBE,
  async () => {
    const { files, meta } = await shoot({ prompt: "a lake at sunset", duration: 4 }, { fps: 8 });
    const probed = ["-v", "error", "-count_frames", "-show_streams", "-of", "json", files[0] ?? ""];
    const shown = parseJson(runChecker("ffprobe", probed));
    assert.ok(isJsonObject(shown) && Array.isArray(shown.streams));
    const [video, audio] = shown.streams.filter(isJsonObject);
    assert.deepEqual([video?.r_frame_rate, video?.nb_read_frames, meta.frames], ["8/1", "32", 32]);
    for (const stream of [video, audio]) assert.ok(Math.abs(Number(stream?.duration) - 4) < 0.05);
  },
);

test("renderFilm() makes frames that are neither black nor frozen", FFMPEG, async () => {
  const { files } = await shoot({ prompt: "a night sky over the sea", duration: 3 });
  const raw = join(room.folder, "frames.gray");
  runChecker("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    files[0] ?? "",
    "-vf",
    "scale=96:54",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "gray",
    raw,
  ]);
  const frames = readFileSync(raw);
  const size = 96 * 54;
  assert.equal(frames.length / size, 72);
  let still = 0;
  for (let frame = 1; frame < 72; frame += 1) {
    let [moved, bright] = [0, 0];
    for (let pixel = 0; pixel < size; pixel += 1) {
      moved += Math.abs(
        (frames[frame * size + pixel] ?? 0) - (frames[(frame - 1) * size + pixel] ?? 0),
      );
      bright += frames[frame * size + pixel] ?? 0;
    }
    assert.ok(bright / size > 12, `frame ${frame} is dark: ${bright / size}`);
    if (moved / size < 0.1) still += 1;
  }
  assert.ok(still <= 3, `${still} pairs of frames without motion`);
});

test("renderFilm() leaves its first frame in the file, for lists to show", async () => {
  const { files } = await shoot({ prompt: "a red boat on a lake" });
  const poster = await readPoster(files[0] ?? "");
  assert.ok(poster !== null);
  const { format, width, height } = await sharp(poster).metadata();
  assert.deepEqual([format, width, height], ["jpeg", 192, 108]);
});

test("renderFilm() gives the same bytes for the same seed", async () => {
  const [first, again] = [
    await shoot({ prompt: "a dog in a meadow" }),
    await shoot({ prompt: "a dog in a meadow" }),
  ];
  assert.ok(readFileSync(first.files[0] ?? "").equals(readFileSync(again.files[0] ?? "")));
});

test("renderFilm() leaves sound out when asked, and gives the last frame", FFPROBE, async () => {
  const { files } = await shoot(
    { prompt: "the sea", generate_audio: false, return_last_frame: true },
    { model: "seedance-2" },
  );
  assert.equal(files.length, 2);
  assert.equal(
    runChecker("ffprobe", [
      "-v",
      "error",
      "-show_entries",
      "stream=codec_type",
      "-of",
      "csv=p=0",
      files[0] ?? "",
    ]).trim(),
    "video",
  );
  const { width, height } = await sharp(files[1]).metadata();
  assert.deepEqual([width, height], [192, 108]);
});

test("renderFilm() begins with the first picture and ends with the last", FFMPEG, async () => {
  const urls = await Promise.all(
    (["#b03020", "#2050b0"] as const).map(async (background, index) => {
      const path = join(room.folder, `frame-${index}.png`);
      await sharp({ create: { width: 192, height: 108, channels: 3, background } })
        .png()
        .toFile(path);
      return [`https://example.com/${index}.png`, path] as const;
    }),
  );
  const { files } = await shoot(
    { prompt: "calm", image_urls: urls.map(([url]) => url) },
    { model: "wan2.2-image-to-video-fast", files: Object.fromEntries(urls) },
  );
  const raw = join(room.folder, "ends.rgb");
  runChecker("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    files[0] ?? "",
    "-vf",
    "select=eq(n\\,0)+eq(n\\,47)",
    "-vsync",
    "0",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "rgb24",
    raw,
  ]);
  const pixels = readFileSync(raw);
  const size = 192 * 108 * 3;
  const mean = (frame: number, part: number): number => {
    let sum = 0;
    for (let at = frame * size + part; at < (frame + 1) * size; at += 3) sum += pixels[at] ?? 0;
    return sum / (size / 3);
  };
  for (const [frame, colour] of [
    [0, [0xb0, 0x30, 0x20]],
    [1, [0x20, 0x50, 0xb0]],
  ] as const) {
    const off = colour.map((value, part) => Math.abs(mean(frame, part) - value));
    const error = off.reduce((sum, each) => sum + each, 0) / 3;
    assert.ok(error <= 2, `frame ${frame} is off by ${off}`);
  }
});

test("renderFilm() cuts a multi-shot film by its prompts", async () => {
  const multi_prompt = [
    { prompt: "a castle", duration: 1 },
    { prompt: "a city", duration: 1 },
  ];
  const { meta } = await shoot({ multi_shots: true, multi_prompt }, { model: "kling-3.0/pro" });
  assert.equal(meta.frames, 48);
  assert.ok(Array.isArray(meta.scenes));
  assert.deepEqual(
    meta.scenes.filter(isJsonObject).map((scene) => scene.setting),
    ["hills", "city"],
  );
});

test("renderFilm() follows the length and shape of a clip that it is to animate", async () => {
  const clip = (await shoot({ prompt: "the sea", duration: 3 })).files[0] ?? "";
  const { meta } = await shoot(
    {
      aspect_ratio: undefined,
      duration: undefined,
      prompt: "a robot",
      resolution: "480p",
      video_url: "https://example.com/v.mp4",
    },
    { model: "happy-horse", files: { "https://example.com/v.mp4": clip } },
  );
  assert.equal(meta.frames, 72);
  assert.deepEqual([meta.width, meta.height], [854, 480]);
  assert.match(JSON.stringify(meta.notes), /not decoded/);
});

test("renderFilm() tells progress that only grows", async () => {
  const from = room.told.length;
  await shoot({ prompt: "a river", duration: 1 });
  const told = room.told.slice(from);
  assert.ok(told.length >= 24);
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
});

test("assembleCrew() writes the same film with a helper and without", async () => {
  const job = makeJob({
    media: "video",
    model: "wan2.5-text-to-video",
    input: { ...TINY, prompt: "a dog runs in a meadow", duration: 4 },
  });
  const prepared = await prepareFilm(job, readFilmRequest(job.model, job.input));
  const films: Buffer[] = [];
  for (const helpers of [0, 1]) {
    const { path } = room.stage("mp4");
    const crew = assembleCrew(job, prepared, helpers);
    const movie = await openMovie(path, { ...prepared.film, sound: null });
    await crew.shoot(movie, room);
    await movie.finish();
    await crew.dismiss();
    films.push(readFileSync(path));
  }
  assert.ok(films[0] !== undefined && films[1] !== undefined && films[0].equals(films[1]));
});

test("assembleCrew() loses nothing that its helper makes before there is a file", async () => {
  const job = makeJob({
    media: "video",
    model: "wan2.5-text-to-video",
    input: { ...TINY, prompt: "a cat sleeps on a wall", duration: 2 },
  });
  const prepared = await prepareFilm(job, readFilmRequest(job.model, job.input));
  const shootWith = async (crew: ReturnType<typeof assembleCrew>): Promise<Buffer> => {
    const { path } = room.stage("mp4");
    const movie = await openMovie(path, { ...prepared.film, sound: null });
    await crew.shoot(movie, room);
    await movie.finish();
    await crew.dismiss();
    return readFileSync(path);
  };
  const early = assembleCrew(job, prepared, 1);
  // In the meantime the helper of the first crew takes all there is.
  const alone: Buffer[] = [];
  for (let count = 0; count < 4; count += 1) {
    alone.push(await shootWith(assembleCrew(job, prepared, 0)));
  }
  const helped = await shootWith(early);
  assert.ok(alone.every((film) => film.equals(helped)));
});
