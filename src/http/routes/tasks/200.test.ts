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
  assert.deepEqual(dataOf(theirs), { tasks: [], cursor: null, newest: null });
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

test("tasks reads on from its newest, and narrows by kind and search", async (t) => {
  const rig = await startHttp(t);
  const film = await rig.acceptTask("sora-2");
  await rig.clock.advance(1_000);
  const { newest } = dataOf(await rig.call("GET", "/api/tasks"));
  const song = await rig.acceptTask("generate-music");
  assert.deepEqual((await ids(rig, `?after=${newest}`)).ids, [song.id]);
  assert.deepEqual((await ids(rig, "?kind=video,image")).ids, [film.id]);
  assert.deepEqual((await ids(rig, "?kind=image&model=sora-2")).ids, []);
  assert.deepEqual((await ids(rig, "?q=RED%20FOX&from=2026-11-20")).ids, [song.id, film.id]);
  assert.deepEqual((await ids(rig, "?to=2026-11-20")).ids, []);
});

test("an item is at most 1 kB, whatever the task says", async (t) => {
  const rig = await startHttp(t);
  const { store, projectId } = rig;
  const given = await rig.acceptTask();
  for (const [index, text] of ["\u{1f9ca}", "\u0007", '"', "界"].entries()) {
    const id = `task-unified-1795170600-${String(index).padStart(26, "0")}`;
    const input = { prompt: text.repeat(5_000) };
    await store.tasks.accept({
      task: { ...given, id, input, model: "m".repeat(40), hold: 123_456_789 },
      ...{ loopback: false, idempotency: null, oneShot: null },
      enforceCredits: false,
    });
    await rig.failTask(id, "upstream_unavailable", text.repeat(5_000));
  }
  const { tasks } = dataOf(await rig.call("GET", "/api/tasks"));
  assert.ok(Array.isArray(tasks) && tasks.length === 5 && projectId !== "");
  for (const item of tasks) {
    assert.ok(Buffer.byteLength(JSON.stringify(item)) <= 1_024, JSON.stringify(item));
  }
});

test("counts tell how many there are of each kind", async (t) => {
  const rig = await startHttp(t);
  await rig.acceptTask("sora-2");
  const canceled = await rig.acceptTask();
  await rig.failTask(canceled.id, "canceled", "no more");
  const counts = dataOf(await rig.call("GET", "/api/tasks/counts?from=2026-11-20"));
  assert.deepEqual(counts, {
    total: 2,
    status: { not_started: 1, running: 0, finished: 0, failed: 1 },
    canceled: 1,
    unknown: 0,
    held: "30.5",
    models: [
      { value: "grok-imagine", count: 1 },
      { value: "sora-2", count: 1 },
    ],
    kinds: [{ value: "video", count: 2 }],
    modes: [{ value: "live", count: 2 }],
    keys: [{ value: rig.keyId, count: 2, name: "test" }],
  });
  const stranger = await rig.addKey(rig.addProject(), "live");
  const theirs = dataOf(await rig.call("GET", "/api/tasks/counts", { key: stranger.secret }));
  assert.equal(theirs.total, 0);
});

for (const [query, says] of [
  ["limit=0", "limit must be a whole number from 1 to 100"],
  ["limit=x", "limit must be a whole number from 1 to 100"],
  ["cursor=%00", "cursor is not one that an earlier answer gave"],
  ["status=done", "status must be one of: not_started, running, finished, failed"],
  [
    "project=a",
    "Query has the unknown name project; expected limit, cursor, after, status, model, key, " +
      "provider, kind, mode, from, to, q, starred",
  ],
  ["after=%00", "after is not one that an earlier answer gave"],
  ["model=", "model must be 1 to 20 words with commas between them"],
  ["kind=song", "kind must be one of: image, video, music"],
  ["mode=both", "mode must be one of: live, test"],
  ["starred=yes", "starred must be one of: true"],
  ["q=%00", "q must not have control characters"],
  [
    "from=yesterday",
    "from must be a time such as 2026-01-31T12:00:00Z or a day such as 2026-01-31",
  ],
  ["to=2026-02-31", "to must be a time such as 2026-01-31T12:00:00Z or a day such as 2026-01-31"],
  ["limit=1&limit=2", "limit is given more than once"],
] as const) {
  test(`tasks refuses ${query}`, async (t) => {
    const rig = await startHttp(t);
    const answer = await rig.call("GET", `/api/tasks?${query}`);
    assert.deepEqual(errorOf(answer), { message: says, type: "validation_error" });
  });
}
