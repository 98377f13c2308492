import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import {
  digest,
  ebur128,
  needs,
  openTestRoom,
  openTestSong,
  refOf,
  renderTest,
  TEST_IDEA,
  type TestSong,
  testJob,
  textOf,
  trackOf,
} from "../../../../test/support/music-room.ts";
import { present } from "../../../lib/assert.ts";
import { unpackScore } from "./score.ts";

describe("renderMusic() of scores", () => {
  let made0: TestSong;
  before(async () => {
    made0 = await openTestSong();
  });
  after(() => made0[Symbol.dispose]());

  test("generate-music gives two tracks with all that the API shows of them", () => {
    assert.equal(made0.song.artifacts.length, 4);
    assert.deepEqual(
      made0.song.artifacts.map(({ media }) => media),
      ["audio", "image", "audio", "image"],
    );
    assert.equal(new Set(made0.song.creations.map(({ id }) => id)).size, 2);
    for (const [index, output] of made0.song.outputs.entries()) {
      const track = trackOf(output);
      assert.match(
        track.audioId,
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      assert.equal(track.audioId, made0.song.creations[index]?.id);
      assert.equal(track.prompt, TEST_IDEA.prompt);
      assert.ok(track.title.length > 0 && track.tags.includes("pop"));
      assert.ok(track.durationS > 6 && track.durationS < 18, `${track.durationS} s`);
      assert.deepEqual(
        [...readFileSync(made0.test.path(made0.song, index * 2 + 1)).subarray(0, 2)],
        [0xff, 0xd8],
      );
    }
  });

  test(
    "generate-music makes MP3 that an independent decoder reads as 192 kbit/s at −14 LUFS",
    needs("ffprobe"),
    () => {
      const path = made0.test.path(made0.song, 0);
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
      assert.ok(
        Math.abs(Number(probed.format.duration) - trackOf(made0.song.outputs[0]).durationS) < 0.15,
      );
      assert.equal(probed.format.tags.title, trackOf(made0.song.outputs[0]).title);
      const meter = ebur128(path);
      assert.ok(Math.abs(meter.lufs + 14) < 1.5, `${meter.lufs} LUFS`);
      assert.ok(meter.peak < -1, `${meter.peak} dBTP`);
    },
  );

  test("generate-music gives equal bytes for equal jobs, and ids of its own", async () => {
    using other = openTestRoom();
    const again = await renderTest(
      other,
      testJob("generate-music", TEST_IDEA, { marker: "second" }),
    );
    for (const artifact of [0, 1, 2, 3]) {
      assert.equal(
        digest(other.path(again, artifact)),
        digest(made0.test.path(made0.song, artifact)),
      );
    }
    assert.notEqual(again.creations[0]?.id, made0.song.creations[0]?.id);
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
    const made = await made0.derived("extend-music", {
      default_param_flag: true,
      continue_at: 6,
      prompt: "",
      style: "",
      title: "Longer",
      mv: "V5",
    });
    const old = present(unpackScore(refOf(made0.song).score), "score");
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
    assert.ok(trackOf(made.outputs[0]).durationS > trackOf(made0.song.outputs[0]).durationS + 10);
  });

  test("replace-section changes the notes between two times and no others", async () => {
    const made = await made0.derived("replace-section", {
      prompt: "calmer",
      tags: "pop",
      title: "Mended",
      infill_start_s: 4,
      infill_end_s: 8,
      full_lyrics: "",
    });
    const old = present(unpackScore(refOf(made0.song).score), "score");
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
      Math.abs(trackOf(made.outputs[0]).durationS - trackOf(made0.song.outputs[0]).durationS) < 0.1,
    );
  });

  test("the models that write text answer in their fields", async () => {
    const lyrics = textOf(await made0.derived("generate-lyrics", { prompt: "a keeper of bees" }));
    assert.deepEqual(Object.keys(lyrics), ["title", "text"]);
    assert.match(lyrics.text ?? "", /^\[Verse\]\n/);
    const timed = textOf(await made0.derived("get-timestamped-lyrics"));
    assert.match(timed.timestampe_lyrics ?? "", /^(\[\d\d:\d\d\.\d\d\] [^\n]+\n?)+$/);
    assert.match(
      textOf(await made0.derived("boost-music-style", { content: "sad lofi" })).style ?? "",
      /^sad lofi\. .+bpm/,
    );
  });

  test("generate-persona is a voice that later songs take", async () => {
    const made = await made0.derived("generate-persona", {
      name: "Ada",
      description: "warm folk voice",
    });
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
      ...TEST_IDEA,
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
      unpackScore(refOf(made0.song).score)?.singer,
    );
  });

  test("generate-music-cover paints two different pictures", async () => {
    const made = await made0.derived("generate-music-cover");
    assert.deepEqual(made.outputs, [{ kind: "images", field: "generate_cover", files: [0, 1] }]);
    assert.notEqual(digest(made0.test.path(made, 0)), digest(made0.test.path(made, 1)));
    assert.equal(readFileSync(made0.test.path(made, 0)).subarray(1, 4).toString("latin1"), "PNG");
  });

  test("a canceled job rejects and leaves the rest undone", async () => {
    using other = openTestRoom();
    const job = renderTest(
      other,
      testJob("generate-music", { ...TEST_IDEA, prompt: "60 seconds of techno" }),
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
