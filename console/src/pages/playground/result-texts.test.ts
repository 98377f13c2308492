import assert from "node:assert/strict";
import { test } from "node:test";
import { textsOf, titlesOf } from "./result-texts.ts";

test("textsOf() gives lyrics as words and aligned words as JSON, and leaves facts alone", () => {
  const lyrics = "[Verse]\nOpen the windows";
  const track = { audio_id: "a", audio_url: "https://a.example/1.mp3", title: "T", prompt: lyrics };
  assert.deepEqual(textsOf(track), [{ name: "prompt", text: lyrics, value: null }]);
  const [aligned] = textsOf({ aligned_words: '[{"word":"Open"}]' });
  assert.deepEqual(aligned?.value, [{ word: "Open" }]);
  assert.deepEqual(textsOf({ prompt: "", duration: 3, wav_url: "https://a.example/1.wav" }), []);
});

test("titlesOf() keeps the place of a track without a title", () => {
  assert.deepEqual(titlesOf([{ title: "One" }, {}, { title: "" }]), ["One", null, null]);
});
