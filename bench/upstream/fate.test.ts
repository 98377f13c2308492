import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawn, FATES, fateOf, nonceOf, readMix } from "./fate.ts";

const NO_CHANCE = { seed: "1", mix: {} };

test("fateOf() obeys the mark in the prompt", () => {
  for (const fate of FATES) {
    assert.equal(fateOf(`A fox zq-1-1 #${fate}`, NO_CHANCE), fate);
  }
  assert.equal(fateOf("A fox #unheard-of zq-1-1", NO_CHANCE), null);
  assert.equal(fateOf("A fox", NO_CHANCE), null);
});

test("fateOf() prefers the mark to chance", () => {
  assert.equal(fateOf("zq-1-1 #hang", { seed: "1", mix: { refuse: 1 } }), "hang");
});

test("fateOf() draws each fate about as often as the mix says, the same for the same nonce", () => {
  const chance = { seed: "s", mix: { hang: 0.25, refuse: 0.05 } } as const;
  const drawnFates = Array.from({ length: 4000 }, (_, index) => fateOf(`zq-s-${index}`, chance));
  const share = (fate: string): number => drawnFates.filter((each) => each === fate).length / 4000;
  assert.ok(Math.abs(share("hang") - 0.25) < 0.03, `${share("hang")}`);
  assert.ok(Math.abs(share("refuse") - 0.05) < 0.02, `${share("refuse")}`);
  const again = Array.from({ length: 4000 }, (_, index) => fateOf(`x zq-s-${index} y`, chance));
  assert.deepEqual(again, drawnFates);
});

test("drawn() stays from 0 to 1 and hangs on every word", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      const value = drawn(one, two);
      return value >= 0 && value < 1 && value === drawn(one, two);
    }),
    { numRuns: 50 },
  );
  assert.notEqual(drawn("a", "b"), drawn("b", "a"));
});

test("nonceOf() finds the number of a task and nothing else", () => {
  assert.equal(nonceOf("A boat zq-k3f-12 in the rain #hang"), "zq-k3f-12");
  assert.equal(nonceOf("A boat xzq-k3f-12x"), "");
});

test("readMix() reads shares and names what it cannot read", () => {
  assert.deepEqual(readMix("hang=0.01,429=0.2"), { hang: 0.01, "429": 0.2 });
  assert.deepEqual(readMix(""), {});
  assert.equal(readMix("hang=0.01,hung=0.2"), "hung=0.2");
  assert.equal(readMix("hang=2"), "hang=2");
});
