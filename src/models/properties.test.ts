import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Json, JsonObject } from "../lib/json.ts";
import { createCatalogue } from "./catalogue.ts";
import type { JsonSchema, Model } from "./model.ts";
import { NOT_BLANK } from "./pieces.ts";
import { isSchema, propertiesOf } from "./schema.ts";
import { createValidator } from "./validate.ts";

const catalogue = createCatalogue();
const validator = createValidator();
const messages = new RegExp(
  [
    "is required",
    "must ",
    "requires? ",
    "supports? ",
    "is (only )?supported",
    "cannot be combined",
    "is not supported",
    "does not support",
    "exceeds maximum length",
  ].join("|"),
);

for (const model of catalogue.models) {
  test(`check() and quote() hold for any input that ${model.id} describes`, () => {
    fc.assert(
      fc.property(inputOf(model), (input) => {
        const verdict = validator.check(model, input);
        if (verdict.kind === "refused") {
          assert.match(verdict.refusal.message, messages);
          assert.ok(refusedByRule(model, input), verdict.refusal.message);
          return;
        }
        assertStable(model, verdict.input);
        assertPriced(model, verdict.input);
      }),
      { numRuns: 40, seed: 20 },
    );
  });
}

test("check() answers any JSON value without a throw, by a short message", () => {
  const models = fc.constantFrom(...catalogue.models);
  fc.assert(
    fc.property(models, fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (...args) => {
      const [model, value, members] = args;
      for (const input of [value, members, { ...model.examples[0], ...members }]) {
        const verdict = validator.check(model, input);
        if (verdict.kind === "valid") assertPriced(model, verdict.input);
        else assert.ok(verdict.refusal.message.length < 600, verdict.refusal.message);
      }
    }),
    { numRuns: 300 },
  );
});

test("check() refuses or ignores a member of any type in the place of a known one", () => {
  const models = fc.constantFrom(...catalogue.models);
  fc.assert(
    fc.property(models, fc.nat(), fc.jsonValue(), (model, at, value) => {
      const names = Object.keys(propertiesOf(model.input));
      const name = names[at % names.length] ?? "prompt";
      const verdict = validator.check(model, { ...model.examples[0], [name]: value });
      if (verdict.kind === "valid") assertPriced(model, verdict.input);
      else assert.match(verdict.refusal.message, messages);
    }),
    { numRuns: 500 },
  );
});

/** A checked input is checked already: a second check changes nothing. */
function assertStable(model: Model, input: JsonObject): void {
  assert.deepEqual(validator.check(model, input), { kind: "valid", input });
}

function assertPriced(model: Model, input: JsonObject): void {
  assert.ok(model.price);
  const sources = model.timing?.sources(input) ?? [];
  const lengths = new Map(sources.map(({ name }) => [name, 7.9]));
  for (const units of [0, 1, 4]) {
    const amount = model.price.quote(input, { units, lengths });
    assert.ok(Number.isSafeInteger(amount) && amount >= 0, `${amount}`);
  }
  assert.ok(model.price.quote(input, { lengths }) > 0);
}

/** Whether the schema alone accepts it, so that only a rule can have refused it. */
function refusedByRule(model: Model, input: JsonObject): boolean {
  return validator.check({ ...model, rules: [] }, input).kind === "valid";
}

/** Inputs that keep the schema: all required members, any of the others. */
function inputOf(model: Model): fc.Arbitrary<JsonObject> {
  const inputs = objectOf(model.input);
  return model.input.anyOf === undefined
    ? inputs
    : inputs.filter((input) => "reference_image_urls" in input || "reference_video_urls" in input);
}

function objectOf(schema: JsonSchema): fc.Arbitrary<JsonObject> {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const members = Object.entries(propertiesOf(schema)).flatMap(([name, property]) =>
    property.not === undefined ? [[name, valuesOf(property)] as const] : [],
  );
  const names = members.map(([name]) => name);
  return fc.record(Object.fromEntries(members), {
    requiredKeys: names.filter((name) => required.includes(name)),
  });
}

function valuesOf(schema: JsonSchema): fc.Arbitrary<Json> {
  if (Array.isArray(schema.anyOf)) {
    return fc.oneof(...schema.anyOf.filter(isSchema).map((branch) => valuesOf(branch)));
  }
  if (Array.isArray(schema.enum)) return fc.constantFrom<Json>(...schema.enum);
  if (schema.type === "array") return listOf(schema);
  if (schema.type === "object") return objectOf(schema);
  if (schema.type === "boolean") return fc.boolean();
  return schema.type === "string" ? textOf(schema) : numberOf(schema);
}

function listOf(schema: JsonSchema): fc.Arbitrary<Json> {
  const minLength = Number(schema.minItems ?? 0);
  const maxLength = Number(schema.maxItems ?? minLength + 3);
  const items = isSchema(schema.items) ? schema.items : {};
  return fc.array(valuesOf(items), { minLength, maxLength });
}

function textOf(schema: JsonSchema): fc.Arbitrary<Json> {
  if (schema.format === "uri") {
    return fc.webUrl({ withQueryParameters: true, validSchemes: ["http", "https"] });
  }
  const mustSay = schema.pattern === NOT_BLANK;
  if (schema.pattern !== undefined && !mustSay) {
    return fc.tuple(sideOf(), sideOf()).map(([width, height]) => `${width}x${height}`);
  }
  const minLength = Number(schema.minLength ?? 0);
  const maxLength = Math.min(30, Number(schema.maxLength ?? 30));
  const character = fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
  return fc
    .array(character, { minLength, maxLength })
    .map((characters) => characters.join("").replaceAll("\u0000", " "))
    .filter((value) => !mustSay || value.trim() !== "");
}

function sideOf(): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 100, max: 9999 }), fc.constantFrom(1024, 1536, 2048, 3840));
}

function numberOf(schema: JsonSchema): fc.Arbitrary<Json> {
  const min = Number(schema.minimum ?? -1000);
  const max = Number(schema.maximum ?? 1000);
  return schema.type === "integer"
    ? fc.integer({ min, max })
    : fc.integer({ min: min * 100, max: max * 100 }).map((hundredths) => hundredths / 100);
}
