import assert from "node:assert/strict";
import { test } from "node:test";
import { TEST_SINGER, testScore, UNWATCHED } from "../../../../../test/support/music-room.ts";
import { findPulse } from "../analysis/tempo.ts";
import { rankKeys } from "../analysis/tonality.ts";
import type { Score } from "../score.ts";
import { RATE, type Stage } from "../synth/stage.ts";
import { writeLyrics } from "../text/lyrics.ts";
import { loudness } from "./loudness.ts";
import { applyCurve, masterCurve } from "./master.ts";
import { mixdown } from "./mixdown.ts";

async function perform(score: Score): Promise<Stage> {
  const mix = await mixdown(score, UNWATCHED);
  applyCurve(mix, masterCurve(mix));
  return mix;
}

const SAMPLE = ["pop", "classical piano", "ambient", "techno", "cinematic", "lo-fi"];
for (const style of SAMPLE) {
  test(`a mastered ${style} piece is loud enough, unclipped, centred, never silent`, async (t) => {
    const mix = await perform(testScore(`${style} 16 seconds`));
    const lufs = loudness(mix);
    t.diagnostic(`${lufs.toFixed(2)} LUFS, true peak ${truePeak(mix).toFixed(3)}`);
    assert.ok(Math.abs(lufs + 14) < 1.5, `${lufs} LUFS`);
    assert.ok(truePeak(mix) < 0.891, "true peak below −1 dBFS");
    assert.ok(mix.left.every(Number.isFinite) && mix.right.every(Number.isFinite));
    const offset = mix.left.reduce((sum, value) => sum + value, 0) / mix.left.length;
    assert.ok(Math.abs(offset) < 0.001, `offset ${offset}`);
    assert.ok(longestSilence(mix) < 2, `${longestSilence(mix)} s of silence`);
    assert.ok(
      correlation(mix) > -0.2 && correlation(mix) < 0.999,
      `correlation ${correlation(mix)}`,
    );
  });
}

const ASKED = [
  { style: "pop at 92 bpm in D major", bpm: 92, key: 2, minor: false },
  { style: "house at 124 bpm in A minor", bpm: 124, key: 9, minor: true },
  { style: "folk at 104 bpm in G major", bpm: 104, key: 7, minor: false },
  { style: "synthwave at 110 bpm in E minor", bpm: 110, key: 4, minor: true },
];
for (const { style, bpm, key, minor } of ASKED) {
  test(`"${style}" is heard in that tempo and key`, async (t) => {
    const mix = await perform(testScore(`${style}, 24 seconds`));
    const found = findPulse(mix).bpm;
    const near = [0.5, 1, 2].some((times) => Math.abs(found / (bpm * times) - 1) < 0.02);
    assert.ok(near, `${found} bpm instead of ${bpm}`);
    const ranked = rankKeys(mix);
    const place = ranked.findIndex((one) => one.key === key && (one.mode === "minor") === minor);
    const short = (ranked[0]?.fit ?? 0) - (ranked[place]?.fit ?? 0);
    t.diagnostic(`heard ${found.toFixed(1)} bpm; the key asked for is number ${place + 1}`);
    assert.ok(place === 0 || short < 0.05, `place ${place}, ${short} short of the best`);
  });
}

test("mixdown() is linear: halves of the band add up to the whole within −90 dB", async () => {
  const score = testScore("rock 12 seconds", {
    singer: TEST_SINGER,
    lyrics: writeLyrics("road", 1, 1).sections,
  });
  const drums = (part: { readonly id: string }) => part.id === "drums" || part.id === "voice";
  const whole = await mixdown(score, UNWATCHED);
  const one = await mixdown(score, { ...UNWATCHED, only: drums });
  const two = await mixdown(score, { ...UNWATCHED, only: (part) => !drums(part) });
  let [rest, power] = [0, 0];
  for (let index = 0; index < whole.left.length; index += 1) {
    rest += ((whole.left[index] ?? 0) - (one.left[index] ?? 0) - (two.left[index] ?? 0)) ** 2;
    power += (whole.left[index] ?? 0) ** 2;
  }
  assert.ok(10 * Math.log10(rest / power) < -90, `${10 * Math.log10(rest / power)} dB`);
});

test("mixdown() gives the same samples each time", async () => {
  const score = testScore("lo-fi 10 seconds");
  assert.deepEqual(await mixdown(score, UNWATCHED), await mixdown(score, UNWATCHED));
});

test("mixdown() stops within a tenth of a second when it is canceled", async () => {
  const abort = new AbortController();
  const started = performance.now();
  let canceledAt = 0;
  const options = {
    signal: abort.signal,
    progress(fraction: number) {
      if (fraction < 0.3 || canceledAt > 0) return;
      canceledAt = performance.now() - started;
      abort.abort();
    },
  };
  await assert.rejects(mixdown(testScore("pop 60 seconds"), options));
  assert.ok(performance.now() - started - canceledAt < 400);
});

test("loudness() knows a full-scale tone of 1 kHz at −3.01 LUFS, and silence", () => {
  const tone = Float32Array.from({ length: RATE * 3 }, (_, n) =>
    Math.sin((2 * Math.PI * 997 * n) / RATE),
  );
  const half = loudness({ left: tone, right: new Float32Array(tone.length) });
  assert.ok(Math.abs(half + 3.01) < 0.1, `${half} LUFS`);
  assert.equal(loudness({ left: new Float32Array(RATE), right: new Float32Array(RATE) }), -70);
});

test("masterCurve() never lets a lone peak through", () => {
  const quiet = Float32Array.from({ length: RATE * 2 }, (_, n) => 0.02 * Math.sin(n * 0.1));
  quiet[RATE] = 0.9;
  const stage = { left: quiet, right: quiet.slice() };
  applyCurve(stage, masterCurve(stage));
  assert.ok(Math.max(...stage.left) <= 0.801);
});

/** Highest point of the curve through the samples, by four-fold cubic interpolation. */
function truePeak({ left, right }: Stage): number {
  let peak = 0;
  for (const channel of [left, right]) {
    for (let index = 1; index + 2 < channel.length; index += 1) {
      const [a = 0, b = 0, c = 0, d = 0] = channel.subarray(index - 1, index + 3);
      peak = Math.max(peak, Math.abs(b), Math.abs((9 * (b + c) - a - d) / 16));
    }
  }
  return peak;
}

function longestSilence({ left }: Stage): number {
  let longest = 0;
  let run = 0;
  for (const value of left.subarray(0, left.length - RATE)) {
    run = Math.abs(value) < 1e-4 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest / RATE;
}

function correlation({ left, right }: Stage): number {
  let [both, one, two] = [0, 0, 0];
  for (let index = 0; index < left.length; index += 1) {
    both += (left[index] ?? 0) * (right[index] ?? 0);
    one += (left[index] ?? 0) ** 2;
    two += (right[index] ?? 0) ** 2;
  }
  return both / Math.sqrt(one * two);
}
