import assert from "node:assert/strict";
import { test } from "node:test";
import { textsOf, titlesOf } from "./result-texts.ts";
import { tracksOf } from "./tracks.ts";

test("textsOf() gives lyrics as words and aligned words as JSON, and leaves facts alone", () => {
  const lyrics = "[Verse]\nOpen the windows";
  const track = { audio_id: "a", audio_url: "https://a.example/1.mp3", title: "T", prompt: lyrics };
  assert.deepEqual(textsOf(track), [{ name: "prompt", text: lyrics, value: null }]);
  const [aligned] = textsOf({ aligned_words: '[{"word":"Open"}]' });
  assert.deepEqual(aligned?.value, [{ word: "Open" }]);
  assert.deepEqual(textsOf({ prompt: "", duration: 3, wav_url: "https://a.example/1.wav" }), []);
});

test("titlesOf() gives each track its title, and covers none", () => {
  const files = ["audio/mpeg", "image/jpeg", "audio/mpeg", "audio/mpeg"].map((media_type) => ({
    media_type,
  }));
  const results = [{ title: "One" }, {}, { title: "Three" }];
  assert.deepEqual(titlesOf(results, files), ["One", null, null, "Three"]);
});

test("tracksOf() gives tracks whose sound is still there", () => {
  const url = "https://a.example/files/1.mp3";
  const files = [{ file_url: url, peaks_url: null, duration_s: 17 }];
  const results = [
    { audio_id: "one", audio_url: url, title: "T" },
    { audio_id: "two", audio_url: "https://a.example/files/gone.mp3", title: "G" },
    { text: "words" },
  ];
  assert.deepEqual(tracksOf("task-1", results, files), [
    { taskId: "task-1", audioId: "one", title: "T", url, peaksUrl: null, seconds: 17 },
  ]);
});
