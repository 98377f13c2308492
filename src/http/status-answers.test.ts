import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { createStatusAnswers, type KeptAnswer } from "./status-answers.ts";

const kept = (body: string): KeptAnswer => ({
  answer: { body, etag: `"${body}"`, retryAfterS: null },
  pulse: null,
  createdAtMs: 0,
});

test("StatusAnswers keeps projects and tasks apart", () => {
  const answers = createStatusAnswers(makeHandClock());
  answers.put("a", "t", kept("one"));
  assert.equal(answers.get("a", "t")?.answer.body, "one");
  assert.equal(answers.get("b", "t"), null);
  assert.equal(answers.get("a", "u"), null);
});

test("StatusAnswers forgets after a minute", async () => {
  const clock = makeHandClock();
  const answers = createStatusAnswers(clock);
  answers.put("a", "t", kept("one"));
  await clock.advance(59_999);
  assert.notEqual(answers.get("a", "t"), null);
  await clock.advance(1);
  assert.equal(answers.get("a", "t"), null);
});

test("StatusAnswers keeps the latest 4,096 and a repeated one counts as late", () => {
  const answers = createStatusAnswers(makeHandClock());
  answers.put("a", "first", kept("first"));
  answers.put("a", "second", kept("second"));
  answers.put("a", "first", kept("again"));
  for (let index = 0; index < 4_095; index += 1) answers.put("a", `t${index}`, kept("x"));
  assert.equal(answers.get("a", "first")?.answer.body, "again");
  assert.equal(answers.get("a", "second"), null);
});

test("StatusAnswers forgets all when it is told to, and counts how often", () => {
  const answers = createStatusAnswers(makeHandClock());
  answers.put("a", "t", kept("one"));
  assert.equal(answers.era, 0);
  answers.clear();
  assert.equal(answers.get("a", "t"), null);
  assert.equal(answers.era, 1);
});
