import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

test("status tells nothing without a key, also of a task that is known", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.failTask(id, "generation_failed", "No luck");
  assert.equal((await rig.call("GET", `/api/generate/status/${id}`)).statusCode, 200);
  const known = await rig.call("GET", `/api/generate/status/${id}`, { key: null });
  const unknown = await rig.call("GET", "/api/generate/status/none", { key: null });
  assert.equal(known.statusCode, 401);
  assert.equal(known.body, unknown.body);
});
