import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import sharp from "sharp";
import {
  makeFolder,
  needsFfmpeg,
  sampleFilm,
  samplePicture,
  sampleSound,
} from "../../test/support/media-samples.ts";
import { MEDIA_TYPES } from "../lib/media-type.ts";
import { probeMedia } from "./probe.ts";

const NOTHING = { width: null, height: null, durationS: null };

const near = (actual: number | null, expected: number, byS: number) =>
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= byS,
    `${actual} is not near ${expected}`,
  );

test("probeMedia() reads the size of every kind of picture", async () => {
  using folder = makeFolder();
  for (const format of ["png", "jpeg", "webp", "gif", "avif"] as const) {
    const path = join(folder.path, format);
    await samplePicture(path, format, { width: 321, height: 123 });
    const facts = await probeMedia(path, MEDIA_TYPES[format].mediaType);
    assert.deepEqual(facts, { width: 321, height: 123, durationS: null }, format);
  }
});

test("probeMedia() reads each kind of WebP, and JPEG behind metadata", async () => {
  using folder = makeFolder();
  const plain = sharp({
    create: { width: 77, height: 55, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } },
  });
  const lossless = join(folder.path, "a.webp");
  await plain.clone().webp({ lossless: true }).toFile(lossless);
  const extended = join(folder.path, "b.webp");
  await plain
    .clone()
    .webp()
    .withExif({ IFD0: { Copyright: "x" } })
    .toFile(extended);
  const jpeg = join(folder.path, "c.jpg");
  await plain
    .clone()
    .flatten()
    .jpeg({ progressive: true })
    .withExif({ IFD0: { Copyright: "x".repeat(5_000) } })
    .toFile(jpeg);
  for (const path of [lossless, extended]) {
    assert.deepEqual(
      await probeMedia(path, "image/webp"),
      { width: 77, height: 55, durationS: null },
      path,
    );
  }
  assert.deepEqual(await probeMedia(jpeg, "image/jpeg"), {
    width: 77,
    height: 55,
    durationS: null,
  });
});

const FILMS = [
  ["mp4", "video/mp4", []],
  ["mp4", "video/mp4", ["-movflags", "+faststart"]],
  ["mov", "video/quicktime", []],
  ["webm", "video/webm", ["-c:v", "libvpx", "-c:a", "libopus"]],
] as const;

test("probeMedia() reads size and duration of films", needsFfmpeg(), async () => {
  using folder = makeFolder();
  for (const [extension, mediaType, words] of FILMS) {
    const path = join(folder.path, `film.${extension}`);
    sampleFilm(path, 2, words);
    const { width, height, durationS } = await probeMedia(path, mediaType);
    assert.deepEqual([width, height], [64, 48], path);
    near(durationS, 2, 0.06);
  }
});

test("probeMedia() shows a turned film as it plays", needsFfmpeg(), async () => {
  using folder = makeFolder();
  const turned = join(folder.path, "turned.mp4");
  sampleFilm(turned, 0.5);
  const bytes = readFileSync(turned);
  const matrix = bytes.indexOf("tkhd") + 4 + 40;
  for (const [index, value] of [0, 0x10000, 0, -0x10000, 0].entries()) {
    bytes.writeInt32BE(value, matrix + 4 * index);
  }
  writeFileSync(turned, bytes);
  const { width, height } = await probeMedia(turned, "video/mp4");
  assert.deepEqual([width, height], [48, 64]);
});

const SOUNDS = [
  ["mp3", "audio/mpeg", ["-b:a", "192k"]],
  ["mp3", "audio/mpeg", ["-q:a", "5"]],
  ["mp3", "audio/mpeg", ["-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"]],
  ["mp3", "audio/mpeg", ["-ar", "22050", "-ac", "2", "-metadata", `title=${"x".repeat(9_000)}`]],
  ["wav", "audio/wav", []],
  ["wav", "audio/wav", ["-c:a", "pcm_s24le", "-ac", "2"]],
  ["flac", "audio/flac", []],
  ["ogg", "audio/ogg", ["-c:a", "libopus"]],
  ["ogg", "audio/ogg", ["-c:a", "libvorbis"]],
  ["m4a", "audio/mp4", []],
] as const;

test(
  "probeMedia() reads the duration of sounds as an independent reader does",
  needsFfmpeg(),
  async () => {
    using folder = makeFolder();
    for (const [extension, mediaType, words] of SOUNDS) {
      const path = join(folder.path, `sound.${extension}`);
      sampleSound(path, 3, words);
      const facts = await probeMedia(path, mediaType);
      assert.deepEqual([facts.width, facts.height], [null, null]);
      near(facts.durationS, 3, 0.08);
      const asked = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path];
      near(facts.durationS, Number(execFileSync("ffprobe", asked, { encoding: "utf8" })), 0.06);
    }
  },
);

