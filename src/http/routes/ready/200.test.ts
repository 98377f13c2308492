import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

test("ready answers without a key when store and disk are well", async (t) => {
  const rig = await startHttp(t);
  assert.deepEqual(dataOf(await rig.call("GET", "/ready", { key: null })), {
    status: "ready",
    checks: { store: "ok", disk: "ok" },
  });
});
