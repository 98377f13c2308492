import assert from "node:assert/strict";
import { test } from "node:test";
import { SAMPLE_OUTPUTS, sampleFiles, sampleUrl } from "../../test/support/wire-samples.ts";
import { callbackFiles, detailFiles, statusFiles } from "./outputs.ts";

const URL_0 = "https://media.example.com/files/file_0-mac.mpeg";
const URL_1 = "https://media.example.com/files/file_1-mac.mpeg";

test("statusFiles() puts songs before their covers", () => {
  const { outputs, files } = SAMPLE_OUTPUTS.tracks ?? assert.fail("no sample");
  const types = statusFiles({ outputs, files }, sampleUrl).map((file) => file.file_type);
  assert.deepEqual(types, ["audio", "audio", "image", "image"]);
});

test("statusFiles() names each file once, also when two items point at it", () => {
  const files = sampleFiles("audio/mpeg");
  const outputs = [
    { kind: "link", field: "wav_url", file: 0 },
    { kind: "bundle", field: "stem_split", files: { vocal_url: 0 } },
  ] as const;
  assert.deepEqual(statusFiles({ outputs, files }, sampleUrl), [
    { file_url: URL_0, file_type: "audio" },
  ]);
});

test("statusFiles() calls a type beyond picture, film and sound other", () => {
  const files = sampleFiles("application/json");
  assert.equal(statusFiles({ outputs: [], files }, sampleUrl)[0]?.file_type, "other");
});

test("detailFiles() writes bundles as JSON strings with empty strings for what is missing", () => {
  const outputs = [
    { kind: "bundle", field: "stem_split", files: { vocal_url: 1, brass_url: null } },
  ] as const;
  const files = sampleFiles("audio/mpeg", "audio/mpeg");
  assert.deepEqual(detailFiles({ outputs, files }, sampleUrl), [
    { stem_split: JSON.stringify({ vocal_url: URL_1, brass_url: "" }) },
  ]);
});

test("detailFiles() leaves a missing cover empty", () => {
  const { outputs, files } = SAMPLE_OUTPUTS.tracks ?? assert.fail("no sample");
  const bare = outputs.map((output) =>
    output.kind === "track" ? { ...output, image: null } : output,
  );
  assert.equal(detailFiles({ outputs: bare, files }, sampleUrl)[0]?.image_url, "");
});

test("detailFiles() stops when an item points at no file", () => {
  const outputs = [{ kind: "link", field: "wav_url", file: 3 }] as const;
  assert.throws(() => detailFiles({ outputs, files: [] }, sampleUrl), /File 3 of the task/);
});

test("callbackFiles() follows status for pictures and music detail for the rest", () => {
  for (const [name, results] of Object.entries(SAMPLE_OUTPUTS)) {
    const plain = name === "images" || name === "video";
    const expected = plain ? statusFiles(results, sampleUrl) : detailFiles(results, sampleUrl);
    assert.deepEqual(callbackFiles(results, sampleUrl), expected, name);
  }
});
