import assert from "node:assert/strict";
import { test } from "node:test";
import { readMusicFiles } from "./music-shape.ts";

const SONG = {
  audio_id: "e2310000-0000-8000-8000-00008cadc7dc",
  audio_url: "https://media.example.com/a.mp3",
  image_url: "https://media.example.com/a.jpeg",
  title: "River",
  tags: "folk",
  duration: 61.1,
  prompt: "",
};

test("readMusicFiles() takes the documented items and names their links", () => {
  const songs = readMusicFiles("generate-music", [SONG, SONG]);
  assert.deepEqual(songs.faults, []);
  assert.deepEqual(
    songs.links.map(({ family }) => family),
    ["audio", "image", "audio", "image"],
  );
  const lines = { timestampe_lyrics: "[00:01.20] one\n[00:02.00] two" };
  assert.deepEqual(readMusicFiles("get-timestamped-lyrics", [lines]).faults, []);
  const parts = JSON.stringify({ vocal_url: "https://a/v", instrumental_url: "https://a/i" });
  const split = readMusicFiles("separate-vocals", [{ separate_vocals: parts }]);
  assert.deepEqual([split.faults, split.links.length], [[], 2]);
});

test("readMusicFiles() sees what is missing, too much or of another kind", () => {
  const { prompt: _, ...short } = SONG;
  const wrong: readonly (readonly [string, readonly object[]])[] = [
    ["generate-music", []],
    ["generate-music", [short]],
    ["generate-music", [{ ...SONG, audio_id: "1" }]],
    ["generate-music", [{ ...SONG, duration: 0 }]],
    ["generate-lyrics", [{ title: "x", text: "" }]],
    ["get-timestamped-lyrics", [{ timestamped_lyrics: "[00:01.20] one" }]],
    ["get-timestamped-lyrics", [{ timestampe_lyrics: "one" }]],
    ["separate-vocals", [{ separate_vocals: { vocal_url: "https://a/v" } }]],
    ["stem-split", [{ stem_split: JSON.stringify({ vocal_url: "https://a/v" }) }]],
    ["generate-music-cover", [{ generate_cover: "[]" }]],
    ["convert-to-wav", [{ wav_url: "https://a/w" }, { wav_url: "https://a/w" }]],
  ];
  for (const [model, files] of wrong) {
    const items = JSON.parse(JSON.stringify(files));
    assert.notDeepEqual(readMusicFiles(model, items).faults, [], `${model} ${items}`);
  }
});
