import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { GatewayError } from "../core/error.ts";
import { createRateLimit } from "./rate-limit.ts";

/** Seconds until the next one passes, or `null` when this one did. */
function outcome(take: () => void): number | null {
  try {
    take();
    return null;
  } catch (error) {
    assert.ok(error instanceof GatewayError && error.code === "rate_limited");
    return error.details.retryAfterS ?? 0;
  }
}

test("take() lets a number pass within a sliding window, apart for each name", async () => {
  const clock = makeHandClock();
  const limit = createRateLimit({ eventsMax: 2, windowMs: 60_000, clock });
  const take = (name: string) => outcome(() => limit.take(name));
  assert.equal(take("a"), null);
  await clock.advance(30_000);
  assert.equal(take("a"), null);
  assert.equal(take("a"), 30);
  assert.equal(take("b"), null);
  await clock.advance(29_500);
  assert.equal(take("a"), 1);
  await clock.advance(500);
  assert.equal(take("a"), null, "the first has left the window, the refused ones never counted");
  assert.equal(take("a"), 30);
});
