import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, startHttp } from "../../test/support/http.ts";

const LIMITS = { openTasksMax: 3, spendPerDayMax: 1_000_000_000 };
const submit = { model: "grok-imagine", input: { prompt: "a fox" } };

test("a key gets a burst of submits, then 429 that tells when, and others go on", async (t) => {
  const limits = { ...LIMITS, openTasksMax: 1_000 };
  const rig = await startHttp(t, { limits });
  const other = await rig.addKey(rig.projectId, "live");
  const first = await rig.call("POST", "/api/generate/submit", { json: submit });
  assert.equal(first.headers["ratelimit-policy"], '"submit";q=60;w=60');
  assert.equal(first.headers.ratelimit, '"submit";r=19;t=1');
  for (let index = 1; index < 20; index += 1) {
    dataOf(await rig.call("POST", "/api/generate/submit", { json: submit }));
  }
  const refused = await rig.call("POST", "/api/generate/submit", { json: submit });
  assert.equal(refused.statusCode, 429);
  assert.deepEqual(errorOf(refused), { message: "Rate limit exceeded", type: "rate_limit_error" });
  assert.deepEqual(
    [refused.headers["retry-after"], refused.headers.ratelimit],
    ["1", '"submit";r=0;t=1'],
  );
  const theirs = { json: submit, key: other.secret };
  dataOf(await rig.call("POST", "/api/generate/submit", theirs));
  await rig.clock.advance(1_000);
  dataOf(await rig.call("POST", "/api/generate/submit", { json: submit }));
});

test("status has a rate of its own: 60 at once, then 10 a second", async (t) => {
  const rig = await startHttp(t, { limits: LIMITS });
  const { id } = await rig.acceptTask();
  const ask = () => rig.call("GET", `/api/generate/status/${id}`);
  for (let index = 0; index < 60; index += 1) assert.equal((await ask()).statusCode, 200);
  assert.equal((await ask()).statusCode, 429);
  await rig.clock.advance(100);
  assert.equal((await ask()).statusCode, 200);
});

test("the bootstrap key knows no limits", async (t) => {
  const rig = await startHttp(t, { limits: LIMITS });
  const secret = "a-bootstrap-key-of-the-operator-0123456789";
  const { showKey } = await import("../core/key.ts");
  await rig.store.keys.setBootstrap({
    ...showKey(secret),
    id: "key_boot",
    projectId: rig.projectId,
    name: "boot",
    mode: "live",
    createdAtMs: rig.clock.nowMs(),
  });
  for (let index = 0; index < 30; index += 1) {
    const answer = await rig.call("POST", "/api/generate/submit", { json: submit, key: secret });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.equal(answer.headers.ratelimit, undefined);
  }
});

test("500 submits at once never open more tasks than the project may have", async (t) => {
  const rig = await startHttp(t, { limits: { ...LIMITS, openTasksMax: 10 } });
  const keys = await Promise.all(
    Array.from({ length: 25 }, () => rig.addKey(rig.projectId, "live")),
  );
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      rig.call("POST", "/api/generate/submit", {
        json: submit,
        key: keys[index % 25]?.secret ?? null,
      }),
    ),
  );
  const good = answers.filter(({ statusCode }) => statusCode === 200);
  assert.equal(good.length, 10);
  assert.equal(await rig.countTasks(), 10);
  const crowded = answers.find(({ body }) => body.includes("under way"));
  assert.equal(crowded?.statusCode, 429);
  assert.equal(crowded?.headers["retry-after"], "5");
});

test("500 submits at once never hold more than the project may spend in a day", async (t) => {
  const rig = await startHttp(t, { limits: { openTasksMax: 1_000, spendPerDayMax: 65_000 } });
  const keys = await Promise.all(
    Array.from({ length: 25 }, () => rig.addKey(rig.projectId, "live")),
  );
  const before = await rig.store.tasks.balance(rig.projectId);
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      rig.call("POST", "/api/generate/submit", {
        json: submit,
        key: keys[index % 25]?.secret ?? null,
      }),
    ),
  );
  const held = before - (await rig.store.tasks.balance(rig.projectId));
  assert.ok(held > 0 && held <= 65_000, `${held}`);
  const capped = answers.find(({ body }) => body.includes("daily limit"));
  assert.equal(capped?.statusCode, 429);
  assert.ok(Number(capped?.headers["retry-after"]) > 3_600);
});
