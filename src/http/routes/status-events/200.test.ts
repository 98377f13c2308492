import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("status-events tells each change with its progress and ends with the task", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const whole = rig.call("GET", `/api/generate/status/${id}/events`);
  await rig.clock.sleepers(1);
  await rig.startTask(id, 40);
  await rig.clock.advance(500);
  await rig.clock.sleepers(1);
  await rig.clock.advance(30_000);
  await rig.clock.sleepers(1);
  await rig.failTask(id, "canceled", "no more");
  const { body } = await whole;
  const events = body.split("\n\n").filter((part) => part.startsWith("event: status"));
  const seen = events.map((part) => JSON.parse(part.slice(part.indexOf("data: ") + 6)));
  assert.deepEqual(
    seen.map(({ status, progress }) => [status, progress]),
    [
      ["not_started", 0],
      ["running", 40],
      ["failed", 40],
    ],
  );
  assert.match(body, /: alive\n\n/);
});

test("status-events of an ended task tells it once and ends", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.failTask(id, "canceled", "no more");
  const { body, statusCode } = await rig.call("GET", `/api/generate/status/${id}/events`);
  assert.equal(statusCode, 200);
  assert.equal(body.match(/event: status/g)?.length, 1);
});

test("status-events of another's task answers as of an unknown one", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const { secret } = await rig.addKey(rig.addProject(), "live");
  const theirs = await rig.call("GET", `/api/generate/status/${id}/events`, { key: secret });
  const none = await rig.call("GET", `/api/generate/status/task-unified-1-x/events`);
  assert.equal(errorOf(theirs).message, "Task not found");
  assert.deepEqual([theirs.statusCode, theirs.body], [none.statusCode, none.body]);
});

test("status-events of a running task ends when the surface closes", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const whole = rig.call("GET", `/api/generate/status/${id}/events`);
  await rig.clock.sleepers(1);
  await rig.app.close();
  assert.match((await whole).body, /event: status/);
});

test("status-events ends when the database cannot be asked", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const whole = rig.call("GET", `/api/generate/status/${id}/events`);
  await rig.clock.sleepers(1);
  await rig.store.close();
  await rig.clock.advance(500);
  assert.match((await whole).body, /event: status/);
});
