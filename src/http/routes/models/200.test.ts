import assert from "node:assert/strict";
import { after, test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

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
    "deprecation",
  ]);
});

for (const model of rig.services.catalogue.models) {
  test(`models shows ${model.id} with its schema`, async () => {
    const data = dataOf(await rig.call("GET", `/api/models/${model.id}`));
    assert.equal(data.id, model.id);
    assert.deepEqual(data.input_schema, JSON.parse(JSON.stringify(model.input)));
    assert.deepEqual(data.limits, { soft_limit_ms: model.softLimitMs });
  });
}

test("models takes an id whose slash is escaped", async () => {
  const id = rig.services.catalogue.models.find((model) => model.id.includes("/"))?.id;
  assert.ok(id !== undefined);
  const data = dataOf(await rig.call("GET", `/api/models/${encodeURIComponent(id)}`));
  assert.equal(data.id, id);
});
