import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("submit refuses an unknown model by name", async (t) => {
  const rig = await startHttp(t);
  for (const model of ["grok-imagine-9", "GROK-IMAGINE", "../etc", "toString"]) {
    const json = { model, input: { prompt: "x" } };
    const answer = await rig.call("POST", "/api/generate/submit", { json });
    assert.equal(answer.statusCode, 404, model);
    const error = errorOf(answer);
    assert.equal(error.type, "resource_not_found_error");
    assert.ok(error.message.includes(model), error.message);
  }
  assert.equal(await rig.countTasks(), 0);
});
