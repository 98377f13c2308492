import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { isJsonObject, type JsonObject } from "../../../lib/json.ts";
import { ACCESS } from "../../access.ts";
import { VIEW_EXAMPLES } from "../../openapi/view-examples.ts";

const rig: HttpRig = await startHttp({ after });
const documentText = (await rig.call("GET", "/openapi.json", { key: null })).body;
const document: unknown = JSON.parse(documentText);
assert.ok(isJsonObject(document));

/** Follows a path of member names. */
function at(value: unknown, ...names: readonly string[]): JsonObject {
  const found = names.reduce<unknown>(
    (rest, name) => (isJsonObject(rest) ? rest[name] : null),
    value,
  );
  assert.ok(isJsonObject(found), names.join("."));
  return found;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: "api", components: at(document, "components") });
const schemaOf = (name: string) => {
  const validate = ajv.getSchema(`api#/components/schemas/${name}`);
  assert.ok(validate !== undefined, name);
  return validate;
};

test("openapi names only routes that are served", () => {
  for (const [path, methods] of Object.entries(at(document, "paths"))) {
    const url = path.replace("/api/models/{id}", "/api/models/*").replace(/\{([^}]+)\}/g, ":$1");
    assert.ok(isJsonObject(methods));
    for (const method of Object.keys(methods)) {
      const known = rig.app.hasRoute({ method: method === "get" ? "GET" : "POST", url });
      assert.ok(known, `${method} ${path}`);
    }
  }
});

test("openapi names every route that wants a key", () => {
  const paths = at(document, "paths");
  for (const name of Object.keys(ACCESS)) {
    const [method = "", url = ""] = name.split(" ");
    const path = url.replace("/api/models/*", "/api/models/{id}").replace(/:(\w+)/g, "{$1}");
    assert.ok(method.toLowerCase() in at(paths, path), name);
  }
});

test("openapi has every reference that it uses", () => {
  for (const [, name] of documentText.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(String(name) in at(document, "components", "schemas"), String(name));
  }
});

test("openapi holds an example of each model that its own schema takes", () => {
  const body = at(document, "paths", "/api/generate/submit", "post", "requestBody", "content");
  const { examples, schema } = at(body, "application/json");
  const mapping = at(schema, "discriminator", "mapping");
  const seen = new Set<unknown>();
  for (const example of Object.values(at({ examples }, "examples"))) {
    const value = at(example, "value");
    seen.add(value.model);
    const name = String(mapping[String(value.model)]).replace("#/components/schemas/", "");
    const validate = schemaOf(name);
    assert.ok(validate(value), `${value.model}: ${JSON.stringify(validate.errors)}`);
  }
  assert.equal(seen.size, rig.services.catalogue.models.length);
});

const ANSWERS: readonly (readonly [string, "GET" | "POST", string, object | null])[] = [
  ["Balance", "GET", "/api/user/balance", null],
  ["Models", "GET", "/api/models", null],
  ["Model", "GET", "/api/models/grok-imagine", null],
  ["Health", "GET", "/health", null],
  ["Ready", "GET", "/ready", null],
  ["Error", "GET", "/none", null],
  ["Error", "POST", "/api/generate/submit", {}],
  ["Quote", "POST", "/api/generate/quote", { model: "grok-imagine", input: { prompt: "x" } }],
  ["Receipt", "POST", "/api/generate/submit", { model: "grok-imagine", input: { prompt: "x" } }],
];

for (const [name, method, url, json] of ANSWERS) {
  test(`openapi describes the ${name} that ${method} ${url} answers`, async () => {
    const answer = await rig.call(method, url, json === null ? {} : { json });
    const validate = schemaOf(name);
    assert.ok(validate(answer.json()), JSON.stringify(validate.errors));
  });
}

test("openapi describes status, music detail and cancel in every state", async () => {
  const { id } = await rig.acceptTask();
  const check = async (name: string, method: "GET" | "POST", url: string): Promise<void> => {
    const validate = schemaOf(name);
    const answer = await rig.call(method, url);
    assert.ok(validate(answer.json()), `${answer.body} ${JSON.stringify(validate.errors)}`);
  };
  const checkBoth = async (): Promise<void> => {
    await check("Status", "GET", `/api/generate/status/${id}`);
    await check("MusicDetail", "GET", `/api/generate/detail/music?task_id=${id}`);
  };
  await checkBoth();
  await rig.startTask(id, 5);
  await checkBoth();
  await check("Cancel", "POST", `/api/generate/cancel/${id}`);
  await checkBoth();
});

test("openapi holds examples of answers that their own schemas take", () => {
  for (const [name, data] of Object.entries(VIEW_EXAMPLES)) {
    const validate = schemaOf(name);
    assert.ok(validate({ code: 200, data }), `${name}: ${JSON.stringify(validate.errors)}`);
  }
});
