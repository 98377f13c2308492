import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";

async function ids(rig: HttpRig, query = ""): Promise<{ ids: string[]; cursor: string | null }> {
  const { tasks, cursor } = dataOf(await rig.call("GET", `/api/tasks${query}`));
  assert.ok(Array.isArray(tasks) && (cursor === null || typeof cursor === "string"));
  return { ids: tasks.map(({ task_id: id }) => id), cursor };
}

test("tasks lists the project's own, newest first, page after page", async (t) => {
  const rig = await startHttp(t);
  const made: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    made.unshift((await rig.acceptTask()).id);
    await rig.clock.advance(1_000);
  }
  const stranger = await rig.addKey(rig.addProject(), "live");
  const first = await ids(rig, "?limit=2");
  const second = await ids(rig, `?limit=2&cursor=${first.cursor}`);
  const third = await ids(rig, `?limit=2&cursor=${second.cursor}`);
  assert.deepEqual([...first.ids, ...second.ids, ...third.ids], made);
  assert.equal(third.cursor, null);
  const theirs = await rig.call("GET", "/api/tasks", { key: stranger.secret });
  assert.deepEqual(dataOf(theirs), { tasks: [], cursor: null });
});

test("tasks tells open ones that have begun from those that have not", async (t) => {
  const rig = await startHttp(t);
  const [waiting, begun, failed] = [
    await rig.acceptTask(),
    await rig.acceptTask(),
    await rig.acceptTask(),
  ];
  await rig.startTask(begun.id, 40);
  await rig.clock.advance(60_000);
  await rig.failTask(failed.id, "canceled", "no more");
  assert.deepEqual((await ids(rig, "?status=running")).ids, [begun.id]);
  assert.deepEqual((await ids(rig, "?status=not_started")).ids, [waiting.id]);
  assert.deepEqual((await ids(rig, "?status=failed")).ids, [failed.id]);
  assert.deepEqual((await ids(rig, "?status=finished")).ids, []);
});

for (const [query, says] of [
  ["limit=0", "limit must be a whole number from 1 to 100"],
  ["limit=x", "limit must be a whole number from 1 to 100"],
  ["cursor=%00", "cursor is not one that an earlier answer gave"],
  ["status=done", "status must be one of: not_started, running, finished, failed"],
  ["project=a", "Query has the unknown name project; expected limit, cursor, status"],
  ["limit=1&limit=2", "limit is given more than once"],
] as const) {
  test(`tasks refuses ${query}`, async (t) => {
    const rig = await startHttp(t);
    const answer = await rig.call("GET", `/api/tasks?${query}`);
    assert.deepEqual(errorOf(answer), { message: says, type: "validation_error" });
  });
}
