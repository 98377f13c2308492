import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("status answers for another project's task exactly as for an unknown one", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.failTask(id, "generation_failed", "No luck");
  assert.equal((await rig.call("GET", `/api/generate/status/${id}`)).statusCode, 200);
  const { secret } = await rig.addKey(rig.addProject(), "live");
  const foreign = await rig.call("GET", `/api/generate/status/${id}`, { key: secret });
  const unknown = await rig.call("GET", "/api/generate/status/task-unified-1-none");
  assert.equal(foreign.statusCode, 404);
  assert.equal(foreign.body, unknown.body);
  assert.deepEqual(errorOf(foreign), {
    message: "Task not found",
    type: "resource_not_found_error",
  });
});

const ODD_IDS = ["%00", "a%00b", "%F0%9F%A6%8A", "..%2f..%2fetc", "'--", "a".repeat(129), "%20"];

for (const id of ODD_IDS) {
  test(`status finds nothing under ${id.slice(0, 20)}`, async (t) => {
    const rig = await startHttp(t);
    const answer = await rig.call("GET", `/api/generate/status/${id}`);
    assert.equal(answer.statusCode, 404);
    assert.equal(errorOf(answer).message, "Task not found");
  });
}
