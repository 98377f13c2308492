import assert from "node:assert/strict";
import { test } from "node:test";
import { errorWords, reasonWords } from "./delivery-words.ts";

test("causes are said in words, unknown ones as they stand", () => {
  assert.equal(errorWords("unreachable"), "Not reached");
  assert.equal(errorWords("toString"), "toString");
  assert.equal(errorWords(null), "no answer");
  assert.equal(reasonWords("endpoint_gone"), "Host disabled: it answered 410 Gone");
  assert.equal(reasonWords(null), null);
});
