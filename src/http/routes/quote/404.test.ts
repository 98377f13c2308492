import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("quote knows no price of an unknown model", async (t) => {
  const rig = await startHttp(t);
  const json = { model: "grok-imagine-9", input: { prompt: "x" } };
  const answer = await rig.call("POST", "/api/generate/quote", { json });
  assert.equal(answer.statusCode, 404);
  assert.match(errorOf(answer).message, /grok-imagine-9/);
});
