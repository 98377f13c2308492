import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { startDeadline } from "./deadline.ts";

test("startDeadline() fires when the time is up, and says so", async () => {
  using deadline = startDeadline(5);
  await once(deadline.signal, "abort");
  assert.equal(deadline.expired, true);
  assert.equal(deadline.signal.reason.name, "TimeoutError");
});

test("startDeadline() fires with its parent's reason", () => {
  const parent = new AbortController();
  using deadline = startDeadline(60_000, parent.signal);
  parent.abort("enough");
  assert.equal(deadline.signal.aborted, true);
  assert.equal(deadline.signal.reason, "enough");
  assert.equal(deadline.expired, false);
});

test("startDeadline() is over from the start when its parent is", () => {
  using deadline = startDeadline(60_000, AbortSignal.abort("before"));
  assert.equal(deadline.signal.reason, "before");
});

test("startDeadline() lets go of timer and parent when disposed", () => {
  const parent = new AbortController();
  const timersBefore = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const deadline = startDeadline(60_000, parent.signal);
  deadline[Symbol.dispose]();
  parent.abort();
  assert.equal(deadline.signal.aborted, false);
  const timersAfter = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  assert.equal(timersAfter, timersBefore);
});

test("startDeadline() stays unexpired when the time passes after the parent fired", async () => {
  const parent = new AbortController();
  using deadline = startDeadline(5, parent.signal);
  parent.abort("first");
  await once(AbortSignal.timeout(15), "abort");
  assert.equal(deadline.expired, false);
  assert.equal(deadline.signal.reason, "first");
});
