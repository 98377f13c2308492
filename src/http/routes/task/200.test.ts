import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { SCOPES } from "../../../core/key.ts";
import { isJsonObject, type JsonObject } from "../../../lib/json.ts";

const HOSTILE = `<img src=x onerror=alert(1)>"'</script><script>alert(2)</script>\u2028`;

/** A task whose first attempt was refused and whose second gave a picture. */
async function finished(rig: HttpRig): Promise<string> {
  const { store, clock } = rig;
  const { id: taskId } = await rig.acceptTask("grok-imagine", "https://hooks.example/cb");
  const claim = async () => {
    const wish = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 10, node: "node" };
    const [one] = await store.tasks.claimDue(wish);
    assert.ok(one);
    return one.fence;
  };
  const begin = async (number: number, fence: number) => {
    const prepared = {
      prompt: HOSTILE,
      api_key: "sk-1",
      image: `data:image/png;base64,${"A".repeat(9_000)}`,
      from: "https://user:pw@up.example/a.png?sig=1",
    };
    const attempt = { id: `att_${number}`, number, provider: "xai", account: "main", prepared };
    await store.tasks.recordIntent({
      ...{ taskId, fence, nowMs: clock.nowMs(), home: null },
      attempt: { ...attempt, upstreamModel: "grok-2" },
    });
  };
  const step = { taskId, dueAtMs: clock.nowMs() };
  const first = await claim();
  await begin(1, first);
  await clock.advance(120);
  await store.tasks.recordStep({
    ...{ ...step, fence: first, stage: "queued", nowMs: clock.nowMs() },
    attempt: {
      ...{ id: "att_1", state: "rejected", errorCode: "rate_limited", billed: "no", ended: true },
      errorMessage: HOSTILE,
    },
  });
  const second = await claim();
  await begin(2, second);
  await clock.advance(400);
  await store.tasks.recordStep({
    ...{ ...step, fence: second, stage: "polling", nowMs: clock.nowMs(), started: true },
    attempt: { id: "att_2", state: "running", operation: { id: "up-77" } },
  });
  await clock.advance(5_000);
  await store.tasks.recordStep({
    ...{ ...step, fence: await claim(), stage: "collecting", nowMs: clock.nowMs() },
    attempt: {
      ...{ id: "att_2", state: "produced", billed: "yes", cost: { amount: "0.07", unit: "usd" } },
      production: { artifacts: [], outputs: [], creations: [], meta: { seed: 42 } },
    },
  });
  await clock.advance(1_000);
  await rig.finishTask(taskId, {
    files: [{ bytes: Buffer.from("x"), mediaType: "image/png", extension: "png" }],
    outputs: [{ kind: "media", file: 0, media: "image" }],
  });
  return taskId;
}

async function read(rig: HttpRig, taskId: string, key?: string): Promise<JsonObject> {
  const options = key === undefined ? {} : { key };
  const data: unknown = dataOf(await rig.call("GET", `/api/tasks/${taskId}`, options));
  assert.ok(isJsonObject(data));
  return data;
}

function list(data: JsonObject, name: string): readonly JsonObject[] {
  const found = data[name];
  assert.ok(Array.isArray(found));
  return found.filter(isJsonObject);
}

