import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("cancel of an ended task changes nothing", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.failTask(id, "generation_failed", "No luck");
  const before = await rig.store.tasks.find(rig.projectId, id);
  const answer = await rig.call("POST", `/api/generate/cancel/${id}`);
  assert.equal(answer.statusCode, 409);
  assert.deepEqual(errorOf(answer), {
    message: "Task has already ended",
    type: "conflict_error",
  });
  assert.deepEqual(await rig.store.tasks.find(rig.projectId, id), before);
});
