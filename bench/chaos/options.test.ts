import assert from "node:assert/strict";
import { test } from "node:test";
import { FATES } from "../upstream/fate.ts";
import { mayEnd } from "./expected-end.ts";
import { readOptions, USUAL_MIX } from "./options.ts";

test("readOptions() fills in what is not said", () => {
  const options = readOptions(["--seed", "s1"]);
  assert.partialDeepStrictEqual(options, {
    kills: 20,
    tasks: 200,
    nodes: 1,
    store: "sqlite",
    seed: "s1",
    graceMs: 3_000,
    provider: "vidgo",
    mix: USUAL_MIX,
    json: false,
  });
});

test("readOptions() stops nodes past their lease where there are several", () => {
  const several = readOptions(["--kills", "100", "--nodes", "2", "--store", "postgres"]);
  assert.partialDeepStrictEqual(several, { kills: 100, pauses: 5 });
  assert.partialDeepStrictEqual(readOptions([]), { pauses: 0 });
});

test("readOptions() draws a seed that a nonce can carry", () => {
  const options = readOptions([]);
  assert.ok(typeof options !== "string" && /^[0-9a-z]+$/.test(options.seed));
});

for (const [words, message] of [
  [["--kills", "many"], /--kills many is no whole number/],
  [["--grace", "0"], /--grace 0 is no number of seconds/],
  [["--store", "mysql"], /--store mysql is unknown: write sqlite or postgres/],
  [["--nodes", "2"], /--nodes needs --store postgres/],
  [["--provider", "none"], /--provider none is unknown: write one of vidgo/],
  [["--mix", "hung=1"], /--mix does not know hung=1/],
  [["--cancels", "2"], /--cancels 2 is no share from 0 to 1/],
] as const) {
  test(`readOptions() refuses ${words.join(" ")}`, () => {
    const options = readOptions(words);
    assert.match(typeof options === "string" ? options : "taken", message);
  });
}

test("mayEnd() knows an end for every fate, and never takes silence for a finish", () => {
  for (const fate of [...FATES, null]) {
    for (const recovery of ["recovers", "blind"] as const) {
      assert.ok(mayEnd(fate, recovery).length > 0, String(fate));
    }
  }
  assert.deepEqual(mayEnd("accept-then-reset", "recovers"), ["finished"]);
  assert.deepEqual(mayEnd("accept-then-reset", "blind"), ["unknown_outcome"]);
  assert.deepEqual(mayEnd("refuse", "recovers"), ["content_policy"]);
  assert.ok(mayEnd(null, "blind").includes("unknown_outcome"));
});
