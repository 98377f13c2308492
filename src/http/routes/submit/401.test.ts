import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("submit refuses a request without a key before it reads the body", async (t) => {
  const rig = await startHttp(t);
  const headers = { "content-type": "application/json" };
  for (const payload of ['{"model": "grok-imagine", "input": {"prompt": "x"}}', "{broken"]) {
    const answer = await rig.call("POST", "/api/generate/submit", { key: null, payload, headers });
    assert.equal(answer.statusCode, 401);
    assert.equal(errorOf(answer).type, "authentication_error");
  }
  assert.equal(await rig.countTasks(), 0);
});
