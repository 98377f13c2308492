import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { startHttp } from "../../../../test/support/http.ts";

const rig = await startHttp({ after });
const text = (await rig.call("GET", "/openapi.json", { key: null })).body;

test("openapi is valid by a validator that is not ours", async () => {
  const validator = new Validator();
  const verdict = await validator.validate(JSON.parse(text));
  assert.deepEqual(verdict.errors ?? [], []);
  assert.ok(verdict.valid);
  assert.equal(validator.version, "3.1");
});

test("that validator sees a fault in the document", async () => {
  for (const [right, wrong] of [
    ['"operationId":"balance"', '"operationId":7'],
    ['"openapi":"3.1.1"', '"openapi":"4.0.0"'],
    ['"in":"query"', '"in":"body"'],
  ] as const) {
    assert.ok(text.includes(right), right);
    const broken = JSON.parse(text.replace(right, wrong));
    assert.equal((await new Validator().validate(broken)).valid, false, wrong);
  }
});
