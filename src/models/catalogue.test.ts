import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { createCatalogue } from "./catalogue.ts";
import { FILES_KEYWORD } from "./file-limits.ts";
import { URL_LENGTH_MAX } from "./pieces.ts";
import { ruleNames } from "./rule.ts";
import { propertiesOf } from "./schema.ts";
import { createValidator } from "./validate.ts";

const catalogue = createCatalogue();

test("createCatalogue() knows the documented models", () => {
  const count = (media: string): number =>
    catalogue.models.filter((model) => model.media === media).length;

  assert.equal(catalogue.models.length, 113);
  assert.deepEqual([count("image"), count("video"), count("music")], [34, 62, 17]);
});

test("createCatalogue() gives each id once", () => {
  assert.equal(new Set(catalogue.models.map(({ id }) => id)).size, catalogue.models.length);
});

test("createCatalogue() keeps the order of the documentation: images, videos, music", () => {
  const media = catalogue.models.map((model) => model.media);

  assert.deepEqual(
    media.filter((each, index) => each !== media[index - 1]),
    ["image", "video", "music"],
  );
  assert.equal(catalogue.models.at(0)?.id, "gpt-4o-image");
  assert.equal(catalogue.models.at(34)?.id, "sora-2");
  assert.equal(catalogue.models.at(-1)?.id, "create-music-video");
});

test("createCatalogue() bounds every list, also where the documentation names no number", () => {
  const open = (schema: unknown, path: string): readonly string[] => {
    if (typeof schema !== "object" || schema === null) return [];
    const inside = Object.entries(schema).flatMap(([name, part]) => open(part, `${path}.${name}`));
    const isOpen = "type" in schema && schema.type === "array" && !("maxItems" in schema);
    return isOpen ? [path, ...inside] : inside;
  };
  assert.deepEqual(
    catalogue.models.flatMap(({ id, input }) => open(input, id)),
    [],
  );
});

test("find() takes the exact id and nothing else", () => {
  assert.equal(catalogue.find("kling-3.0/pro")?.id, "kling-3.0/pro");
  for (const id of ["Kling-3.0/pro", "kling-3.0", "kling-3.0/pro ", "", "__proto__", "toString"]) {
    assert.equal(catalogue.find(id), null, id);
  }
});

test("createCatalogue() gives every model examples that its own checks accept", () => {
  const validator = createValidator();
  const examples = catalogue.models.flatMap((model) =>
    model.examples.map((input) => ({ model, input })),
  );
  assert.equal(examples.length, 151);
  for (const { model, input } of examples) {
    const verdict = validator.check(model, input);
    assert.ok(verdict.kind === "valid", `${model.id}: ${JSON.stringify(verdict)}`);
    for (const [name, value] of Object.entries(input)) {
      assert.deepEqual(verdict.input[name], value, `${model.id}: ${name} was changed`);
    }
  }
});

test("createCatalogue() names in every example an address that nobody owns", () => {
  const addresses = JSON.stringify(catalogue.models.map(({ examples }) => examples)).matchAll(
    /https?:\/\/[^"]+/g,
  );
  for (const [address] of addresses) assert.match(address, /^https:\/\/media\.example\.com\//);
});

test("createCatalogue() describes every model and every member in words", () => {
  for (const model of catalogue.models) {
    assert.match(model.summary, /^[A-Z][^.]*(\d\.\d[^.]*)*\.$/, model.id);
    for (const [name, schema] of Object.entries(propertiesOf(model.input))) {
      assert.equal(typeof schema.description, "string", `${model.id}: ${name}`);
    }
  }
});

test("createCatalogue() requires only members that the schema names", () => {
  for (const model of catalogue.models) {
    const names = Object.keys(propertiesOf(model.input));
    assert.ok(Array.isArray(model.input.required));
    for (const name of model.input.required) assert.ok(names.includes(name), model.id);
  }
});

test("createCatalogue() gives defaults that their own schema accepts", () => {
  const validator = createValidator();
  for (const model of catalogue.models) {
    for (const [name, schema] of Object.entries(propertiesOf(model.input))) {
      if (schema.default === undefined) continue;
      const alone = { ...model, input: schemaOf(name, schema), rules: [] };
      const { normalise: _, ...plain } = { ...alone, id: `${model.id} ${name}` };
      assert.equal(validator.check(plain, {}).kind, "valid", `${model.id}: ${name}`);
    }
  }
});

test("createCatalogue() warns of the ids that are kept for old clients", () => {
  const old = catalogue.models.filter((model) => model.deprecation !== null);

  assert.deepEqual(
    old.map(({ id }) => id),
    ["veo3.1-fast", "veo3.1-quality", "seedance-2", "seedance-2-fast"],
  );
  for (const { deprecation } of old) {
    const successor = /use (\S+)/.exec(deprecation ?? "")?.[1] ?? "";
    assert.ok(catalogue.find(successor), `${deprecation}`);
  }
});

test("createCatalogue() is strict where the documentation is", () => {
  const strict = catalogue.models.filter((model) => model.input.additionalProperties === false);
  const strictBody = catalogue.models.filter((model) => model.strictBody === true);

  assert.equal(strict.length, 29);
  assert.deepEqual(
    strict.filter((model) => model.strictBody !== true).map(({ id }) => id),
    ["kling-1.6/standard", "kling-1.6/pro"],
  );
  assert.ok(strictBody.every((model) => strict.includes(model)));
});

test("createCatalogue() calls tasks stalled by their media", () => {
  const limits = { image: 900_000, video: 3_600_000, music: 1_800_000 };
  for (const { id, media, softLimitMs } of catalogue.models) {
    assert.equal(softLimitMs, limits[media], id);
  }
});

test("createCatalogue() writes schemas in keywords that a strict reader knows", () => {
  const ajv = new Ajv2020({ strictTypes: true, validateFormats: false });
  ajv.addKeyword(FILES_KEYWORD);
  for (const model of catalogue.models) {
    assert.ok(ajv.validateSchema(model.input), model.id);
    assert.doesNotThrow(() => ajv.compile(model.input), model.id);
  }
});

test("createCatalogue() bounds every address", () => {
  const text = JSON.stringify(catalogue.models.map(({ input }) => input));
  const addresses = text.match(/"format":"uri"/g) ?? [];
  const bounded = text.match(new RegExp(`"format":"uri","pattern":[^}]*?:${URL_LENGTH_MAX}`, "g"));

  assert.ok(addresses.length > 100);
  assert.equal(bounded?.length, addresses.length);
});

test("ruleNames() gives each name once, as words with dashes", () => {
  const names = ruleNames(catalogue.models);

  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^[a-z0-9][a-z0-9._-]*$/);
});

function schemaOf(name: string, schema: object): { readonly [keyword: string]: unknown } {
  return { type: "object", required: [name], properties: { [name]: schema } };
}
