import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Output, Production } from "../../../core/outcome.ts";
import { present } from "../../../lib/assert.ts";
import { decodeAudio, secondsOf } from "./decode/decode.ts";
import { loudness } from "./mix/loudness.ts";
import { unpackScore } from "./score.ts";
import { RATE, type Stage } from "./synth/stage.ts";
import {
  missingProgram,
  openTestRoom,
  renderTest,
  sourceOf,
  type TestRoom,
  testJob,
} from "./test-room.ts";

const IDEA = {
  prompt: "a 10 seconds happy pop song about rain",
  custom_mode: false,
  instrumental: false,
  mv: "V5",
};

/** One song is made once; the models that build on it share it. */
describe("renderMusic()", () => {
  let test0: TestRoom;
  let song: Production;
  before(async () => {
    test0 = openTestRoom();
    song = await renderTest(test0, testJob("generate-music", IDEA));
  });
  after(() => test0[Symbol.dispose]());

  const named = () => {
    const source = sourceOf(test0, song);
    return { source, ids: { task_id: source.taskId, audio_id: source.id } };
  };
  const derived = (model: string, input: Record<string, string | number | boolean> = {}) => {
    const { source, ids } = named();
    return renderTest(test0, testJob(model, { ...ids, ...input }, { sources: [source] }));
  };
  const uploaded = (model: string, input: Record<string, string | number | boolean>) => {
    const path = test0.path(song, 0);
    const inputs = { "http://files.test/a.mp3": { path, mediaType: "audio/mpeg", sizeBytes: 1 } };
    return renderTest(
      test0,
      testJob(model, { upload_url: "http://files.test/a.mp3", ...input }, { inputs }),
    );
  };
  const soundAt = (made: Production, artifact: number) => decodeAudio(test0.path(made, artifact));

  test("generate-music gives two tracks with all that the API shows of them", () => {
    assert.equal(song.artifacts.length, 4);
    assert.deepEqual(
      song.artifacts.map(({ media }) => media),
      ["audio", "image", "audio", "image"],
    );
    assert.equal(new Set(song.creations.map(({ id }) => id)).size, 2);
    for (const [index, output] of song.outputs.entries()) {
      const track = trackOf(output);
      assert.match(
        track.audioId,
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      assert.equal(track.audioId, song.creations[index]?.id);
      assert.equal(track.prompt, IDEA.prompt);
      assert.ok(track.title.length > 0 && track.tags.includes("pop"));
      assert.ok(track.durationS > 6 && track.durationS < 18, `${track.durationS} s`);
      assert.deepEqual(
        [...readFileSync(test0.path(song, index * 2 + 1)).subarray(0, 2)],
        [0xff, 0xd8],
      );
    }
  });

  test("generate-music makes MP3 that an independent decoder reads as 192 kbit/s at −14 LUFS", {
    skip: missingProgram("ffprobe"),
  }, () => {
    const path = test0.path(song, 0);
    const shown = execFileSync(
      "ffprobe",
      [
        "-v",
        "error",
        "-show_entries",
        "stream=codec_name,sample_rate,channels,bit_rate:format=duration:format_tags=title",
        "-of",
        "json",
        path,
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    const probed = JSON.parse(shown);
    assert.equal(probed.streams[0].codec_name, "mp3");
    assert.deepEqual([probed.streams[0].sample_rate, probed.streams[0].channels], ["48000", 2]);
    assert.ok(
      Math.abs(Number(probed.streams[0].bit_rate) - 192_000) < 4000,
      probed.streams[0].bit_rate,
    );
    assert.ok(Math.abs(Number(probed.format.duration) - trackOf(song.outputs[0]).durationS) < 0.15);
    assert.equal(probed.format.tags.title, trackOf(song.outputs[0]).title);
    const meter = ebur128(path);
    assert.ok(Math.abs(meter.lufs + 14) < 1.5, `${meter.lufs} LUFS`);
    assert.ok(meter.peak < -1, `${meter.peak} dBTP`);
  });

  test("generate-music gives equal bytes for equal jobs, other ids for another attempt", async () => {
    using other = openTestRoom();
    const again = await renderTest(other, testJob("generate-music", IDEA, { marker: "second" }));
    for (const artifact of [0, 1, 2, 3]) {
      assert.equal(digest(other.path(again, artifact)), digest(test0.path(song, artifact)));
    }
    assert.notEqual(again.creations[0]?.id, song.creations[0]?.id);
    assert.equal(other.progress.at(-1), 1);
    assert.deepEqual(
      other.progress,
      [...other.progress].sort((a, b) => a - b),
      "progress never falls",
    );
  });

  test("generate-music sings exactly the lyrics of a custom song", async () => {
    using other = openTestRoom();
    const input = {
      prompt: "[Verse]\nHello river\nGoodbye sea",
      style: "folk at 120 bpm",
      title: "Water",
      custom_mode: true,
      instrumental: false,
      mv: "V5",
      vocal_gender: "m",
    };
    const made = await renderTest(other, testJob("generate-music", input));
    const score = unpackScore(refOf(made).score);
    assert.deepEqual(
      score?.lines.map(({ text }) => text),
      ["Hello river", "Goodbye sea"],
    );
    assert.equal(score?.singer?.gender, "m");
    assert.equal(trackOf(made.outputs[0]).title, "Water");
    assert.equal(trackOf(made.outputs[0]).tags, "folk at 120 bpm");
  });

  test("extend-music plays the same notes up to the joint and goes on", async () => {
    const made = await derived("extend-music", {
      default_param_flag: true,
      continue_at: 6,
      prompt: "",
      style: "",
      title: "Longer",
      mv: "V5",
    });
    const old = present(unpackScore(refOf(song).score), "score");
    const longer = present(unpackScore(refOf(made).score), "score");
    assert.ok(longer.beats > old.beats, "it is longer");
    assert.deepEqual([longer.key, longer.mode, longer.bpm], [old.key, old.mode, old.bpm]);
    const joint = Math.round((6 * old.bpm) / 60 / old.barBeats) * old.barBeats;
    const head = (score: typeof old) =>
      score.parts
        .find(({ id }) => id === "keys")
        ?.notes.filter(({ beat }) => beat < joint - 0.5)
        .map(({ beat, midi }) => [beat, midi]);
    assert.deepEqual(head(longer), head(old));
    assert.equal(trackOf(made.outputs[0]).title, "Longer");
    assert.ok(trackOf(made.outputs[0]).durationS > trackOf(song.outputs[0]).durationS + 10);
  });

  test("replace-section changes the notes between two times and no others", async () => {
    const made = await derived("replace-section", {
      prompt: "calmer",
      tags: "pop",
      title: "Mended",
      infill_start_s: 4,
      infill_end_s: 8,
      full_lyrics: "",
    });
    const old = present(unpackScore(refOf(song).score), "score");
    const mended = present(unpackScore(refOf(made).score), "score");
    const [from, to] = [(4 * old.bpm) / 60, (8 * old.bpm) / 60];
    const outside = (score: typeof old) =>
      score.parts
        .map(
          ({ id, notes }) =>
            [
              id,
              notes
                .filter(({ beat }) => (beat < from - 4 || beat >= to + 4) && beat < old.beats - 8)
                .map(({ beat, midi }) => [beat, midi]),
            ] as const,
        )
        .filter(([id]) => id === "keys" || id === "drums");
    assert.deepEqual(outside(mended), outside(old));
    assert.notDeepEqual(mended.parts, old.parts);
    assert.ok(
      Math.abs(trackOf(made.outputs[0]).durationS - trackOf(song.outputs[0]).durationS) < 0.1,
    );
  });

  test("convert-to-wav gives the mastered song, which the MP3 resembles", {
    skip: missingProgram("ffmpeg"),
  }, async () => {
    const made = await derived("convert-to-wav");
    assert.deepEqual(made.outputs, [{ kind: "link", field: "wav_url", file: 0 }]);
    const wav = await soundAt(made, 0);
    const mp3 = await soundAt(song, 0);
    assert.ok(Math.abs(loudness(wav) - loudness(mp3)) < 0.4);
    assert.ok(
      Math.abs(ebur128(test0.path(made, 0)).lufs - loudness(wav)) < 0.3,
      "two meters agree",
    );
    assert.equal(trackOf(song.outputs[0]).durationS, Math.round(secondsOf(wav) * 100) / 100);
  });

  test("stem-split gives stems that add up to the WAV within −60 dB, and empty names for the rest", async () => {
    const made = await derived("stem-split");
    const bundle = bundleOf(made.outputs[0]);
    assert.equal(bundle.field, "stem_split");
    assert.equal(Object.keys(bundle.files).length, 12);
    assert.equal(bundle.files.brass_url, null);
    assert.equal(typeof bundle.files.vocal_url, "number");
    const stems: Stage[] = [];
    for (const [index] of made.artifacts.entries()) stems.push(await soundAt(made, index));
    const whole = await soundAt(await derived("convert-to-wav"), 0);
    assert.ok(residualDb(whole, stems) < -60, `${residualDb(whole, stems)} dB`);
  });

  test("separate-vocals parts singers and band of a song of ours exactly", async () => {
    const made = await derived("separate-vocals");
    assert.deepEqual(bundleOf(made.outputs[0]).files, { vocal_url: 0, instrumental_url: 1 });
    const stems = [await soundAt(made, 0), await soundAt(made, 1)];
    const whole = await soundAt(await derived("convert-to-wav"), 0);
    assert.ok(residualDb(whole, stems) < -60);
  });

  test("upload-and-separate-vocals loses nothing of a foreign recording", async () => {
    const made = await uploaded("upload-and-separate-vocals", {
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
    for (const [index] of made.artifacts.entries()) stems.push(await soundAt(made, index));
    const db = residualDb(await soundAt(song, 0), stems);
    assert.ok(db < -60, `${db} dB`);
    const one = await uploaded("upload-and-separate-vocals", {
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
    const length = secondsOf(await soundAt(song, 0));
    const common = { title: "New", negative_tags: "", mv: "V5" };
    const sung = await uploaded("add-vocals", {
      ...common,
      prompt: "a song of hope",
      style: "pop",
    });
    const played = await uploaded("add-instrumental", { ...common, tags: "rock" });
    const cover = await uploaded("upload-and-cover-audio", {
      prompt: "jazz",
      custom_mode: false,
      instrumental: true,
    });
    const longer = await uploaded("upload-and-extend-audio", {
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
      const sound = await soundAt(made, 0);
      assert.ok(Math.abs(loudness(sound) + 14) < 1.5, `${loudness(sound)} LUFS`);
    }
    assert.ok(
      residualDb(await soundAt(song, 0), [await soundAt(sung, 0)]) > -25,
      "something was added",
    );
  });

  test("the models that write text answer in their fields", async () => {
    const lyrics = textOf(await derived("generate-lyrics", { prompt: "a keeper of bees" }));
    assert.deepEqual(Object.keys(lyrics), ["title", "text"]);
    assert.match(lyrics.text ?? "", /^\[Verse\]\n/);
    const timed = textOf(await derived("get-timestamped-lyrics"));
    assert.match(timed.timestampe_lyrics ?? "", /^(\[\d\d:\d\d\.\d\d\] [^\n]+\n?)+$/);
    assert.match(
      textOf(await derived("boost-music-style", { content: "sad lofi" })).style ?? "",
      /^sad lofi\. .+bpm/,
    );
  });

  test("generate-persona is a voice that later songs take", async () => {
    const made = await derived("generate-persona", { name: "Ada", description: "warm folk voice" });
    const creation = present(made.creations[0], "creation");
    assert.equal(textOf(made).persona_id, creation.id);
    const persona = {
      id: creation.id,
      taskId: "t",
      provider: "offline",
      account: "",
      ref: creation.ref,
      path: null,
    };
    const input = {
      ...IDEA,
      prompt: "[Verse]\nHello you",
      custom_mode: true,
      style: "pop",
      title: "A",
      persona_id: creation.id,
    };
    using other = openTestRoom();
    const sung = await renderTest(
      other,
      testJob("generate-music", input, { sources: [persona], seed: 99 }),
    );
    assert.deepEqual(
      unpackScore(refOf(sung).score)?.singer,
      unpackScore(refOf(song).score)?.singer,
    );
  });

  test("generate-music-cover paints two different pictures", async () => {
    const made = await derived("generate-music-cover");
    assert.deepEqual(made.outputs, [{ kind: "images", field: "generate_cover", files: [0, 1] }]);
    assert.notEqual(digest(test0.path(made, 0)), digest(test0.path(made, 1)));
    assert.equal(readFileSync(test0.path(made, 0)).subarray(1, 4).toString("latin1"), "PNG");
  });

  test("create-music-video shows the whole song", { skip: missingProgram("ffprobe") }, async () => {
    const made = await derived("create-music-video", { author: "Ada", domain_name: "music.test" });
    assert.deepEqual(made.outputs, [{ kind: "link", field: "video_url", file: 0 }]);
    const path = test0.path(made, 0);
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
    const seconds = trackOf(song.outputs[0]).durationS;
    assert.deepEqual([video.codec_name, audio.codec_name], ["h264", "aac"]);
    assert.equal(Number(video.nb_read_frames), Math.floor(seconds * 24));
    assert.ok(Math.abs(Number(audio.duration) - seconds) < 0.1);
    assert.ok(statSync(path).size > 50_000);
  });

  test("a canceled job rejects and leaves the rest undone", async () => {
    using other = openTestRoom();
    const job = renderTest(
      other,
      testJob("generate-music", { ...IDEA, prompt: "60 seconds of techno" }),
    );
    other.abort.abort();
    await assert.rejects(job);
  });

  const REFUSED = [
    ["an unknown model", "generate-opera", {}, /no music model/],
    [
      "a track of nobody",
      "convert-to-wav",
      { task_id: "t", audio_id: "x" },
      /was not made by this engine/,
    ],
    [
      "an upload that is not there",
      "add-vocals",
      { upload_url: "http://files.test/none" },
      /could be fetched/,
    ],
  ] as const;
  for (const [what, model, input, words] of REFUSED) {
    test(`${what} is refused in plain words`, async () => {
      using other = openTestRoom();
      await assert.rejects(async () => renderTest(other, testJob(model, input)), words);
    });
  }
});

function trackOf(output: Output | undefined): Extract<Output, { kind: "track" }> {
  assert.ok(output?.kind === "track");
  return output;
}

function bundleOf(output: Output | undefined): Extract<Output, { kind: "bundle" }> {
  assert.ok(output?.kind === "bundle");
  return output;
}

function textOf(made: Production): Readonly<Record<string, string>> {
  const output = made.outputs[0];
  assert.ok(output?.kind === "text");
  return output.fields;
}

function refOf(made: Production) {
  const ref = made.creations[0]?.ref;
  assert.ok(typeof ref === "object" && ref !== null && "score" in ref);
  return ref;
}

function digest(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** What is left when the stems are taken from the whole, against the whole. */
function residualDb(whole: Stage, stems: readonly Stage[]): number {
  let [rest, power] = [0, 0];
  const length = Math.min(whole.left.length, ...stems.map(({ left }) => left.length)) - RATE / 10;
  for (let index = 0; index < length; index += 1) {
    const sum = stems.reduce((total, stem) => total + (stem.left[index] ?? 0), 0);
    rest += ((whole.left[index] ?? 0) - sum) ** 2;
    power += (whole.left[index] ?? 0) ** 2;
  }
  return 10 * Math.log10(rest / power);
}

function ebur128(path: string): { readonly lufs: number; readonly peak: number } {
  const said = execFileSync(
    "sh",
    ["-c", 'ffmpeg -nostdin -hide_banner -i "$0" -af ebur128=peak=true -f null - 2>&1', path],
    { encoding: "utf8" },
  );
  const summary = said.slice(said.lastIndexOf("Summary:"));
  return {
    lufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    peak: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]),
  };
}
