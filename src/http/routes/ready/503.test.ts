import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("ready says that the disk is nearly full", async (t) => {
  const rig = await startHttp(t, { diskFreeBytesMin: Number.MAX_SAFE_INTEGER });
  const answer = await rig.call("GET", "/ready", { key: null });
  assert.equal(answer.statusCode, 503);
  assert.deepEqual(errorOf(answer), { message: "disk is nearly full", type: "service_error" });
  assert.equal(answer.headers["retry-after"], "2");
});

test("ready says that the folder is gone", async (t) => {
  const rig = await startHttp(t);
  Object.assign(rig.services.settings, { dataDir: join(rig.services.settings.dataDir, "none") });
  const answer = await rig.call("GET", "/ready");
  assert.equal(errorOf(answer).message, "disk cannot be read");
});

test("ready says that the store does not answer, and no more", async (t) => {
  const rig = await startHttp(t);
  const { ping } = rig.store;
  const secret = "a path of this machine";
  Object.assign(rig.store, { ping: async () => assert.fail(secret) });
  const answer = await rig.call("GET", "/ready");
  Object.assign(rig.store, { ping });
  assert.equal(errorOf(answer).message, "store does not answer");
  assert.ok(!answer.body.includes(secret));
  assert.equal((await rig.call("GET", "/ready")).statusCode, 200);
});

test("ready does not wait for a store that hangs", async (t) => {
  const rig = await startHttp(t);
  const { ping } = rig.store;
  Object.assign(rig.store, { ping: () => new Promise(() => {}) });
  const asked = rig.call("GET", "/ready");
  await rig.clock.sleepers(1);
  await rig.clock.advance(2_000);
  assert.equal(errorOf(await asked).message, "store does not answer");
  Object.assign(rig.store, { ping });
});
