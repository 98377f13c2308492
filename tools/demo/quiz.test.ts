import assert from "node:assert/strict";
import { test } from "node:test";
import { GALLERY } from "./gallery.ts";
import { drawQuiz } from "./quiz.ts";

test("a quiz asks for every prompt once, beside four others, and answers rightly", () => {
  const questions = drawQuiz("one");
  const asked = questions.map(({ choices, answer }) => choices["abcde".indexOf(answer)] ?? "");
  assert.deepEqual(asked.toSorted(), [...GALLERY].toSorted());
  for (const { choices } of questions) assert.equal(new Set(choices).size, 5);
});

test("another seed asks in another order, the same seed in the same", () => {
  assert.deepEqual(drawQuiz("one"), drawQuiz("one"));
  assert.notDeepEqual(drawQuiz("one"), drawQuiz("two"));
});

test("no letter gives the answers away", () => {
  const counts = new Map<string, number>();
  for (const { answer } of drawQuiz("one")) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  assert.equal(counts.size, 5);
  for (const count of counts.values()) assert.ok(count <= GALLERY.length / 2, `${count} times`);
});