test("a task tells its attempts, files, money and all that happened", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "live", { scopes: SCOPES });
  const startMs = rig.clock.nowMs();
  const taskId = await finished(rig);
  const data = await read(rig, taskId, secret);
  assert.deepEqual(data.input, { prompt: "a red fox" });
  assert.equal(data.seed, 42);
  assert.deepEqual(data.money, { held: "30.5", settled: "30.5", released: "0" });
  const [refused, good] = list(data, "attempts");
  assert.deepEqual(
    [refused?.billed, refused?.error_message, good?.billed, good?.upstream_id, good?.account],
    ["no", HOSTILE, "yes", "up-77", "main"],
  );
  assert.deepEqual([refused?.cost, good?.cost], [null, { amount: "0.07", unit: "usd" }]);
  const since = (name: string) => Number(good?.[name]) - startMs;
  assert.deepEqual(
    [since("intent_ms"), since("accepted_ms"), since("produced_ms")],
    [120, 520, 5_520],
  );
  assert.deepEqual(good?.request, {
    prompt: HOSTILE,
    api_key: "[redacted]",
    image: "[image/png, 9022 characters]",
    from: "https://up.example/a.png?[redacted]",
  });
  assert.deepEqual(good?.response, { operation: { id: "up-77" }, artifacts: [] });
  assert.deepEqual(
    list(data, "events").map(({ kind, attempt }) => `${kind} ${attempt}`),
    [
      ...["accepted null", "attempt_started 1", "attempt_ended 1", "attempt_started 2"],
      ...["attempt_accepted 2", "attempt_produced 2", "finished null"],
    ],
  );
  const [file] = list(data, "files");
  assert.equal(file?.gone, false);
  assert.match(String(file?.file_url), /\/files\/file_/);
  assert.equal(String(file?.sha256).length, 64);
  assert.deepEqual(
    list(data, "ledger").map(({ kind, change }) => [kind, change]),
    [
      ["hold", "-30.5"],
      ["settle", "0"],
    ],
  );
  assert.equal(list(data, "deliveries")[0]?.callback_url, "https://hooks.example/cb");
});

test("what only the operator may know is null for others", async (t) => {
  const rig = await startHttp(t);
  const data = await read(rig, await finished(rig));
  for (const attempt of list(data, "attempts")) {
    const { account, upstream_model, upstream_id, request, response, meta, cost } = attempt;
    const told = [account, upstream_model, upstream_id, request, response, meta, cost];
    assert.deepEqual(told, [null, null, null, null, null, null, null]);
  }
  assert.deepEqual(list(data, "routes")[0], {
    ...{ provider: "offline", account: null, upstream_model: null },
  });
  assert.equal(data.account, null);
});

test("a file whose time is over has no link but stays in the record", async (t) => {
  const rig = await startHttp(t);
  const taskId = await finished(rig);
  await rig.clock.advance(86_400_000);
  const [file] = list(await read(rig, taskId), "files");
  assert.deepEqual([file?.gone, file?.file_url, file?.size_bytes], [true, null, 1]);
});

test("a hostile answer of a receiver comes back as data, in task and list", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask("grok-imagine", "https://hooks.example/cb");
  await rig.failTask(id, "generation_failed", "no");
  const nowMs = rig.clock.nowMs();
  const { deliveries } = rig.store;
  const [due] = await deliveries.claimDue({ nowMs, leaseMs: 9_000, limit: 1 });
  assert.ok(due);
  const made = { id: "try_1", deliveryId: due.id, number: 1, startedAtMs: nowMs, durationMs: 5 };
  await deliveries.recordTry({
    ...{ fence: due.fence, state: "refused", dueAtMs: null, endpoint: "good" },
    try: { ...made, status: 400, errorClass: null, excerpt: HOSTILE },
  });
  const [delivery] = list(await read(rig, id), "deliveries");
  assert.equal(delivery === undefined ? null : list(delivery, "tries")[0]?.answer, HOSTILE);
  const listed = await rig.call("GET", "/api/webhooks/deliveries");
  assert.match(String(listed.headers["content-type"]), /^application\/json/);
  assert.match(listed.body, /onerror=alert/);
});

test("hostile texts come back as data in JSON, whatever they say", async (t) => {
  const rig = await startHttp(t);
  const { store, projectId } = rig;
  const given = await rig.acceptTask();
  const id = "task-unified-1795170600-hostile";
  await store.tasks.accept({
    task: { ...given, id, input: { prompt: HOSTILE, title: HOSTILE } },
    ...{ loopback: false, idempotency: null, oneShot: null },
    enforceCredits: false,
  });
  await rig.failTask(id, "generation_failed", HOSTILE);
  for (const path of [
    `/api/tasks/${id}`,
    "/api/tasks",
    `/api/tasks?q=${encodeURIComponent("<img")}`,
  ]) {
    const answer = await rig.call("GET", path);
    assert.match(String(answer.headers["content-type"]), /^application\/json/);
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.match(answer.body, /onerror=alert/);
    assert.equal(answer.statusCode, 200);
  }
  const data = await read(rig, id);
  assert.deepEqual(data.input, { prompt: HOSTILE, title: HOSTILE });
  assert.equal(data.error_message, HOSTILE);
  assert.ok(projectId !== "");
});
