import fc from "fast-check";
import { isJsonObject, type Json, type JsonObject } from "../../src/lib/json.ts";

/** What somebody may write where a value is expected. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[1e308, -1, 0, 0.1, 2 ** 53, null, true, []],
      ...["", "\u0000", "\ud800", "__proto__", "constructor", "\u202e", "../../etc/passwd"],
      ...["' OR 1=1 --", "http://127.0.0.1/", "data:,"],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("x".repeat(20_000), "é".repeat(5_000), [[[[[[]]]]]]) },
);

/** Texts that mean something in some place; none is a password, which would be changed by it. */
const word = fc.oneof(
  fc.constantFrom(
    "2026-11-20T10:30:00",
    "2026-11-20",
    "h.example",
    "a@example.com",
    "xai",
    "::1/64",
  ),
  fc.constantFrom("https://example.com/a.png", "10.0.0.0/8", "openai"),
  fc.string({ maxLength: 30 }),
);

/** Values as a schema describes them, and beside that what it does not. */
export function valueAs(schema: Json | undefined): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: soundValue(schema) }, { weight: 1, arbitrary: oddValue });
}

function soundValue(schema: Json | undefined): fc.Arbitrary<unknown> {
  if (!isJsonObject(schema)) return oddValue;
  const { enum: words, oneOf, type, properties, items } = schema;
  if (Array.isArray(words)) return fc.constantFrom<unknown>(...words);
  if (Array.isArray(oneOf)) return fc.oneof(...oneOf.map(soundValue));
  if (isJsonObject(properties)) return objectOf(properties);
  const kinds = (Array.isArray(type) ? type : [type]).map((kind) => ofKind(kind, items));
  return fc.oneof(...kinds);
}

function ofKind(kind: Json | undefined, items: Json | undefined): fc.Arbitrary<unknown> {
  switch (kind) {
    case "string":
      return word;
    case "integer":
    case "number":
      return fc.oneof(fc.integer({ min: 0, max: 200 }), fc.double());
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valueAs(items), { maxLength: 4 });
    default:
      return oddValue;
  }
}

/** Members as described, some of them left out, now and then one that is not. */
function objectOf(properties: JsonObject): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valueAs(schema)]),
  );
  const optional = fc.record(members, { requiredKeys: [] });
  const whole = fc.record(members);
  const extra = fc.dictionary(fc.constantFrom("__proto__", "extra", "id", "project_id"), oddValue, {
    maxKeys: 1,
  });
  return fc
    .tuple(fc.oneof(whole, optional), fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, extra))
    .map(([known, other]) => ({ ...known, ...other }));
}
