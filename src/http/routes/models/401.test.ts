import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

test("models wants a key, for the list and for a model", async (t) => {
  const rig = await startHttp(t);
  for (const url of ["/api/models", "/api/models/grok-imagine", "/api/models/none"]) {
    assert.equal((await rig.call("GET", url, { key: null })).statusCode, 401, url);
  }
});
