import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("submit refuses what the balance does not cover and speaks of credits", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.addProject(), "live");
  const json = { model: "grok-imagine", input: { prompt: "x" } };
  const answer = await rig.call("POST", "/api/generate/submit", { json, key: secret });
  assert.equal(answer.statusCode, 402);
  const { message, type } = errorOf(answer);
  assert.equal(type, "insufficient_credits_error");
  assert.equal(message, "Insufficient credits to complete this request");
});

test("submit asks no credits of a test key", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.addProject(), "test");
  const json = { model: "grok-imagine", input: { prompt: "x" } };
  const answer = await rig.call("POST", "/api/generate/submit", { json, key: secret });
  assert.equal(answer.statusCode, 200);
});
