import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { seal, unseal } from "./seal.ts";

const KEY = randomBytes(32);

test("unseal() gives back what seal() took, to the same key and binding alone", () => {
  const sealed = seal(KEY, "sk-very-secret", "xai|main|https://api.x.ai/v1");
  assert.ok(!sealed.includes("secret"));
  assert.equal(unseal(KEY, sealed, "xai|main|https://api.x.ai/v1"), "sk-very-secret");
  assert.equal(unseal(KEY, sealed, "xai|main|https://evil.example/v1"), null);
  assert.equal(unseal(randomBytes(32), sealed, "xai|main|https://api.x.ai/v1"), null);
});

test("seal() never gives the same text twice", () => {
  assert.notEqual(seal(KEY, "a", "b"), seal(KEY, "a", "b"));
});

test("unseal() refuses what was changed or is no such text", () => {
  const sealed = seal(KEY, "sk-very-secret", "b");
  const [version, nonce, body = ""] = sealed.split(".");
  const turned = `${body[0] === "A" ? "B" : "A"}${body.slice(1)}`;
  for (const text of ["", "v1", "v1..", `v2.${nonce}.${body}`, `${version}.${nonce}.${turned}`]) {
    assert.equal(unseal(KEY, text, "b"), null, text);
  }
});
