import assert from "node:assert/strict";
import { after, test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";
import { isJsonObject } from "../../../lib/json.ts";

const rig = await startHttp({ after });

test("models lists the whole catalogue in its order", async () => {
  const { models } = dataOf(await rig.call("GET", "/api/models"));
  assert.ok(Array.isArray(models));
  const ids = models.map((model: { id: string }) => model.id);
  assert.deepEqual(
    ids,
    rig.services.catalogue.models.map((model) => model.id),
  );
  assert.deepEqual(Object.keys(models[0]), [
    "id",
    "media",
    "summary",
    "price",
    "providers",
    "why",
    "deprecation",
  ]);
  assert.equal(models[0].why, "offline: no provider is set up");
});

for (const model of rig.services.catalogue.models) {
  test(`models shows ${model.id} with its schema`, async () => {
    const data = dataOf(await rig.call("GET", `/api/models/${model.id}`));
    assert.equal(data.id, model.id);
    const plain = JSON.stringify(data.input_schema, (name, value) =>
      name === "x-ui" ? undefined : value,
    );
    assert.deepEqual(JSON.parse(plain), JSON.parse(JSON.stringify(model.input)));
    assert.ok(isJsonObject(data.input_schema) && isJsonObject(data.input_schema["x-ui"]));
    assert.ok(isJsonObject(data.limits) && isJsonObject(data.limits.members));
    assert.equal(data.limits.soft_limit_ms, model.softLimitMs);
    assert.equal(data.limits.hard_limit_ms, 86_400_000);
    assert.equal(data.limits.input_file_bytes_max, 256 * 1024 * 1024);
    const named = Object.keys(model.input.properties ?? {});
    for (const name of Object.keys(data.limits.members)) assert.ok(named.includes(name), name);
  });
}

for (const [id, name, limits] of [
  ["z-image", "prompt", { required: true, length_min: 1, length_max: 1000 }],
  ["sora-2-pro", "duration", { required: false, values: [15, 25] }],
  ["happy-horse", "duration", { required: false, min: 3, max: 15 }],
  ["seedream-4-edit", "n", { required: false, min: 1, max: 15 }],
  ["wan2.6-text-to-video", "resolution", { required: false, values: ["720p", "1080p"] }],
  ["kling-3.0-motion-control", "video_urls", { required: true, items_min: 1, items_max: 1 }],
  ["seedance-2.5/reference-to-video", "reference_image_urls", { items_min: 1, items_max: 30 }],
] as const) {
  test(`models tells the limits of ${name} in ${id}`, async () => {
    const { limits: told } = dataOf(await rig.call("GET", `/api/models/${id}`));
    assert.ok(isJsonObject(told) && isJsonObject(told.members));
    assert.deepEqual(told.members[name], { required: false, ...limits });
  });
}

test("models tells a limited key its rates, and an unlimited one that it has none", async (t) => {
  const limits = { openTasksMax: 7, spendPerDayMax: 1_000_000 };
  const limited = await startHttp(t, { limits });
  const told = async (key: string): Promise<unknown> => {
    const data = dataOf(await limited.call("GET", "/api/models/z-image", { key }));
    assert.ok(isJsonObject(data.limits));
    return [data.limits.submits_per_minute, data.limits.open_tasks_max];
  };
  const plain = await limited.addKey(limited.projectId, "live");
  assert.deepEqual(await told(plain.secret), [60, 7]);
  const free = await rig.addKey(rig.projectId, "live");
  const data = dataOf(await rig.call("GET", "/api/models/z-image", { key: free.secret }));
  assert.ok(isJsonObject(data.limits));
  assert.equal(data.limits.submits_per_minute, null);
});

test("models takes an id whose slash is escaped", async () => {
  const id = rig.services.catalogue.models.find((model) => model.id.includes("/"))?.id;
  assert.ok(id !== undefined);
  const data = dataOf(await rig.call("GET", `/api/models/${encodeURIComponent(id)}`));
  assert.equal(data.id, id);
});
