import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { makeId } from "../../../core/id.ts";
import { isJsonObject } from "../../../lib/json.ts";
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
    headers: { "webhook-id": due.eventId },
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

test("deliveries are narrowed and counted by host, answer and time", async (t) => {
  const rig = await startHttp(t);
  await tryOne(rig, 200);
  await tryOne(rig, 404);
  await tryOne(rig, null);
  await rig.clock.advance(1_000);
  const cases = [
    ["", 3],
    ["host=HOOKS.example", 3],
    ["host=other.example", 0],
    ["code=4xx", 1],
    ["code=200", 1],
    ["code=none", 1],
    ["state=refused,delivered&code=404", 1],
    ["from=2026-11-20T10:30:00.500Z", 0],
    ["to=2026-11-21", 3],
  ] as const;
  for (const [query, expected] of cases) {
    assert.equal((await list(rig, `?${query}`)).length, expected, query);
    const counts = dataOf(await rig.call("GET", `/api/webhooks/deliveries/counts?${query}`));
    assert.equal(counts.total, expected, query);
  }
  assert.deepEqual(dataOf(await rig.call("GET", "/api/webhooks/deliveries/counts")), {
    total: 3,
    states: [
      { value: "refused", count: 2 },
      { value: "delivered", count: 1 },
    ],
    hosts: [{ value: "hooks.example", count: 3 }],
    hosts_total: 1,
    codes: [200, 404, null].map((value) => ({ value, count: 1 })),
  });
  for (const query of ["code=6xx", "code=0", "host=%00", "host=", "from=now", "state=lost"]) {
    const answer = await rig.call("GET", `/api/webhooks/deliveries?${query}`);
    assert.equal(errorOf(answer).type, "validation_error", query);
  }
});

test("a delivery shows what was sent, wrapped as it was; another's is unknown", async (t) => {
  const rig = await startHttp(t);
  dataOf(await rig.call("POST", "/api/webhooks/settings", { json: { body: "wrapped" } }));
  await tryOne(rig, 404);
  const [{ delivery_id: id, event_id: event }] = await list(rig);
  const url = `/api/webhooks/deliveries/${id}`;
  const { request, tries } = dataOf(await rig.call("GET", url));
  assert.ok(isJsonObject(request) && Array.isArray(tries) && typeof request.body === "string");
  assert.equal(request.method, "POST");
  const body = JSON.parse(request.body);
  assert.equal(body.code, 200);
  assert.ok("data" in body);
  assert.deepEqual(tries[0].headers, { "webhook-id": event });
  const { secret } = await rig.addKey(rig.addProject(), "live");
  for (const [path, key] of [
    [url, secret],
    ["/api/webhooks/deliveries/dlv_none", undefined],
    ["/api/webhooks/deliveries/%00", undefined],
  ] as const) {
    const answer = await rig.call("GET", path, key === undefined ? {} : { key });
    assert.deepEqual([answer.statusCode, errorOf(answer).message], [404, "Delivery not found"]);
  }
});

for (const json of [
  { from: "2026-11-20T10:00:00", host: 7 },
  {},
  { from: "yesterday" },
  { from: "2026-13-01T00:00:00Z" },
  { from: "2026-02-31T00:00:00Z", to: "2026-03-31T00:00:00Z" },
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
