import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

test("health answers without a key and without the store", async (t) => {
  const rig = await startHttp(t);
  Object.assign(rig.store, { ping: () => assert.fail("health must not ask the store") });
  const answer = await rig.call("GET", "/health", { key: null });
  assert.deepEqual(dataOf(answer), { status: "ok", version: "0.1.0" });
});
