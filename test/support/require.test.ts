import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { requirePart } from "./require.ts";

const before = process.env.VIDGO_TEST_REQUIRE;
afterEach(() => {
  if (before === undefined) delete process.env.VIDGO_TEST_REQUIRE;
  else process.env.VIDGO_TEST_REQUIRE = before;
});

test("requirePart() runs the test, when the part is there", () => {
  process.env.VIDGO_TEST_REQUIRE = "all";
  assert.deepEqual(requirePart("ffmpeg", true, "ffprobe is not installed"), { skip: false });
});

test("requirePart() skips with the reason, when nothing is required", () => {
  delete process.env.VIDGO_TEST_REQUIRE;
  const reason = "ffprobe is not installed";
  assert.deepEqual(requirePart("ffmpeg", false, reason), { skip: reason });
});

test("requirePart() skips, when only other parts are required", () => {
  process.env.VIDGO_TEST_REQUIRE = "postgres, chromium";
  assert.deepEqual(requirePart("ffmpeg", false, "missing"), { skip: "missing" });
});

for (const value of ["all", "ffmpeg", "postgres, ffmpeg"]) {
  test(`requirePart() throws, when the part is missing and ${value} is required`, () => {
    process.env.VIDGO_TEST_REQUIRE = value;
    assert.throws(() => requirePart("ffmpeg", false, "no ffprobe"), /no ffprobe.*ffmpeg/);
  });
}
