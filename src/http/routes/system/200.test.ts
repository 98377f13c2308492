import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, servedFile, startHttp } from "../../../../test/support/http.ts";
import { SCOPES } from "../../../core/key.ts";
import { isJsonObject } from "../../../lib/json.ts";

test("system tells what waits, what is held and how late it is", async (t) => {
  const rig = await startHttp(t);
  const { secret: key } = await rig.addKey(rig.projectId, "live", { scopes: SCOPES });
  const { row } = await servedFile(rig);
  await rig.acceptTask();
  await rig.clock.advance(2_500);
  const data = dataOf(await rig.call("GET", "/api/system", { key }));
  assert.deepEqual(data.queue, [
    { stage: "queued", tasks: 1 },
    ...["submitting", "unknown", "polling", "collecting"].map((stage) => ({ stage, tasks: 0 })),
  ]);
  assert.deepEqual([data.due_lag_ms, data.delivery_lag_ms], [2_500, 0]);
  assert.deepEqual(data.files, { kept: 1, bytes: row.sizeBytes, expiring_24h: 1 });
  assert.equal(data.database, "sqlite");
  assert.ok(Number(data.disk_free_bytes) > 0);
  assert.ok(isJsonObject(data.writer));
  assert.ok(Number(data.writer.writes) > 3);
  assert.ok(Number(data.writer.p99_ms) >= Number(data.writer.p50_ms));
});

test("system tells the origin of each setting, and no secret", async (t) => {
  const rig = await startHttp(t);
  const { secret: key } = await rig.addKey(rig.projectId, "live", { scopes: SCOPES });
  const answer = await rig.call("GET", "/api/system", { key });
  const { settings } = dataOf(answer);
  assert.ok(Array.isArray(settings));
  const find = (name: string) => settings.find((setting) => setting.name === name);
  assert.deepEqual(find("PORT"), {
    ...{ name: "PORT", origin: "environment", value: "9000", secret: false },
  });
  assert.deepEqual(find("HOST"), {
    ...{ name: "HOST", origin: "default", value: "127.0.0.1", secret: false },
  });
  assert.deepEqual(find("VIDGO_SECRET"), {
    ...{ name: "VIDGO_SECRET", origin: "environment", value: null, secret: true },
  });
  assert.ok(!answer.body.includes("never-to-be-told"));
});

test("system is the operator's alone", async (t) => {
  const rig = await startHttp(t);
  const { secret: key } = await rig.addKey(rig.addProject(), "live", { scopes: SCOPES });
  const answer = await rig.call("GET", "/api/system", { key });
  assert.equal(errorOf(answer).message, "Only the first project of this gateway may ask");
});
