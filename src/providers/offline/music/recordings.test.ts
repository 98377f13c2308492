import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import {
  bundleOf,
  ebur128,
  needs,
  openTestSong,
  refOf,
  residualDb,
  type TestSong,
  trackOf,
} from "../../../../test/support/music-room.ts";
import { secondsOf } from "./decode/decode.ts";
import { loudness } from "./mix/loudness.ts";
import type { Stage } from "./synth/stage.ts";

describe("renderMusic() of recordings", () => {
  let made0: TestSong;
  before(async () => {
    made0 = await openTestSong();
  });
  after(() => made0[Symbol.dispose]());

  test(
    "convert-to-wav gives the mastered song, which the MP3 resembles",
    needs("ffmpeg"),
    async () => {
      const made = await made0.derived("convert-to-wav");
      assert.deepEqual(made.outputs, [{ kind: "link", field: "wav_url", file: 0 }]);
      const wav = await made0.sound(made, 0);
      const mp3 = await made0.sound(made0.song, 0);
      assert.ok(Math.abs(loudness(wav) - loudness(mp3)) < 0.4);
      assert.ok(
        Math.abs(ebur128(made0.test.path(made, 0)).lufs - loudness(wav)) < 0.3,
        "two meters agree",
      );
      assert.equal(
        trackOf(made0.song.outputs[0]).durationS,
        Math.round(secondsOf(wav) * 100) / 100,
      );
    },
  );

  test("stem-split gives stems that add up to the WAV, and empty names for the rest", async () => {
    const made = await made0.derived("stem-split");
    const bundle = bundleOf(made.outputs[0]);
    assert.equal(bundle.field, "stem_split");
    assert.equal(Object.keys(bundle.files).length, 12);
    assert.equal(bundle.files.brass_url, null);
    assert.equal(typeof bundle.files.vocal_url, "number");
    const stems: Stage[] = [];
    for (const [index] of made.artifacts.entries()) stems.push(await made0.sound(made, index));
    const whole = await made0.sound(await made0.derived("convert-to-wav"), 0);
    assert.ok(residualDb(whole, stems) < -60, `${residualDb(whole, stems)} dB`);
  });

  test("separate-vocals parts singers and band of a song of ours exactly", async () => {
    const made = await made0.derived("separate-vocals");
    assert.deepEqual(bundleOf(made.outputs[0]).files, { vocal_url: 0, instrumental_url: 1 });
    const stems = [await made0.sound(made, 0), await made0.sound(made, 1)];
    const whole = await made0.sound(await made0.derived("convert-to-wav"), 0);
    assert.ok(residualDb(whole, stems) < -60);
  });

  test("upload-and-separate-vocals loses nothing of a foreign recording", async () => {
    const made = await made0.uploaded("upload-and-separate-vocals", {
      audio_url: "http://files.test/a.mp3",
    });
    assert.deepEqual(Object.keys(bundleOf(made.outputs[0]).files), [
      "bass",
      "drums",
      "piano",
      "guitar",
      "vocals",
      "other",
    ]);
    const stems: Stage[] = [];
    for (const [index] of made.artifacts.entries()) stems.push(await made0.sound(made, index));
    const db = residualDb(await made0.sound(made0.song, 0), stems);
    assert.ok(db < -60, `${db} dB`);
    const one = await made0.uploaded("upload-and-separate-vocals", {
      audio_url: "http://files.test/a.mp3",
      output_type: "drums",
    });
    assert.deepEqual(Object.values(bundleOf(one.outputs[0]).files), [
      null,
      0,
      null,
      null,
      null,
      null,
    ]);
  });

  test("the models that build on a recording keep its length or go on behind it", async () => {
    const length = secondsOf(await made0.sound(made0.song, 0));
    const common = { title: "New", negative_tags: "", mv: "V5" };
    const sung = await made0.uploaded("add-vocals", {
      ...common,
      prompt: "a song of hope",
      style: "pop",
    });
    const played = await made0.uploaded("add-instrumental", { ...common, tags: "rock" });
    const cover = await made0.uploaded("upload-and-cover-audio", {
      prompt: "jazz",
      custom_mode: false,
      instrumental: true,
    });
    const longer = await made0.uploaded("upload-and-extend-audio", {
      default_param_flag: true,
      instrumental: true,
      continue_at: 8,
      mv: "V5",
    });
    for (const made of [sung, played]) {
      assert.ok(Math.abs(trackOf(made.outputs[0]).durationS - length) < 0.2);
    }
    assert.ok(Math.abs(trackOf(cover.outputs[0]).durationS - length) < 6);
    assert.ok(trackOf(longer.outputs[0]).durationS > 8 + 20);
    assert.equal(refOf(longer).foreign, true);
    for (const made of [sung, played, cover, longer]) {
      const sound = await made0.sound(made, 0);
      assert.ok(Math.abs(loudness(sound) + 14) < 1.5, `${loudness(sound)} LUFS`);
    }
    assert.ok(
      residualDb(await made0.sound(made0.song, 0), [await made0.sound(sung, 0)]) > -25,
      "something was added",
    );
  });

  test("create-music-video shows the whole song", needs("ffprobe"), async () => {
    const made = await made0.derived("create-music-video", {
      author: "Ada",
      domain_name: "music.test",
    });
    assert.deepEqual(made.outputs, [{ kind: "link", field: "video_url", file: 0 }]);
    const path = made0.test.path(made, 0);
    const shown = execFileSync(
      "ffprobe",
      [
        "-v",
        "error",
        "-count_frames",
        "-show_entries",
        "stream=codec_name,nb_read_frames,duration",
        "-of",
        "json",
        path,
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    const [video, audio] = JSON.parse(shown).streams;
    const seconds = trackOf(made0.song.outputs[0]).durationS;
    assert.deepEqual([video.codec_name, audio.codec_name], ["h264", "aac"]);
    assert.equal(Number(video.nb_read_frames), Math.floor(seconds * 24));
    assert.ok(Math.abs(Number(audio.duration) - seconds) < 0.1);
    assert.ok(statSync(path).size > 50_000);
  });
});
