import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { createCatalogue } from "../../../src/models/catalogue.ts";
import { isRecord, judge } from "./judge.ts";
import type { Schema } from "./schema.ts";

const { models } = createCatalogue();
// Addresses are judged by the gateway's own rules; here any text that keeps the pattern will do.
const ajv = new Ajv2020({ strict: false, formats: { uri: /^https?:\/\/[^\s/]+/i } });
const compiled = models.map((model) => ({ model, validate: ajv.compile(model.input) }));

test("judge() agrees with Ajv on every example of the catalogue", () => {
  for (const { model, validate } of compiled) {
    for (const example of model.examples) {
      const found = judge(model.input as Schema, example);
      assert.equal(found.length === 0, validate(example), `${model.id}: ${JSON.stringify(found)}`);
    }
  }
});

test("judge() agrees with Ajv on mutations of every example", () => {
  const cases = compiled.flatMap(({ model, validate }) =>
    model.examples.map((example) => ({ model, validate, example })),
  );
  const verdicts = { kept: 0, broken: 0 };
  const mutation = fc.record({
    at: fc.nat({ max: cases.length - 1 }),
    member: fc.nat(),
    act: fc.constantFrom("drop", "replace", "add", "double", "wrap"),
    value: fc.oneof(
      fc.constantFrom<unknown>("", "auto", "16:9", "1024x1024", "https://a.example/b.png", true),
      fc.constantFrom<unknown>(null, 0, -1, 5, 10, 0.5, 1e9, [], {}, ["https://a.example/b.png"]),
      fc.string({ maxLength: 12, unit: "grapheme" }),
      fc.nat({ max: 6_000 }).map((length) => "ä".repeat(length)),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
  });
  fc.assert(
    fc.property(mutation, ({ at, member, act, value }) => {
      const { model, validate, example } = cases[at] ?? assert.fail("no such case");
      const mutated = mutate(example, model.input as Schema, { member, act, value });
      const expected = validate(mutated);
      verdicts[expected ? "kept" : "broken"] += 1;
      const found = judge(model.input as Schema, mutated);
      const told = `${model.id} ${JSON.stringify(mutated).slice(0, 300)} ${JSON.stringify(found)}`;
      assert.equal(found.length === 0, expected, told);
    }),
    { numRuns: 4_000 },
  );
  // A run that only breaks, or only keeps, would show nothing.
  assert.ok(verdicts.kept > 300 && verdicts.broken > 300, JSON.stringify(verdicts));
});

test("judge() agrees with Ajv on the keywords that the catalogue may use tomorrow", () => {
  const schemas: readonly Schema[] = [
    JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}'),
    { dependentRequired: { a: ["b"] } },
    { allOf: [{ required: ["a"] }, { properties: { a: { multipleOf: 0.1 } } }] },
    { oneOf: [{ properties: { a: { type: "string" } } }, { required: ["b"] }] },
    { properties: { a: { uniqueItems: true, items: { type: "integer" } } } },
    { properties: { a: { exclusiveMinimum: 0, exclusiveMaximum: 3 } } },
    { additionalProperties: { type: ["string", "null"] } },
    { properties: { a: { const: { x: [1] } } } },
  ];
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(null, true, "t", { x: [1] }, { x: [1, 2] }),
    fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
    fc.integer({ min: -1, max: 4 }),
    fc.integer({ min: 0, max: 30 }).map((tenths) => tenths / 10),
  );
  const value = fc.dictionary(fc.constantFrom("a", "b", "c"), leaf);
  for (const schema of schemas) {
    // Ajv divides as floats do; a tenth is a tenth to people, and to the judge.
    const exact = new Ajv2020({ strict: false, multipleOfPrecision: 9 }).compile(schema);
    fc.assert(
      fc.property(value, (sample) => {
        assert.equal(judge(schema, sample).length === 0, exact(sample), JSON.stringify(sample));
      }),
    );
  }
});

test("judge() points at the place and says what is accepted", () => {
  const schema: Schema = {
    type: "object",
    required: ["prompt"],
    properties: {
      prompt: { type: "string", minLength: 1, maxLength: 4 },
      shots: {
        type: "array",
        items: { type: "object", properties: { duration: { type: "integer", minimum: 1 } } },
      },
    },
  };
  assert.deepEqual(judge(schema, { prompt: "👩‍🚀!", shots: [{}, { duration: 0 }] }), [
    { pointer: "/shots/1/duration", text: "At least 1" },
  ]);
  const saying: Schema = { type: "string", minLength: 1, pattern: "\\S" };
  for (const blank of ["", "  \n"]) {
    assert.deepEqual(judge(saying, blank), [{ pointer: "", text: "This is needed" }]);
  }
  assert.deepEqual(judge(schema, {}), [{ pointer: "/prompt", text: "This is needed" }]);
  assert.deepEqual(judge(schema, { prompt: "abcde" }), [
    { pointer: "/prompt", text: "At most 4 characters; it has 5" },
  ]);
});

function mutate(
  example: unknown,
  schema: Schema,
  {
    member,
    act,
    value,
  }: { readonly member: number; readonly act: string; readonly value: unknown },
): unknown {
  if (!isRecord(example)) return value;
  const known = Object.keys(schema.properties ?? {});
  const held = Object.keys(example);
  const name = held[member % Math.max(1, held.length)] ?? "prompt";
  const fresh = known[member % Math.max(1, known.length)] ?? "prompt";
  const { [name]: before, ...rest } = example;
  if (act === "drop") return rest;
  if (act === "replace") return { ...example, [name]: value };
  if (act === "add") return { ...example, [fresh]: value };
  if (act === "wrap") return { ...example, [name]: [before] };
  return { ...example, [fresh]: Array.isArray(before) ? [...before, ...before] : [before, before] };
}
