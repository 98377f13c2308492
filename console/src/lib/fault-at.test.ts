import assert from "node:assert/strict";
import { test } from "node:test";
import { faultAt, sentence } from "./fault-at.ts";

test("faultAt() gives the field that a refusal names, and the rest as a sentence", () => {
  const names = ["provider", "key", "account"] as const;
  assert.deepEqual(faultAt("key must be 8 to 4096 visible characters", names), {
    at: "key",
    text: "Must be 8 to 4096 visible characters",
  });
  assert.deepEqual(faultAt("account[2] must be a text", names), {
    at: "account",
    text: "Must be a text",
  });
});

test("faultAt() gives no field where none or a strange one is named", () => {
  for (const message of ["Key limit reached", "keys must be a list", "url must be absolute"]) {
    assert.equal(faultAt(message, ["key"]).at, null, message);
  }
  assert.equal(faultAt("url must be absolute", ["key"]).text, "Url must be absolute");
});

test("sentence() leaves names as they are", () => {
  assert.equal(sentence("custom_mode is required"), "custom_mode is required");
  assert.equal(sentence("image_urls[0] must not use port 1"), "image_urls[0] must not use port 1");
  assert.equal(sentence("model z-image has no route"), "Model z-image has no route");
});
