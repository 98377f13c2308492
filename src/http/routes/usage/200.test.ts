import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, servedFile, startHttp } from "../../../../test/support/http.ts";

test("usage gives a row for each day, with zeros, and the total", async (t) => {
  const rig = await startHttp(t);
  await servedFile(rig);
  const failed = await rig.acceptTask("sora-2");
  await rig.failTask(failed.id, "generation_failed", "no");
  const { rows, total, by } = dataOf(await rig.call("GET", "/api/usage?from=2026-11-14"));
  assert.ok(Array.isArray(rows));
  assert.deepEqual(by, ["day"]);
  assert.deepEqual(
    rows.map(({ day, tasks }) => `${day} ${tasks}`),
    [
      ...["2026-11-14 0", "2026-11-15 0", "2026-11-16 0", "2026-11-17 0", "2026-11-18 0"],
      ...["2026-11-19 0", "2026-11-20 2"],
    ],
  );
  assert.deepEqual(total, {
    ...{ day: null, model: null, key_id: null, key_name: null, provider: null },
    ...{ tasks: 2, finished: 1, failed: 1, canceled: 0, failure_rate: 0.5 },
    ...{ credits: "30.5", p50_ms: 0, p95_ms: 0 },
  });
  const stranger = await rig.addKey(rig.addProject(), "live");
  const theirs = dataOf(await rig.call("GET", "/api/usage?by=model", { key: stranger.secret }));
  assert.deepEqual(theirs.rows, []);
});

test("usage as CSV lets no cell begin a formula", async (t) => {
  const rig = await startHttp(t);
  const { id: keyId } = await rig.addKey(rig.projectId, "live", { name: '=HYPERLINK("x")' });
  const task = await rig.acceptTask();
  const id = `${task.id}2`;
  await rig.store.tasks.accept({
    task: { ...task, id, keyId, model: "@model,a" },
    ...{ loopback: false, idempotency: null, oneShot: null },
    enforceCredits: false,
  });
  await rig.failTask(id, "generation_failed", "no");
  const answer = await rig.call("GET", "/api/usage?by=key,model&format=csv");
  assert.match(String(answer.headers["content-type"]), /^text\/csv/);
  assert.match(String(answer.headers["content-disposition"]), /^attachment; filename="usage.csv"$/);
  assert.deepEqual(answer.body.split("\r\n"), [
    "day,model,key_id,key_name,provider,tasks,finished,failed,canceled,credits,p50_ms,p95_ms",
    `,"'@model,a",${keyId},"'=HYPERLINK(""x"")",,1,0,1,0,0,,`,
    "",
  ]);
});

test("ledger lists movements, a page at a time or as CSV", async (t) => {
  const rig = await startHttp(t);
  const { row } = await servedFile(rig);
  const first = dataOf(await rig.call("GET", "/api/ledger?limit=2"));
  const second = dataOf(await rig.call("GET", `/api/ledger?limit=2&cursor=${first.cursor}`));
  assert.ok(Array.isArray(first.entries) && Array.isArray(second.entries));
  const all = [...first.entries, ...second.entries];
  assert.deepEqual(all.map(({ kind, change }) => `${kind} ${change}`).toSorted(), [
    ...["grant 100000", "hold -30.5", "settle 0"],
  ]);
  assert.equal(second.cursor, null);
  const table = (await rig.call("GET", "/api/ledger?kind=hold&format=csv")).body;
  assert.match(table, new RegExp(`^created_time,.*\\r\\n2026.*,hold,30.5,-30.5,${row.taskId},`));
});

for (const [query, says] of [
  ["/api/usage?by=hour", "by must be one of: day, model, key, provider"],
  ["/api/usage?from=2020-01-01", "from and to must be up to 400 days apart, from first"],
  [
    "/api/usage?from=2026-11-20&to=2026-11-19",
    "from and to must be up to 400 days apart, from first",
  ],
  ["/api/usage?format=xml", "format must be one of: json, csv"],
  ["/api/ledger?kind=gift", "kind must be one of: grant, hold, settle, release"],
] as const) {
  test(`${query} is refused`, async (t) => {
    const rig = await startHttp(t);
    const answer = await rig.call("GET", query);
    assert.deepEqual(errorOf(answer), { message: says, type: "validation_error" });
  });
}
