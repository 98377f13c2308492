import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { after, before, test } from "node:test";
import { present } from "../../src/lib/assert.ts";
import { allExamples, type ExampleResult, runExamples } from "../../tools/demo/run-examples.ts";
import { openStudio, type Studio } from "../../tools/demo/studio.ts";
import { TABLE_HEAD, tableLine } from "../../tools/demo/table.ts";
import { requirePart } from "../support/require.ts";

const examples = allExamples();
const workers = Math.min(4, availableParallelism());
const outcomes = new Map(
  examples.map(({ name }) => [name, Promise.withResolvers<ExampleResult>()]),
);

const hasParts = ["openssl", "ffmpeg", "ffprobe"].every(
  (program) => spawnSync(program, [program === "openssl" ? "version" : "-version"]).status === 0,
);
const parts = requirePart("ffmpeg", hasParts, "openssl, ffmpeg or ffprobe is not installed");

/**
 * Of films: a third of the usual. What is asked here is whether media, sizes, lengths, sounds and
 * first pictures are as the inputs say; smoothness is asked where films are rendered.
 */
const FPS = 8;

let studio: Studio | null = null;
let ended: Promise<void> = Promise.resolve();

before(async () => {
  if (!hasParts) return;
  const opened = await openStudio({ workers, fps: FPS });
  studio = opened;
  ended = runExamples(opened, {
    examples,
    abreast: workers,
    tell: (result) => outcomes.get(result.example.name)?.resolve(result),
  });
});

after(async () => {
  await ended;
  await studio?.close();
});

test("there are 151 documented inputs of 113 models", () => {
  assert.equal(examples.length, 151);
  assert.equal(new Set(examples.map(({ model }) => model.id)).size, 113);
});

for (const { name } of examples) {
  test(`the documented input of ${name} ends in a right file`, parts, async () => {
    const result = await present(outcomes.get(name), name).promise;
    assert.deepEqual(result.faults, [], tableLine(result));
  });
}

test("the table has a line with model, seconds, file type and size for each", parts, async () => {
  await ended;
  const results = await Promise.all([...outcomes.values()].map(({ promise }) => promise));
  const lines = results.map(tableLine);
  process.stdout.write([TABLE_HEAD, ...lines, ""].join("\n"));
  for (const line of lines) assert.match(line, / \d+\.\d {2,}[a-z]+.* {2,}\d+\.\d [kM]B/);
});
