import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

test("cancel ends the task before it answers, and gives its hold back", async (t) => {
  const rig = await startHttp(t);
  const before = await rig.store.tasks.balance(rig.projectId);
  const { id, hold } = await rig.acceptTask();
  assert.equal(await rig.store.tasks.balance(rig.projectId), before - hold);
  await rig.clock.advance(5_000);
  const data = dataOf(await rig.call("POST", `/api/generate/cancel/${id}`));
  assert.deepEqual(data, {
    task_id: id,
    status: "failed",
    created_time: "2026-11-20T10:30:00",
    error_message: "Canceled on request",
  });
  const status = dataOf(await rig.call("GET", `/api/generate/status/${id}`));
  assert.deepEqual([status.status, status.error_code], ["failed", "canceled"]);
  const view = await rig.store.tasks.find(rig.projectId, id);
  assert.equal(view?.task.cancelAtMs, rig.clock.nowMs());
  assert.equal(await rig.store.tasks.balance(rig.projectId), before);
});

test("cancel shows the end at once, also to who has just asked for the status", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.startTask(id, 30);
  const ask = async () => dataOf(await rig.call("GET", `/api/generate/status/${id}`)).status;
  assert.equal(await ask(), "running");
  assert.equal(await ask(), "running");
  await rig.call("POST", `/api/generate/cancel/${id}`);
  assert.equal(await ask(), "failed");
});

test("cancel may be repeated: the second time changes nothing", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const url = `/api/generate/cancel/${id}`;
  const first = await rig.call("POST", url);
  const ended = await rig.store.tasks.find(rig.projectId, id);
  await rig.clock.advance(5_000);
  const second = await rig.call("POST", url);
  assert.deepEqual([second.statusCode, second.body], [200, first.body]);
  assert.deepEqual(await rig.store.tasks.find(rig.projectId, id), ended);
});

test("cancel takes an empty JSON body", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  for (const json of [{}, { reason: "changed my mind" }]) {
    const answer = await rig.call("POST", `/api/generate/cancel/${id}`, { json });
    assert.equal(answer.statusCode, 200);
  }
});
