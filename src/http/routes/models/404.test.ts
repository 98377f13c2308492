import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("models knows only exact ids", async (t) => {
  const rig = await startHttp(t);
  for (const id of ["none", "GROK-IMAGINE", "grok-imagine/", "__proto__", "constructor"]) {
    const answer = await rig.call("GET", `/api/models/${id}`);
    assert.equal(answer.statusCode, 404, id);
    assert.equal(errorOf(answer).message, "Model not found; GET /api/models lists them all");
  }
});
