import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

test("quote gives what a submit of the same body holds, and stores nothing", async (t) => {
  const rig = await startHttp(t);
  const json = { model: "grok-imagine", input: { prompt: "a fox", duration: 10 } };
  const before = await rig.store.tasks.balance(rig.projectId);
  const data = dataOf(await rig.call("POST", "/api/generate/quote", { json }));
  assert.deepEqual(data, { model: "grok-imagine", credits_amount: 40, credits: "40" });
  assert.equal(await rig.store.tasks.balance(rig.projectId), before);
  assert.equal(await rig.countTasks(), 0);
  dataOf(await rig.call("POST", "/api/generate/submit", { json }));
  assert.equal(await rig.store.tasks.balance(rig.projectId), before - 40_000);
});

test("quote is nothing for a test key", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "test");
  const json = { model: "grok-imagine", input: { prompt: "a fox" } };
  const data = dataOf(await rig.call("POST", "/api/generate/quote", { json, key: secret }));
  assert.deepEqual(data, { model: "grok-imagine", credits_amount: 0, credits: "0" });
});
