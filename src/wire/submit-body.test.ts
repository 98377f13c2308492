import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { GatewayError } from "../core/error.ts";
import { readSubmitBody } from "./submit-body.ts";

test("readSubmitBody() reads the three documented members", () => {
  const body = {
    model: "grok-imagine",
    input: { prompt: "a fox" },
    callback_url: "https://example.com/hook?token=a",
  };
  assert.deepEqual(readSubmitBody(body), {
    model: "grok-imagine",
    input: { prompt: "a fox" },
    callbackUrl: "https://example.com/hook?token=a",
    unknown: [],
  });
});

test("readSubmitBody() takes an absent or null input and callback_url", () => {
  const expected = { model: "m", input: {}, callbackUrl: null, unknown: [] };
  assert.deepEqual(readSubmitBody({ model: "m" }), expected);
  assert.deepEqual(readSubmitBody({ model: "m", input: null, callback_url: null }), expected);
});

test("readSubmitBody() names members that are not documented", () => {
  const { unknown } = readSubmitBody({ model: "m", seed: 1, webhook: "x" });
  assert.deepEqual(unknown, ["seed", "webhook"]);
});

const REFUSALS: readonly (readonly [unknown, string])[] = [
  [undefined, "Body is empty; expected a JSON object"],
  [null, "Body is null; expected a JSON object"],
  [[], "Body is an array; expected a JSON object"],
  ["text", "Body is a string; expected a JSON object"],
  [{}, "model is required"],
  [{ model: null }, "model is required"],
  [{ model: "" }, "model is required"],
  [{ model: 7 }, "model is a number; expected the id of a model as a string"],
  [{ model: {} }, "model is an object; expected the id of a model as a string"],
  [{ model: "m".repeat(129) }, "model is longer than 128 characters; expected a model's id"],
  [
    { model: "m", input: "a fox" },
    "input is a string; expected an object with the model's parameters",
  ],
  [{ model: "m", input: [] }, "input is an array; expected an object with the model's parameters"],
  [
    { model: "m", callback_url: true },
    "callback_url is a boolean; expected an http or https URL, or null",
  ],
];

for (const [body, message] of REFUSALS) {
  test(`readSubmitBody() refuses ${JSON.stringify(body)?.slice(0, 40)}`, () => {
    assert.throws(() => readSubmitBody(body), { code: "invalid_request", message });
  });
}

test("readSubmitBody() gives fields or a GatewayError for any JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      try {
        readSubmitBody(body);
      } catch (error) {
        assert.ok(error instanceof GatewayError);
      }
    }),
  );
});
