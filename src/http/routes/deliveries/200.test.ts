import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { makeId } from "../../../core/id.ts";
import { systemRandom } from "../../../lib/random.ts";

/** Ends a task with a callback and makes one try that comes to the given status. */
async function tryOne(rig: HttpRig, status: number | null): Promise<string> {
  const { id } = await rig.acceptTask("grok-imagine", "https://hooks.example/cb");
  await rig.failTask(id, "canceled", "no more");
  const claim = { nowMs: rig.clock.nowMs(), leaseMs: 60_000, limit: 10 };
  const [due] = await rig.store.deliveries.claimDue(claim);
  assert.ok(due);
  await rig.store.deliveries.recordTry({
    fence: due.fence,
    try: {
      id: makeId("try", systemRandom),
      deliveryId: due.id,
      number: 1,
      startedAtMs: rig.clock.nowMs(),
      durationMs: 7,
      status,
      errorClass: status === null ? "refused_address" : null,
      excerpt: "",
    },
    state: status === 200 ? "delivered" : "refused",
    dueAtMs: null,
    endpoint: status === 200 ? "good" : "failing",
  });
  return id;
}

async function list(rig: HttpRig, query = "") {
  const { deliveries } = dataOf(await rig.call("GET", `/api/webhooks/deliveries${query}`));
  assert.ok(Array.isArray(deliveries));
  return deliveries;
}

test("deliveries lists each with its tries, by task and state", async (t) => {
  const rig = await startHttp(t);
  const good = await tryOne(rig, 200);
  const bad = await tryOne(rig, 404);
  assert.equal((await list(rig)).length, 2);
  const [only] = await list(rig, `?task_id=${good}`);
  assert.deepEqual(
    [only.task_id, only.state, only.next_try_time, only.callback_url],
    [good, "delivered", null, "https://hooks.example/cb"],
  );
  const time = "2026-11-20T10:30:00";
  const made = { number: 1, started_time: time, status: 200, error: null, duration_ms: 7 };
  assert.deepEqual(only.tries, [{ ...made, answer: "" }]);
  assert.deepEqual(
    (await list(rig, "?state=refused")).map(({ task_id: id }) => id),
    [bad],
  );
});

test("deliveries never tells an inner address from a closed port", async (t) => {
  const rig = await startHttp(t);
  await tryOne(rig, null);
  const [delivery] = await list(rig);
  const [made] = delivery.tries;
  assert.deepEqual([made.status, made.error, made.duration_ms], [null, "unreachable", null]);
});

test("redeliver sends one again; another's answers as an unknown one", async (t) => {
  const rig = await startHttp(t);
  await tryOne(rig, 404);
  const [delivery] = await list(rig);
  const url = `/api/webhooks/deliveries/${delivery.delivery_id}/redeliver`;
  const { secret } = await rig.addKey(rig.addProject(), "live");
  const theirs = await rig.call("POST", url, { key: secret });
  const none = await rig.call("POST", "/api/webhooks/deliveries/dlv_none/redeliver");
  assert.deepEqual([theirs.statusCode, theirs.body], [404, none.body]);
  assert.equal((await list(rig))[0].state, "refused");
  dataOf(await rig.call("POST", url));
  assert.equal((await list(rig))[0].state, "waiting");
});

test("redeliver sends a window again", async (t) => {
  const rig = await startHttp(t);
  await tryOne(rig, 404);
  await tryOne(rig, 200);
  await rig.clock.advance(1_000);
  const from = "2026-11-20T10:30:00";
  const send = (json: unknown) => rig.call("POST", "/api/webhooks/redeliver", { json });
  assert.deepEqual(dataOf(await send({ from })), { redelivered: 1, more: false });
  const all = { from, to: "2026-11-20T10:30:01Z", states: ["delivered", "refused", "waiting"] };
  assert.deepEqual(dataOf(await send(all)), { redelivered: 2, more: false });
  assert.deepEqual(dataOf(await send({ from: "2026-11-20T10:30:00.500Z" })).redelivered, 0);
});

for (const json of [
  {},
  { from: "yesterday" },
  { from: "2026-13-01T00:00:00Z" },
  { from: "2026-11-20T10:30:00", to: "2026-11-20T10:30:00" },
  { from: "2026-11-20T10:00:00", states: [] },
  { from: "2026-11-20T10:00:00", states: ["lost"] },
]) {
  test(`redeliver refuses ${JSON.stringify(json)}`, async (t) => {
    const rig = await startHttp(t);
    const answer = await rig.call("POST", "/api/webhooks/redeliver", { json });
    assert.equal(errorOf(answer).type, "validation_error");
  });
}
