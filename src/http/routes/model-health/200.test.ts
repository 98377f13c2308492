import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, type HttpRig, servedFile, startHttp } from "../../../../test/support/http.ts";

async function healthOf(rig: HttpRig, id: string, key?: string) {
  const options = key === undefined ? {} : { key };
  const { models } = dataOf(await rig.call("GET", "/api/model-health", options));
  assert.ok(Array.isArray(models));
  assert.equal(models.length, rig.services.catalogue.models.length);
  return models.find((model) => model.id === id);
}

test("model health counts a week of the project's own tasks, canceled ones aside", async (t) => {
  const rig = await startHttp(t);
  await servedFile(rig);
  for (const code of ["generation_failed", "canceled"] as const) {
    await rig.failTask((await rig.acceptTask()).id, code, "no");
  }
  const mine = await healthOf(rig, "grok-imagine");
  assert.deepEqual([mine.tasks, mine.success_rate, mine.p50_ms], [3, 0.5, 0]);
  assert.equal((await healthOf(rig, "sora-2")).success_rate, null);
  const stranger = await rig.addKey(rig.addProject(), "live");
  assert.equal((await healthOf(rig, "grok-imagine", stranger.secret)).tasks, 0);
  await rig.clock.advance(8 * 86_400_000);
  assert.equal((await healthOf(rig, "grok-imagine")).tasks, 0);
});

test("model health tells the routes of now, and accounts only to the operator", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "live", { scopes: ["read", "admin"] });
  const route = { provider: "offline", substitute: false, state: "healthy", until_time: null };
  assert.deepEqual((await healthOf(rig, "sora-2")).routes, [
    { ...route, account: null, upstream_model: null },
  ]);
  assert.deepEqual((await healthOf(rig, "sora-2", secret)).routes, [
    { ...route, account: "offline", upstream_model: "sora-2" },
  ]);
});
