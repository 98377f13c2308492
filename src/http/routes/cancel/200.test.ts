import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

test("cancel notes the wish durably, wakes the engine and shows the task", async (t) => {
  const rig = await startHttp(t);
  let woken = 0;
  const { id } = await rig.acceptTask();
  rig.store.onHint((hint) => {
    if (hint === "tasks") woken += 1;
  });
  await rig.clock.advance(5_000);
  const data = dataOf(await rig.call("POST", `/api/generate/cancel/${id}`));
  assert.deepEqual(data, {
    task_id: id,
    status: "not_started",
    created_time: "2026-11-20T10:30:00",
    error_message: null,
  });
  const view = await rig.store.tasks.find(rig.projectId, id);
  assert.equal(view?.task.cancelAtMs, rig.clock.nowMs());
  assert.equal(woken, 1);
});

test("cancel may be repeated while the task is open", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const url = `/api/generate/cancel/${id}`;
  const first = await rig.call("POST", url);
  assert.equal((await rig.call("POST", url)).body, first.body);
});

test("cancel takes an empty JSON body", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  for (const json of [{}, { reason: "changed my mind" }]) {
    const answer = await rig.call("POST", `/api/generate/cancel/${id}`, { json });
    assert.equal(answer.statusCode, 200);
  }
});
