import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

const BODY = { model: "grok-imagine", input: { prompt: "a red fox" } };

test("submit answers the documented members and the task is there at once", async (t) => {
  const rig = await startHttp(t);
  const answer = await rig.call("POST", "/api/generate/submit", { json: BODY });
  const data = dataOf(answer);
  assert.deepEqual(Object.keys(data), ["task_id", "status", "created_time"]);
  assert.match(String(data.task_id), /^task-unified-1795170600-[0-9a-z]{26}$/);
  assert.equal(data.status, "not_started");
  assert.equal(data.created_time, "2026-11-20T10:30:00");
  assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
  const status = await rig.call("GET", `/api/generate/status/${data.task_id}`);
  assert.equal(dataOf(status).status, "not_started");
});

test("submit holds the price for a live key and nothing for a test key", async (t) => {
  const rig = await startHttp(t);
  const before = await rig.store.tasks.balance(rig.projectId);
  dataOf(await rig.call("POST", "/api/generate/submit", { json: BODY }));
  assert.equal(await rig.store.tasks.balance(rig.projectId), before - 30_000);
  const { secret } = await rig.addKey(rig.projectId, "test");
  dataOf(await rig.call("POST", "/api/generate/submit", { json: BODY, key: secret }));
  assert.equal(await rig.store.tasks.balance(rig.projectId), before - 30_000);
});

const CALLBACKS: readonly (readonly [string, object])[] = [
  ["absent", {}],
  ["null", { callback_url: null }],
  ["a host that does not resolve", { callback_url: "https://nowhere.invalid/hook?token=a%20b" }],
];

for (const [name, members] of CALLBACKS) {
  test(`submit takes a callback_url that is ${name}`, async (t) => {
    const rig = await startHttp(t);
    const json = { ...BODY, ...members };
    const data = dataOf(await rig.call("POST", "/api/generate/submit", { json }));
    const view = await rig.store.tasks.find(rig.projectId, String(data.task_id));
    assert.equal(view?.task.callbackUrl, Object.values(members)[0] ?? null);
  });
}

test("submit ignores unknown members of body and input", async (t) => {
  const rig = await startHttp(t);
  const json = { ...BODY, webhook: "x", input: { ...BODY.input, surprise: [1] } };
  const data = dataOf(await rig.call("POST", "/api/generate/submit", { json }));
  const view = await rig.store.tasks.find(rig.projectId, String(data.task_id));
  assert.equal(view?.task.input.surprise, undefined);
});

test("submit never takes project, price or status from the body", async (t) => {
  const rig = await startHttp(t);
  const json = { ...BODY, project_id: "proj_x", status: "finished", hold: 0, mode: "test" };
  const data = dataOf(await rig.call("POST", "/api/generate/submit", { json }));
  const { task } = (await rig.store.tasks.find(rig.projectId, String(data.task_id))) ?? {};
  assert.equal(task?.hold, 30_000);
  assert.equal(task?.stage, "queued");
});

test("submit with the same key and body gives the same task and says so", async (t) => {
  const rig = await startHttp(t);
  const headers = { "idempotency-key": "order-17" };
  const first = await rig.call("POST", "/api/generate/submit", { json: BODY, headers });
  const swapped = { input: BODY.input, model: BODY.model };
  const second = await rig.call("POST", "/api/generate/submit", { json: swapped, headers });
  assert.equal(second.body, first.body);
  assert.equal(first.headers["idempotent-replayed"], undefined);
  assert.equal(second.headers["idempotent-replayed"], "true");
  assert.equal(await rig.countTasks(), 1);
});

test("submit repeats its first answer after the task has ended", async (t) => {
  const rig = await startHttp(t);
  const headers = { "idempotency-key": "x".repeat(255) };
  const first = await rig.call("POST", "/api/generate/submit", { json: BODY, headers });
  await rig.failTask(String(dataOf(first).task_id), "generation_failed", "No luck");
  const second = await rig.call("POST", "/api/generate/submit", { json: BODY, headers });
  assert.equal(second.body, first.body);
});

test("submit with one key at the same moment makes one task", async (t) => {
  const rig = await startHttp(t);
  const headers = { "idempotency-key": "race" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      rig.call("POST", "/api/generate/submit", { json: BODY, headers }),
    ),
  );
  assert.equal(new Set(answers.map((answer) => answer.body)).size, 1);
  assert.equal(await rig.countTasks(), 1);
});

test("submit takes a callback to this machine from a client on it", async (t) => {
  const rig = await startHttp(t);
  const json = { ...BODY, callback_url: "http://127.0.0.1:9999/hook" };
  const answer = await rig.call("POST", "/api/generate/submit", { json });
  assert.equal(answer.statusCode, 200);
  const claims = await rig.store.tasks.claimDue({
    node: "node",
    nowMs: rig.clock.nowMs(),
    leaseMs: 1,
    limit: 10,
  });
  assert.deepEqual(
    claims.map((claim) => claim.loopback),
    [true],
  );
});

test("submit lets no callback reach this machine when the gateway is public", async (t) => {
  const rig = await startHttp(t, { loopbackCallbacks: false });
  const json = { ...BODY, callback_url: "http://localhost:9999/hook" };
  const answer = await rig.call("POST", "/api/generate/submit", { json });
  assert.equal(answer.statusCode, 400);
});
