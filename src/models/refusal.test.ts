import assert from "node:assert/strict";
import { test } from "node:test";
import { imageModel } from "./define.ts";
import type { JsonSchema, Model } from "./model.ts";
import { perRequest } from "./price.ts";
import { ECHO_MAX, explain, shown } from "./refusal.ts";
import { createValidator } from "./validate.ts";

/** The message for a value under `value` of a schema. */
function message(schema: JsonSchema, value: unknown, words: Model["words"] = {}): string {
  const model = imageModel({
    id: "painter-1",
    summary: "Paints.",
    input: { type: "object", required: ["value"], properties: { value: schema } },
    price: perRequest(1),
    examples: [],
    words,
  });
  const verdict = createValidator().check(model, { value });
  return verdict.kind === "valid" ? "valid" : verdict.refusal.message;
}

test("explain() writes bounds as a range, or as the one end that there is", () => {
  assert.equal(
    message({ type: "integer", minimum: 3, maximum: 15 }, 2),
    "value must be between 3 and 15 (got 2)",
  );
  assert.equal(message({ type: "number", minimum: 0 }, -1), "value must be at least 0 (got -1)");
  assert.equal(message({ type: "number", maximum: 1 }, 1.5), "value must be at most 1 (got 1.5)");
});

test("explain() writes counts of a list as a range, one end, or exactly", () => {
  const list = (range: JsonSchema): string => message({ type: "array", ...range }, [1, 2, 3]);

  assert.equal(list({ minItems: 4, maxItems: 8 }), "value must have 4 to 8 items (got 3)");
  assert.equal(list({ maxItems: 1 }), "value must have at most 1 item (got 3)");
  assert.equal(list({ minItems: 5 }), "value must have at least 5 items (got 3)");
  assert.equal(list({ minItems: 2, maxItems: 2 }), "value must have exactly 2 items (got 3)");
});

test("explain() names types in words", () => {
  const kinds = { string: "a string", integer: "an integer", number: "a number", array: "a list" };
  for (const [type, words] of Object.entries(kinds)) {
    assert.equal(message({ type }, true), `value must be ${words} (got true)`);
  }
  assert.equal(message({ type: "boolean" }, [1]), "value must be true or false (got a list)");
  assert.equal(message({ type: "object" }, "x"), 'value must be an object (got "x")');
  assert.equal(message({ type: "string" }, { a: 1 }), "value must be a string (got an object)");
});

test("explain() lists the choices, also when the type is wrong already", () => {
  const schema = { type: "integer", enum: [6, 10] };

  assert.equal(message(schema, 7), "value must be one of: 6, 10 (got 7)");
  assert.equal(message(schema, "6"), 'value must be one of: 6, 10 (got "6")');
});

test("explain() prefers the words of the documentation", () => {
  const schema = { type: "string", enum: ["low", "high"] };
  const words = { "value enum": "value must be one of: low, high" };

  assert.equal(message(schema, "best", words), "value must be one of: low, high");
  assert.equal(message(schema, 7, words), "value must be one of: low, high (got 7)");
});

test("explain() points into lists and objects", () => {
  const schema = {
    type: "array",
    items: {
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string" },
        pages: { type: "array", items: { type: "integer" } },
      },
    },
  };

  assert.equal(message(schema, [{ name: "a" }, {}]), "value[1].name is required");
  assert.equal(
    message(schema, [{ name: "a", pages: [1, "2"] }]),
    'value[0].pages[1] must be an integer (got "2")',
  );
});

test("explain() has words for keywords that the catalogue does not use yet", () => {
  assert.equal(message({ type: "number", multipleOf: 2 }, 3), "value is not valid");
  assert.equal(
    message({ type: "string", pattern: "^a" }, "b"),
    'value has a form that is not accepted (got "b")',
  );
  assert.equal(
    message({ anyOf: [{ type: "string" }, { type: "null" }] }, 7),
    "value is not valid (got 7)",
  );
});

test("explain() says something, even when no error is known", () => {
  const model: Model = imageModel({
    id: "painter-1",
    summary: "Paints.",
    input: {},
    price: perRequest(1),
    examples: [],
  });

  assert.deepEqual(explain(model, undefined), { field: "input", message: "input is not valid" });
});

test("shown() cuts long text and never splits a character", () => {
  assert.equal(shown("x".repeat(ECHO_MAX)), `"${"x".repeat(ECHO_MAX)}"`);
  assert.equal(shown("x".repeat(ECHO_MAX + 1)), `"${"x".repeat(ECHO_MAX)}…"`);
  assert.ok(shown(`x${"🦊".repeat(50)}`).isWellFormed());
});

test("shown() escapes what would break a log line", () => {
  assert.equal(shown('a"\n\u001b[31m'), '"a\\"\\n\\u001b[31m"');
});
