import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

test("quote wants a key", async (t) => {
  const rig = await startHttp(t);
  const json = { model: "grok-imagine", input: { prompt: "x" } };
  const answer = await rig.call("POST", "/api/generate/quote", { json, key: null });
  assert.equal(answer.statusCode, 401);
});
