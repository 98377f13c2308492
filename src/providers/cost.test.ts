import assert from "node:assert/strict";
import { test } from "node:test";
import { upstreamError } from "./answer.ts";
import { costPart, tickCost, withCost } from "./cost.ts";

test("costPart() keeps an amount exact, and leaves out what is none", () => {
  const read = (amount: number | string | null) => costPart(amount, "usd").cost?.amount ?? null;
  assert.deepEqual([1.6, 0, "3.50", 0.000_000_04, 25].map(read), [
    ...["1.6", "0", "3.50", "0.00000004", "25"],
  ]);
  assert.deepEqual(["", "-1", "1e9", "free", null, -2, Number.NaN, 1e300].map(read), [
    ...Array.from({ length: 8 }, () => null),
  ]);
});

test("tickCost() gives dollars", () => {
  const read = (ticks: number | null) => tickCost(ticks).cost?.amount ?? null;
  assert.deepEqual([3_000_000_000, 37_756_000, 0, 20_000_000_000].map(read), [
    "0.3",
    "0.0037756",
    "0",
    "2",
  ]);
  assert.deepEqual([null, 0.5, -1].map(read), [null, null, null]);
});

test("withCost() tells by the amount whether a failure was charged", () => {
  const error = upstreamError({ code: "generation_failed", message: "No", billed: "unknown" });
  const billed = (amount: string | null) => withCost(error, costPart(amount, "credits")).billed;
  assert.deepEqual(["0", "0.00", "0.5", null].map(billed), ["no", "no", "yes", "unknown"]);
});
