import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { freeBytes, inBackground, probe } from "./probe.ts";

test("inBackground() reports a failure and nothing else", async () => {
  const failure = Object.assign(Promise.reject("broken"), {});
  const reported = new Promise((resolve) => inBackground(failure, resolve));
  assert.equal(await reported, "broken");
  inBackground(Promise.resolve(), () => assert.fail("nothing failed"));
});

test("probe() gives null for an answer and the error for a failure", async () => {
  const options = { clock: makeHandClock(), timeoutMs: 1_000 };
  assert.equal(await probe(async () => "well", options), null);
  const error = new RangeError("sick");
  assert.deepEqual(await probe(() => Promise.reject(error), options), { error });
});

test("probe() gives up after the time that it was given", async () => {
  const clock = makeHandClock();
  const asked = probe(() => new Promise(() => {}), { clock, timeoutMs: 1_000 });
  await clock.sleepers(1);
  await clock.advance(1_000);
  assert.match(String((await asked)?.error), /No answer after 1000 ms/);
});

test("freeBytes() counts what is free, or gives null for no folder", async () => {
  assert.ok(Number(await freeBytes(tmpdir())) > 0);
  assert.equal(await freeBytes("/no/such/folder"), null);
});
