import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

test("cancel does nothing without a key", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const answer = await rig.call("POST", `/api/generate/cancel/${id}`, { key: null });
  assert.equal(answer.statusCode, 401);
  assert.equal((await rig.store.tasks.find(rig.projectId, id))?.task.cancelAtMs, null);
});
