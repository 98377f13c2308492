import assert from "node:assert/strict";
import { test } from "node:test";
import { SAMPLE_OUTPUTS, sampleFiles } from "../../test/support/wire-samples.ts";
import type { FileRow } from "../core/file.ts";
import type { Output } from "../core/outcome.ts";
import { agreeOnLengths } from "./song-lengths.ts";

const TRACK: Output = {
  kind: "track",
  audioId: "one",
  audio: 0,
  image: 1,
  title: "Rain",
  tags: "calm",
  durationS: 28.14,
  prompt: "",
};

function measured(seconds: number | null): readonly FileRow[] {
  return sampleFiles("audio/mpeg", "image/jpeg").map((file, position) =>
    position === 0 ? { ...file, durationS: seconds } : file,
  );
}

test("agreeOnLengths() lets the file of a song last what the song is told to last", () => {
  const { outputs, files } = agreeOnLengths({ outputs: [TRACK], files: measured(28.2) });
  assert.deepEqual(outputs, [TRACK]);
  assert.deepEqual(
    files.map(({ durationS }) => durationS),
    [28.14, null],
  );
});

test("agreeOnLengths() tells two decimals, as the members that must keep to it have", () => {
  const { outputs, files } = agreeOnLengths({
    outputs: [{ ...TRACK, durationS: 198.4437 }],
    files: measured(198.48),
  });
  assert.deepEqual(outputs, [{ ...TRACK, durationS: 198.44 }]);
  assert.equal(files[0]?.durationS, 198.44);
});

test("agreeOnLengths() tells what was measured where the provider told nothing", () => {
  const silent = { ...TRACK, durationS: 0 };
  const { outputs, files } = agreeOnLengths({ outputs: [silent], files: measured(28.1993) });
  assert.deepEqual(outputs, [{ ...TRACK, durationS: 28.2 }]);
  assert.equal(files[0]?.durationS, 28.2);
});

test("agreeOnLengths() leaves what nobody knows, and what is no song, as it is", () => {
  const silent = { ...TRACK, durationS: 0 };
  const unknown = { outputs: [silent], files: measured(null) };
  assert.deepEqual(agreeOnLengths(unknown), unknown);
  const video = SAMPLE_OUTPUTS.video ?? assert.fail("no sample");
  assert.deepEqual(agreeOnLengths(video), { ...video });
});
