import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openTestRoom } from "../../../../../test/support/music-room.ts";
import { decodeWav } from "../../../../lib/decode-wav.ts";
import { writeMp3 } from "../encode/mp3.ts";
import { writeWav } from "../encode/wav.ts";
import { RATE, type Stage } from "../synth/stage.ts";
import { decodeAudio } from "./decode.ts";
import { resample } from "./resample.ts";

function tone(seconds: number, rate: number = RATE): Stage {
  const left = Float32Array.from(
    { length: seconds * rate },
    (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / rate),
  );
  return { left, right: left.map((value) => value * 0.5) };
}

test("decodeAudio() gives back what writeWav() wrote, to 16 bits", async () => {
  using room = openTestRoom();
  const path = join(room.dir, "a.wav");
  const stage = tone(1);
  await writeWav(path, stage);
  const read = await decodeAudio(path);
  assert.equal(read.left.length, stage.left.length);
  const off = read.right.map((value, index) => Math.abs(value - (stage.right[index] ?? 0)));
  assert.ok(Math.max(...off) < 1 / 16_000);
});

test("decodeAudio() reads an MP3 with its level and both channels", async () => {
  using room = openTestRoom();
  const path = join(room.dir, "a.mp3");
  await writeMp3(path, tone(3), {
    tags: { title: "t", genre: "g", comment: "c" },
    signal: room.abort.signal,
  });
  const read = await decodeAudio(path);
  assert.ok(Math.abs(read.left.length / RATE - 3) < 0.1);
  // The encoder lowers everything by 0.26 dB.
  assert.ok(Math.abs(rms(read.left) - 0.343) < 0.004, `${rms(read.left)}`);
  assert.ok(Math.abs(rms(read.left) / rms(read.right) - 2) < 0.02, `${rms(read.right)}`);
});

for (const { what, bits, float } of [
  { what: "8 bits", bits: 8, float: false },
  { what: "24 bits", bits: 24, float: false },
  { what: "32 bits", bits: 32, float: false },
  { what: "floats", bits: 32, float: true },
]) {
  test(`decodeWav() reads mono WAV of ${what}`, () => {
    const values = [0, 0.5, -0.5, 0.25];
    const read = decodeWav(wavOf(values, { bits, float }));
    assert.equal(read?.rate, 44_100);
    assert.deepEqual([...(read?.left ?? [])], values);
    assert.deepEqual(read?.right, read?.left);
  });
}

test("decodeAudio() refuses what is neither MP3 nor WAV, and what is too short", async () => {
  using room = openTestRoom();
  const path = join(room.dir, "a.bin");
  writeFileSync(path, "not a sound at all");
  await assert.rejects(decodeAudio(path), /send MP3 or WAV/);
  writeFileSync(path, wavOf([0, 0.1], { bits: 24, float: false }));
  await assert.rejects(decodeAudio(path), /shorter than half a second/);
});

test("decodeWav() survives a header that lies", () => {
  const bytes = wavOf([0, 0.5], { bits: 24, float: false });
  bytes.fill(255, 40, 44);
  assert.equal(decodeWav(bytes)?.left.length, 2);
  assert.equal(decodeWav(bytes.subarray(0, 30)), null);
});

test("resample() keeps pitch, level and length", () => {
  const made = resample(tone(1, 44_100).left, 44_100);
  assert.ok(Math.abs(made.length - RATE) < 3);
  const wanted = tone(1).left;
  const off = made
    .subarray(2000, 40_000)
    .map((value, index) => Math.abs(value - (wanted[index + 2000] ?? 0)));
  assert.ok(Math.max(...off) < 0.01, `${Math.max(...off)}`);
});

function rms(channel: Float32Array): number {
  const middle = channel.subarray(RATE / 2, channel.length - RATE / 2);
  return Math.sqrt(middle.reduce((sum, value) => sum + value * value, 0) / middle.length);
}

function wavOf(
  values: readonly number[],
  format: { readonly bits: number; readonly float: boolean },
): Buffer {
  const bytes = format.bits / 8;
  const file = Buffer.alloc(44 + values.length * bytes);
  file.write("RIFF\0\0\0\0WAVEfmt ", 0, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(format.float ? 3 : 1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(44_100, 24);
  file.writeUInt16LE(format.bits, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(values.length * bytes, 40);
  for (const [index, value] of values.entries()) {
    const at = 44 + index * bytes;
    if (format.float) file.writeFloatLE(value, at);
    else if (bytes === 1) file.writeUInt8(128 + value * 128, at);
    else file.writeIntLE(value * 2 ** (format.bits - 1), at, bytes);
  }
  return file;
}
