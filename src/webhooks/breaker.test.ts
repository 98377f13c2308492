import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { createBreaker } from "./breaker.ts";

function setup() {
  const clock = makeHandClock();
  const breaker = createBreaker(clock);
  const fail = (times: number, host = "a") => {
    for (let index = 0; index < times; index += 1) breaker.note(host, true);
  };
  return { clock, breaker, fail };
}

test("mayTry() lets every host through that did not fail ten times", () => {
  const { breaker, fail } = setup();
  fail(9);
  assert.equal(breaker.mayTry("a"), true);
  assert.equal(breaker.isOpen("a"), false);
});

test("note() opens at ten tries of which seven failed, not at six", () => {
  const { breaker, fail } = setup();
  for (let index = 0; index < 4; index += 1) breaker.note("a", false);
  fail(6);
  assert.equal(breaker.isOpen("a"), false);
  for (let index = 0; index < 3; index += 1) breaker.note("b", false);
  fail(7, "b");
  assert.equal(breaker.isOpen("b"), true);
  assert.equal(breaker.isOpen("c"), false, "other hosts are not touched");
});

test("note() forgets failures after five minutes", async () => {
  const { breaker, clock, fail } = setup();
  fail(9);
  await clock.advance(5 * 60_000);
  fail(1);
  assert.equal(breaker.isOpen("a"), false);
});

test("mayTry() lets one probe through a minute while it is open", async () => {
  const { breaker, clock, fail } = setup();
  fail(10);
  assert.equal(breaker.mayTry("a"), false);
  await clock.advance(60_000);
  assert.deepEqual([breaker.mayTry("a"), breaker.mayTry("a")], [true, false]);
  breaker.note("a", true);
  await clock.advance(59_999);
  assert.equal(breaker.mayTry("a"), false);
  await clock.advance(1);
  assert.equal(breaker.mayTry("a"), true);
});

test("note() closes with the first success, and counts anew", () => {
  const { breaker, fail } = setup();
  fail(10);
  breaker.note("a", false);
  assert.equal(breaker.mayTry("a"), true);
  fail(9);
  assert.equal(breaker.isOpen("a"), false);
});

test("note() remembers only so many hosts, the latest", () => {
  const { breaker, fail } = setup();
  fail(10, "first");
  for (let index = 0; index < 4_096; index += 1) breaker.note(`h${index}`, false);
  assert.equal(breaker.isOpen("first"), false);
});
