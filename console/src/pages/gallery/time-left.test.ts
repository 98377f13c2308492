import assert from "node:assert/strict";
import { test } from "node:test";
import { timeLeft } from "./time-left.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

for (const [leftMs, text] of [
  [-1, "Gone"],
  [0, "Gone"],
  [1, "1 minute left"],
  [90 * MINUTE_MS, "1 hour left"],
  [23.4 * HOUR_MS, "23 hours left"],
  [24 * HOUR_MS - 20_000, "1 day left"],
  [24 * HOUR_MS, "1 day left"],
  [47 * HOUR_MS, "1 day left"],
  [30 * 24 * HOUR_MS, "30 days left"],
] as const) {
  test(`timeLeft() of ${leftMs} ms is ${text}`, () => assert.equal(timeLeft(leftMs), text));
}
