import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, servedFile, startHttp } from "../../../../test/support/http.ts";

const DAY_MS = 86_400_000;

test("kept files are served beyond their first day, and end when they were to", async (t) => {
  const rig = await startHttp(t);
  const { row, path } = await servedFile(rig);
  const keep = (days: unknown) =>
    rig.call("POST", `/api/tasks/${row.taskId}/keep`, { json: { days } });
  assert.deepEqual(dataOf(await keep(2)), {
    ...{ task_id: row.taskId, files: 1, expires_time: "2026-11-22T10:30:00" },
  });
  await rig.clock.advance(1.5 * DAY_MS);
  assert.equal((await rig.call("GET", path)).statusCode, 200);
  const status = await rig.call("GET", `/api/generate/status/${row.taskId}`);
  assert.equal(dataOf(status).expires_time, "2026-11-22T10:30:00");
  const most = dataOf(await keep(30));
  assert.equal(most.expires_time, "2026-12-20T10:30:00", "30 days since it was made");
  await rig.clock.advance(30 * DAY_MS);
  assert.equal((await rig.call("GET", path)).statusCode, 410);
  assert.equal(errorOf(await keep(1)).message, "Files of the task are gone");
});

test("files that are deleted are gone at once, bytes too; the record stays", async (t) => {
  const rig = await startHttp(t);
  const { row, path } = await servedFile(rig);
  const url = `/api/tasks/${row.taskId}/files/delete`;
  assert.deepEqual(dataOf(await rig.call("POST", url)), { task_id: row.taskId, deleted: 1 });
  assert.equal((await rig.call("GET", path)).statusCode, 410);
  assert.equal(await rig.services.files.size(row.storageKey), null);
  assert.equal(dataOf(await rig.call("POST", url)).deleted, 0);
  const { files } = dataOf(await rig.call("GET", `/api/tasks/${row.taskId}`));
  assert.ok(Array.isArray(files));
  assert.deepEqual([files[0].gone, files[0].file_url, files[0].sha256], [true, null, row.sha256]);
});

test("the status says at once when links ended, and when they end instead", async (t) => {
  const rig = await startHttp(t);
  const { row, path } = await servedFile(rig);
  const status = async () => {
    const answer = dataOf(await rig.call("GET", `/api/generate/status/${row.taskId}`));
    assert.equal(answer.status, "finished");
    assert.deepEqual(answer.files, [{ file_url: rig.services.links.url(row), file_type: "image" }]);
    return answer.expires_time;
  };
  assert.equal(await status(), "2026-11-21T10:30:00");
  await rig.call("POST", `/api/tasks/${row.taskId}/keep`, { json: { days: 3 } });
  assert.equal(await status(), "2026-11-23T10:30:00");
  await rig.clock.advance(5_000);
  await rig.call("POST", `/api/tasks/${row.taskId}/files/delete`);
  assert.equal(await status(), "2026-11-20T10:30:05");
  await rig.clock.advance(5_000);
  await rig.call("POST", `/api/tasks/${row.taskId}/files/delete`);
  assert.equal(await status(), "2026-11-20T10:30:05");
  const gone = await rig.call("GET", path);
  assert.equal(gone.statusCode, 410);
  assert.equal(errorOf(gone).message, "File is gone: its time has ended, or it was deleted");
});

test("what cannot be kept is refused, and told why", async (t) => {
  const rig = await startHttp(t);
  const { row } = await servedFile(rig);
  const open = await rig.acceptTask();
  const days = "days must be a whole number from 1 to 30, and nothing else";
  for (const [taskId, json, status, message] of [
    [row.taskId, {}, 400, days],
    [row.taskId, { days: 31 }, 400, days],
    [row.taskId, { days: 1.5 }, 400, days],
    [row.taskId, { days: 1, forever: true }, 400, days],
    [open.id, { days: 1 }, 409, "Task has no files; those of a finished one can be kept"],
    ["task-unified-1-none", { days: 1 }, 404, "Task not found"],
  ] as const) {
    const answer = await rig.call("POST", `/api/tasks/${taskId}/keep`, { json });
    assert.deepEqual([answer.statusCode, errorOf(answer).message], [status, message]);
  }
  const closed = await startHttp(t, { keepMaxMs: 0 });
  const refused = await closed.call("POST", `/api/tasks/${open.id}/keep`, { json: { days: 1 } });
  assert.equal(refused.statusCode, 403);
});

test("a star finds a task again, for its own project", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  await rig.acceptTask();
  const star = (json: unknown, key?: string) =>
    rig.call("POST", `/api/tasks/${id}/star`, { json, ...(key === undefined ? {} : { key }) });
  const starred = async () => {
    const { tasks } = dataOf(await rig.call("GET", "/api/tasks?starred=true"));
    assert.ok(Array.isArray(tasks));
    return tasks.map((task) => [task.task_id, task.starred]);
  };
  assert.deepEqual(await starred(), []);
  assert.deepEqual(dataOf(await star({ starred: true })), { task_id: id, starred: true });
  assert.deepEqual(await starred(), [[id, true]]);
  const { secret } = await rig.addKey(rig.addProject(), "live");
  assert.equal((await star({ starred: false }, secret)).statusCode, 404);
  for (const json of [{}, { starred: 1 }, { starred: true, more: 1 }]) {
    const message = "starred must be true or false, and nothing else";
    assert.equal(errorOf(await star(json)).message, message);
  }
  assert.deepEqual(await starred(), [[id, true]]);
  assert.deepEqual(dataOf(await star({ starred: false })), { task_id: id, starred: false });
  assert.deepEqual(await starred(), []);
});
