import assert from "node:assert/strict";
import { test } from "node:test";
import { TEST_SINGER, testScore, UNWATCHED } from "../../../../../test/support/music-room.ts";
import { mixdown } from "../mix/mixdown.ts";
import { RATE } from "../synth/stage.ts";
import { tempoMap } from "../tempo.ts";
import { lrcOf, timedLines } from "./timed-lyrics.ts";

const LYRICS = [
  { kind: "verse", lines: ["Silver water under the moon", "Carry me over the sea"] },
  { kind: "chorus", lines: ["Oh, we shine", "Stay with me"] },
] as const;
const score = testScore("pop at 120 bpm", { singer: TEST_SINGER, lyrics: LYRICS });

test("lrcOf() writes a line for each sung line, in the order of time", () => {
  const rows = lrcOf(score).split("\n");
  assert.deepEqual(
    rows.map((row) => row.replace(/^\[\d\d:\d\d\.\d\d\] /, "")),
    LYRICS.flatMap(({ lines }) => lines),
  );
  const times = rows.map((row) => Number(row.slice(1, 3)) * 60 + Number(row.slice(4, 9)));
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
  assert.ok((times.at(-1) ?? 0) < tempoMap(score).seconds(score.beats));
});

test("lrcOf() is empty when nobody sings", () => {
  assert.equal(lrcOf(testScore("ambient")), "");
});

test("timedLines() gives times at which the voice is heard, after silence", async () => {
  const voice = await mixdown(score, { ...UNWATCHED, only: ({ id }) => id === "voice" });
  const lines = timedLines(score);
  const first = lines[0]?.atS ?? 0;
  assert.ok(level(voice.left, 0, first - 0.05) < -80, "silence before the first word");
  for (const { atS, endS, text } of lines) {
    const heard = level(voice.left, atS, Math.min(atS + 0.4, endS));
    assert.ok(heard > -35, `${text}: ${heard} dBFS`);
  }
});

function level(channel: Float32Array, fromS: number, toS: number): number {
  const part = channel.subarray(Math.max(0, Math.round(fromS * RATE)), Math.round(toS * RATE));
  const power = part.reduce((sum, value) => sum + value * value, 0) / Math.max(1, part.length);
  return 10 * Math.log10(power + 1e-12);
}
