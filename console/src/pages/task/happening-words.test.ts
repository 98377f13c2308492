import assert from "node:assert/strict";
import { test } from "node:test";
import { happeningWords } from "./happening-words.ts";

test("happeningWords() says facts in words, and leaves out what is nothing", () => {
  const cases: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
    [{ credits: "2", released: "0", error_code: null }, "2 credits"],
    [{ credits: "0", released: "4" }, "0 credits · 4 credits back"],
    [{ provider: "offline", state: "succeeded", error_message: null }, "offline · Completed"],
    [{ number: 1, status: 503, error: null, duration_ms: 25 }, "try 1 · answered 503 · 25 ms"],
    [{ error_code: "timeout" }, "error_code timeout"],
  ];
  for (const [facts, words] of cases) assert.equal(happeningWords({ facts }), words);
});
