import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestName } from "./nearest-name.ts";

const NAMES = ["VIDGO_OFFLINE", "VIDGO_OFFLINE_FPS", "VIDGO_ROLE"];

const MEANT: readonly (readonly [string, string | null])[] = [
  ["VIDGO_OFLINE", "VIDGO_OFFLINE"],
  ["VIDGO_OFFFLINE", "VIDGO_OFFLINE"],
  ["VIDGO_OFFLNIE", "VIDGO_OFFLINE"],
  ["VIDGO_OFFLINE_FP", "VIDGO_OFFLINE_FPS"],
  ["VIDGO_ROLL", "VIDGO_ROLE"],
  ["VIDGO_PAINT", null],
  ["", null],
];

for (const [name, meant] of MEANT) {
  test(`nearestName() takes "${name}" for ${meant}`, () => {
    assert.equal(nearestName(name, NAMES), meant);
  });
}

test("nearestName() finds nothing among none", () => {
  assert.equal(nearestName("x", []), null);
});
