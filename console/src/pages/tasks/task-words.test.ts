import assert from "node:assert/strict";
import { test } from "node:test";
import { tasks } from "../../strings/en/tasks.ts";
import { failureWords } from "./task-words.ts";

const MONEY = { held: "4", settled: null, released: "4" };

test("failureWords() says why, what to do and what became of the money", () => {
  const task = {
    error_code: "input_unreachable",
    error_message: "an input URL could not be fetched",
    mode: "live",
    money: MONEY,
  } as const;
  assert.deepEqual(failureWords(task), {
    title: "It failed: an input file cannot be reached",
    lines: [
      "An input URL could not be fetched",
      tasks.advice.input_unreachable,
      "Nothing was charged; 4 credits are back.",
    ],
  });
  const charged = { ...task, money: { held: "4", settled: "1", released: "3" } };
  assert.equal(failureWords(charged).lines.at(-1), "1 credit was charged.");
});

test("failureWords() of a test task says nothing of money, of an unknown code no advice", () => {
  const task = {
    error_code: "new_code",
    error_message: "Odd",
    mode: "test",
    money: MONEY,
  } as const;
  assert.deepEqual(failureWords(task), { title: "It failed", lines: ["Odd"] });
});
