import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import {
  makeFolder,
  needsFfmpeg,
  sampleFilm,
  samplePicture,
  sampleSound,
} from "../../test/support/media-samples.ts";
import { id3Length, MEDIA_TYPES, mp3Frame, SNIFF_BYTES, sniffMedia } from "./media-type.ts";

const head = (path: string) => readFileSync(path).subarray(0, SNIFF_BYTES);
const latin1 = (text: string) => Buffer.from(text, "latin1");

test("sniffMedia() knows the pictures of another encoder", async () => {
  using folder = makeFolder();
  for (const format of ["png", "jpeg", "webp", "gif", "avif"] as const) {
    const path = join(folder.path, "picture");
    await samplePicture(path, format, { width: 20, height: 10 });
    assert.equal(sniffMedia(head(path)), MEDIA_TYPES[format], format);
  }
});

const FILMS = [
  ["mp4", []],
  ["mov", []],
  ["webm", ["-c:v", "libvpx", "-c:a", "libopus"]],
] as const;
const SOUNDS = [
  ["mp3", []],
  ["wav", []],
  ["flac", []],
  ["ogg", ["-c:a", "libopus"]],
  ["m4a", []],
] as const;

test("sniffMedia() knows the films and sounds of another encoder", needsFfmpeg(), () => {
  using folder = makeFolder();
  for (const [type, words] of FILMS) {
    const path = join(folder.path, `film.${type}`);
    sampleFilm(path, 0.5, words);
    assert.equal(sniffMedia(head(path)), MEDIA_TYPES[type], type);
  }
  for (const [type, words] of SOUNDS) {
    const path = join(folder.path, `sound.${type}`);
    sampleSound(path, 0.5, words);
    assert.equal(sniffMedia(head(path)), MEDIA_TYPES[type], type);
  }
});

test("sniffMedia() knows an MP3 without a tag, by its second frame", needsFfmpeg(), () => {
  using folder = makeFolder();
  const path = join(folder.path, "bare.mp3");
  sampleSound(path, 1, ["-id3v2_version", "0", "-write_xing", "0"]);
  assert.equal(sniffMedia(head(path)), MEDIA_TYPES.mp3);
  assert.equal(sniffMedia(head(path).subarray(0, 100)), null);
});

const STRANGERS: Readonly<Record<string, Uint8Array>> = {
  nothing: Buffer.alloc(0),
  zeros: Buffer.alloc(SNIFF_BYTES),
  ones: Buffer.alloc(SNIFF_BYTES, 0xff),
  html: latin1("<!doctype html><script>alert(1)</script>"),
  svg: latin1('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
  playlist: latin1("#EXTM3U\n#EXT-X-STREAM-INF\nhttp://169.254.169.254/"),
  ffconcat: latin1("ffconcat version 1.0\nfile /etc/passwd"),
  pdf: latin1("%PDF-1.7"),
  zip: latin1("PK\x03\x04"),
  gzip: gzipSync(Buffer.alloc(1000)),
  json: latin1('{"error":"expired"}'),
  utf16: latin1("\xff\xfeh\0e\0l\0l\0o\0"),
  heic: latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
  matroska: latin1("\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska"),
  aac: latin1("\xff\xf1\x50\x80\x2e\x7f\xfc\x21"),
  avi: latin1("RIFF\x10\0\0\0AVI LIST"),
  theora: Buffer.concat([latin1("OggS"), Buffer.alloc(24), latin1("\x80theora")]),
  bmp: latin1("BM\x36\0\0\0"),
  tiff: latin1("II*\0"),
  ico: latin1("\0\0\x01\0"),
  shortPng: latin1("\x89PNG\r\n\x1a\n"),
  brandless: latin1("\0\0\0\x08ftyp"),
  hugeFtyp: latin1("\xff\xff\xff\xffftyp????\0\0\0\0xxxx"),
};

for (const [name, bytes] of Object.entries(STRANGERS)) {
  test(`sniffMedia() does not take ${name}`, () => {
    assert.equal(sniffMedia(bytes), null);
  });
}

test("sniffMedia() never throws", () => {
  const start = fc.constantFrom(
    "",
    "RIFF",
    "\0\0\0\x20ftyp",
    "ID3",
    "\xff\xfb",
    "OggS",
    "\x1a\x45\xdf\xa3",
    "\xff\xd8",
  );
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 300 }), (text, rest) => {
      const type = sniffMedia(Buffer.concat([latin1(text), rest]));
      assert.ok(type === null || Object.values<unknown>(MEDIA_TYPES).includes(type));
    }),
    { numRuns: 5_000 },
  );
});

test("sniffMedia() reads a view into a larger buffer by its own bounds", () => {
  const whole = latin1("xxxx\xff\xd8\xff\xe0");
  assert.equal(sniffMedia(new Uint8Array(whole.buffer, whole.byteOffset + 4, 4)), MEDIA_TYPES.jpeg);
});

test("id3Length() reads the size seven bits a byte", () => {
  assert.equal(id3Length(latin1("ID3\x04\0\0\0\0\x02\x01")), 10 + 257);
  assert.equal(id3Length(latin1("ID3\x04\0\0\0\0\x80\x01")), null);
  assert.equal(id3Length(latin1("ID3")), null);
});

test("mp3Frame() reads a header of 128 kbit/s at 44.1 kHz", () => {
  const frame = mp3Frame(latin1("\xff\xfb\x90\x00"), 0);
  assert.deepEqual(frame, {
    lengthBytes: 417,
    samples: 1152,
    sampleRate: 44_100,
    bitsPerS: 128_000,
    sideInfoEnd: 36,
  });
  assert.equal(mp3Frame(latin1("\xff\xfb\xf0\x00"), 0), null);
  assert.equal(mp3Frame(latin1("\xff\xfb\x9c\x00"), 0), null);
  assert.equal(mp3Frame(latin1("\xff\xfb\x90"), 0), null);
});
