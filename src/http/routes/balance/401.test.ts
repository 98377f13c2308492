import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

test("balance wants a key", async (t) => {
  const rig = await startHttp(t);
  assert.equal((await rig.call("GET", "/api/user/balance", { key: null })).statusCode, 401);
});
