import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isJsonObject } from "../lib/json.ts";
import { createCatalogue } from "./catalogue.ts";
import { submitSchema, submitSchemaName, submitSchemas } from "./submit-schemas.ts";

const catalogue = createCatalogue();

test("submitSchemas() gives one component a model, under names that OpenAPI allows", () => {
  const { body, components } = submitSchemas(catalogue);
  const names = Object.keys(components);

  assert.equal(names.length, catalogue.models.length);
  for (const name of names) assert.match(name, /^[A-Za-z0-9._-]+$/);
  assert.ok(Array.isArray(body.oneOf));
  assert.equal(body.oneOf.length, names.length);
});

test("submitSchemas() maps every id to its component", () => {
  const { body, components } = submitSchemas(catalogue);
  const { discriminator } = body;
  assert.ok(typeof discriminator === "object" && discriminator !== null);
  assert.ok("mapping" in discriminator && typeof discriminator.mapping === "object");

  for (const [id, ref] of Object.entries(discriminator.mapping ?? {})) {
    const name = String(ref).replace("#/components/schemas/", "");
    assert.equal(name, submitSchemaName(id));
    assert.equal(components[name]?.title, id);
  }
});

test("submitSchema() is a valid schema of its own examples, with known keywords only", () => {
  const ajv = new Ajv2020({ allErrors: true, validateFormats: false });
  for (const model of catalogue.models) {
    const schema = submitSchema(model);
    const validate = ajv.compile(schema);
    assert.ok(Array.isArray(schema.examples) && schema.examples.length > 0, model.id);
    for (const example of schema.examples) {
      assert.ok(isJsonObject(example));
      assert.ok(validate(example), `${model.id}: ${ajv.errorsText(validate.errors)}`);
      assert.ok(!validate({ ...example, model: "another" }), model.id);
    }
  }
});

test("submitSchema() takes a callback address, null and none", () => {
  const ajv = new Ajv2020({ validateFormats: false });
  const model = catalogue.find("sora-2");
  assert.ok(model);
  const validate = ajv.compile(submitSchema(model));
  const request = { model: "sora-2", input: { prompt: "A fox" } };

  assert.ok(validate(request));
  assert.ok(validate({ ...request, callback_url: null }));
  assert.ok(validate({ ...request, callback_url: "https://hooks.example.com/?token=1" }));
  assert.ok(!validate({ ...request, callback_url: 7 }));
});

test("submitSchema() refuses further members of the body, when the model is strict", () => {
  const ajv = new Ajv2020({ validateFormats: false });
  for (const [id, accepts] of [
    ["sora-2", true],
    ["kling-1.6/pro", true],
    ["seedance-2.0/text-to-video", false],
  ] as const) {
    const model = catalogue.find(id);
    assert.ok(model);
    const validate = ajv.compile(submitSchema(model));
    assert.equal(validate({ model: id, input: model.examples[0], user: "me" }), accepts, id);
  }
});

test("submitSchema() marks old ids as deprecated", () => {
  const deprecated = catalogue.models.filter((model) => submitSchema(model).deprecated === true);

  assert.equal(deprecated.length, 4);
});
