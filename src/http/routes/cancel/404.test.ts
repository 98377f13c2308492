import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

test("cancel leaves another project's task alone and answers as for an unknown one", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const { secret } = await rig.addKey(rig.addProject(), "live");
  const foreign = await rig.call("POST", `/api/generate/cancel/${id}`, { key: secret });
  const unknown = await rig.call("POST", "/api/generate/cancel/task-unified-1-none");
  assert.equal(foreign.statusCode, 404);
  assert.equal(foreign.body, unknown.body);
  assert.equal((await rig.call("POST", "/api/generate/cancel/%00")).body, unknown.body);
  assert.equal((await rig.store.tasks.find(rig.projectId, id))?.task.cancelAtMs, null);
});