test("probeMedia() knows nothing of what is absent, a link, or of another type", async () => {
  using folder = makeFolder();
  const path = join(folder.path, "a.png");
  await samplePicture(path, "png", { width: 5, height: 5 });
  symlinkSync(path, join(folder.path, "link"));
  assert.deepEqual(await probeMedia(join(folder.path, "link"), "image/png"), NOTHING);
  assert.deepEqual(await probeMedia(join(folder.path, "absent"), "image/png"), NOTHING);
  assert.deepEqual(await probeMedia(path, "text/html"), NOTHING);
  assert.deepEqual(await probeMedia(path, "video/mp4"), NOTHING);
});

test("probeMedia() survives a file that is cut anywhere", needsFfmpeg(), async () => {
  using folder = makeFolder();
  const path = join(folder.path, "film.mp4");
  sampleFilm(path, 0.5, ["-movflags", "+faststart"]);
  const whole = readFileSync(path);
  for (const length of [0, 1, 8, 40, 100, 200, 400, 800]) {
    writeFileSync(path, whole);
    truncateSync(path, length);
    await probeMedia(path, "video/mp4");
  }
});

test("probeMedia() ends quickly and quietly on any bytes", async () => {
  using folder = makeFolder();
  const path = join(folder.path, "any");
  const types = Object.values(MEDIA_TYPES).map(({ mediaType }) => mediaType);
  const starts = [
    "",
    "RIFF\0\0\0\0WAVE",
    "\0\0\0\x08moov",
    "\0\0\0\x01moov\0\0\0\0\0\0\0\0",
    "\x1a\x45\xdf\xa3",
    "\xff\xd8\xff\xff",
    "\0\0\0\0",
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...types),
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 2_000 }),
      async (type, start, rest) => {
        writeFileSync(path, Buffer.concat([Buffer.from(start, "latin1"), rest]));
        const { width, height, durationS } = await probeMedia(path, type);
        assert.ok((width === null) === (height === null));
        for (const value of [width, height, durationS])
          assert.ok(value === null || (value > 0 && Number.isFinite(value)));
      },
    ),
    { numRuns: 600 },
  );
});

test("probeMedia() tells no length of a sound shorter than a millisecond", async () => {
  using folder = makeFolder();
  const path = join(folder.path, "scrap");
  writeFileSync(path, Buffer.from("ffd8fffff2a0", "hex"));
  assert.equal((await probeMedia(path, "audio/mpeg")).durationS, null);
});

test("probeMedia() stops at a film of endless empty boxes", async () => {
  using folder = makeFolder();
  const path = join(folder.path, "boxes.mp4");
  const box = Buffer.from("\0\0\0\x08free", "latin1");
  writeFileSync(path, Buffer.concat(Array.from({ length: 100_000 }, () => box)));
  const startedAtMs = performance.now();
  assert.deepEqual(await probeMedia(path, "video/mp4"), NOTHING);
  assert.ok(performance.now() - startedAtMs < 2_000);
});

/** A box of an MP4: its name, then numbers of four bytes or further boxes. */
function box(type: string, ...parts: readonly (number | Buffer)[]): Buffer {
  const content = parts.map((part) => {
    if (typeof part !== "number") return part;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(part);
    return bytes;
  });
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + Buffer.concat(content).length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, ...content]);
}

for (const [what, seconds, edits] of [
  ["by its samples, whatever its header tells", 60, []],
  ["by its edit list, where it has one", 8, [box("edts", box("elst", 0, 1, 8_000, 0, 65_536))]],
] as const) {
  test(`probeMedia() measures a track ${what}`, async () => {
    using folder = makeFolder();
    const path = join(folder.path, "short.mp4");
    const header = [0, 0, 0, 1_000, 1_000] as const;
    // 24 frames a second for a minute.
    const times = box("stts", 0, 2, 1_000, 512, 440, 512);
    const media = box(
      "mdia",
      box("mdhd", 0, 0, 0, 12_288, 512, 0),
      box("minf", box("stbl", times)),
    );
    const track = box("trak", ...edits, media);
    writeFileSync(path, box("moov", box("mvhd", ...header, ...Array(20).fill(0)), track));
    assert.equal((await probeMedia(path, "video/mp4")).durationS, seconds);
  });
}
