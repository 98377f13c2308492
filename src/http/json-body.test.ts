import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { GatewayError } from "../core/error.ts";
import { BODY_LIMITS, readJsonBody } from "./json-body.ts";

const read = (text: string) => readJsonBody(Buffer.from(text));

test("readJsonBody() gives what JSON.parse gives for harmless values", () => {
  const value = fc.jsonValue({ depthSize: "small", noUnicodeString: false });
  fc.assert(
    fc.property(value, (harmless) => {
      const text = JSON.stringify(harmless);
      const given = read(text);
      if (given instanceof GatewayError) {
        assert.match(given.message, /NUL|surrogate|reserved|deeper|values/);
      } else {
        assert.deepEqual(given, JSON.parse(text));
      }
    }),
  );
});

test("readJsonBody() refuses or reads any bytes and never throws", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const given = readJsonBody(Buffer.from(bytes));
      if (given instanceof GatewayError) assert.equal(given.status, 400);
    }),
  );
});

test("readJsonBody() leaves no prototype behind that a body chose", () => {
  const name = fc.constantFrom("__proto__", "\\u005f_proto__", "__pr\\u006fto__");
  fc.assert(
    fc.property(name, fc.nat({ max: 20 }), (poison, depth) => {
      const text = `${'{"a":'.repeat(depth)}{"${poison}":{"b":1}}${"}".repeat(depth)}`;
      assert.ok(read(text) instanceof GatewayError);
    }),
  );
});

test("readJsonBody() keeps to its limits exactly", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  assert.ok(!(read(nested(BODY_LIMITS.depthMax)) instanceof GatewayError));
  assert.ok(read(nested(BODY_LIMITS.depthMax + 1)) instanceof GatewayError);
  const wide = (count: number) => JSON.stringify(Array.from({ length: count }, () => 1));
  assert.ok(!(read(wide(BODY_LIMITS.nodesMax)) instanceof GatewayError));
  assert.ok(read(wide(BODY_LIMITS.nodesMax + 1)) instanceof GatewayError);
});

test("readJsonBody() shows where a fault is, and never more of a name than 40 signs", () => {
  const name = "n".repeat(10_000);
  const given = read(JSON.stringify({ list: [{ [name]: "\0" }] }));
  assert.ok(given instanceof GatewayError);
  assert.equal(given.message, `Body.list[0].${"n".repeat(40)} has a NUL character in its text`);
});

test("readJsonBody() takes large but honest numbers", () => {
  assert.deepEqual(
    read("[1e21, 1.5e-7, -0.0, 123456789012345678901]"),
    [1e21, 1.5e-7, -0, 1.2345678901234568e20],
  );
});
