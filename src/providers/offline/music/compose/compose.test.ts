import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TEST_SINGER, testScore } from "../../../../../test/support/music-room.ts";
import { STYLES } from "../data/styles.ts";
import { packScore, type Score, unpackScore } from "../score.ts";
import { tempoMap } from "../tempo.ts";
import { writeLyrics } from "../text/lyrics.ts";
import { scaleOf, wrap } from "../theory.ts";

const SUNG = { singer: TEST_SINGER, lyrics: writeLyrics("a ship and the moon", 3, 4).sections };

test("compose() gives the same score for the same wish, another for another seed", () => {
  assert.deepEqual(testScore("folk"), testScore("folk"));
  assert.notDeepEqual(testScore("folk").parts, testScore("folk", { seed: 8 }).parts);
});

test("compose() writes the waltz of the golden file", () => {
  const score = testScore("waltz in G major at 80 bpm, 12 seconds");
  const golden: unknown = JSON.parse(
    readFileSync(new URL("./waltz.golden.json", import.meta.url), "utf8"),
  );
  assert.deepEqual(JSON.parse(JSON.stringify(packScore(score))), golden);
});

test("unpackScore() reads what packScore() wrote, note for note", () => {
  const score = testScore("jazz", SUNG);
  assert.deepEqual(unpackScore(JSON.parse(JSON.stringify(packScore(score)))), score);
  assert.equal(unpackScore({ version: 2 }), null);
  assert.equal(unpackScore(null), null);
});

for (const { id } of STYLES) {
  test(`compose() keeps the rules of form in ${id}`, () => {
    const score = testScore(`${id} 45 seconds`);
    const seconds = tempoMap(score).seconds(score.beats);
    assert.ok(seconds > 38 && seconds < 50, `${seconds} s`);
    let beat = 0;
    for (const section of score.sections) {
      assert.equal(section.beat, beat);
      beat += section.beats;
    }
    assert.equal(beat, score.beats);
    assert.equal(score.chords.length, Math.round(score.beats / score.barBeats));
    assert.equal(score.chords.at(-1)?.root, score.key, "ends at home");
    assert.ok(score.parts.length >= 2, "a band");
  });

  test(`compose() writes a tune with a shape in ${id}`, () => {
    const score = testScore(`${id} 45 seconds`);
    const tune = leadOf(score);
    const scale = new Set(scaleOf(score.key, score.mode));
    assert.ok(tune.length >= 8, `${tune.length} notes`);
    assert.ok(
      tune.every(({ midi }) => scale.has(wrap(midi, 12))),
      "stays in its mode",
    );
    const jumps = tune
      .slice(1)
      .map(({ midi }, index) => Math.abs(midi - (tune[index]?.midi ?? midi)));
    const steps = jumps.filter((jump) => jump <= 4).length / jumps.length;
    assert.ok(steps >= 0.6, `${Math.round(steps * 100)} % steps and thirds`);
    assert.ok(Math.max(...jumps) <= 14, "no wild leap");
    assert.ok(longestRun(tune.map(({ midi }) => midi)) <= 4, "no note hammered");
  });
}

test("compose() keeps parts away that are refused", () => {
  const score = testScore("rock", { negative: "drums, bass" });
  assert.ok(score.parts.length > 0);
  assert.ok(score.parts.every(({ id }) => id !== "drums" && id !== "bass"));
});

test("compose() gives the tune to an instrument that is asked for", () => {
  assert.equal(
    testScore("ambient with violin").parts.find(({ id }) => id === "lead")?.instrument,
    "fiddle",
  );
});

test("compose() sings every syllable of the lyrics, lines in order", () => {
  const score = testScore("pop", SUNG);
  const voice = score.parts.find(({ id }) => id === "voice")?.notes ?? [];
  assert.deepEqual(
    score.lines.map(({ text }) => text),
    SUNG.lyrics.flatMap(({ lines }) => lines),
  );
  let at = 0;
  for (const line of score.lines) {
    assert.equal(line.from, at);
    assert.ok(line.to > line.from, line.text);
    at = line.to;
  }
  assert.equal(at, voice.length);
  for (const [index, note] of voice.entries()) {
    const next = voice[index + 1];
    assert.ok(next === undefined || next.beat > note.beat, "sung notes follow one another");
  }
});

test("compose() lays the voice where men and women sing", () => {
  const female = voiceRange(testScore("pop", SUNG));
  const male = voiceRange(testScore("pop", { ...SUNG, singer: { ...TEST_SINGER, gender: "m" } }));
  assert.ok(female.low >= 54 && female.high <= 82, JSON.stringify(female));
  assert.ok(male.low >= 43 && male.high <= 70, JSON.stringify(male));
});

function voiceRange(score: Score): { readonly low: number; readonly high: number } {
  const pitches = score.parts.find(({ id }) => id === "voice")?.notes.map(({ midi }) => midi) ?? [];
  return { low: Math.min(...pitches), high: Math.max(...pitches) };
}

function leadOf(score: Score) {
  return score.parts.find(({ id }) => id === "lead")?.notes ?? [];
}

function longestRun(values: readonly number[]): number {
  let best = 1;
  let run = 1;
  for (const [index, value] of values.entries()) {
    run = index > 0 && values[index - 1] === value ? run + 1 : 1;
    best = Math.max(best, run);
  }
  return best;
}
