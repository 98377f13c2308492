import assert from "node:assert/strict";
import { test } from "node:test";
import { tokensOf } from "./code-tokens.ts";

test("tokensOf() loses no sign of any text", () => {
  const text = 'import os  # a "comment"\nx = "https://a/#b"\ny = 1.5\nz = \'it\'\n';
  for (const language of ["python", "js", "curl", "json", "none"]) {
    const joined = tokensOf(language, text).map((token) => token.text);
    assert.equal(joined.join(""), text);
  }
});

test("tokensOf() tells strings from comments", () => {
  const kinds = tokensOf("python", 'url = "http://a#b" # end').map(({ kind }) => kind);
  assert.deepEqual(kinds, ["plain", "string", "plain", "comment"]);
});
