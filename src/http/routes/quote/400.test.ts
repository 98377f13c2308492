import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

const rig = await startHttp({ after });

const BODIES: readonly unknown[] = [
  [],
  {},
  { model: "grok-imagine" },
  { model: "grok-imagine", input: { prompt: "" } },
  { model: "grok-imagine", input: { prompt: "x", duration: 7 } },
  { model: "generate-music", input: { prompt: 5 } },
  { model: "grok-imagine", input: { prompt: "x" }, callback_url: "ftp://hooks.example.com/" },
];

for (const json of BODIES) {
  test(`quote refuses ${JSON.stringify(json)} exactly as submit does`, async () => {
    const quoted = await rig.call("POST", "/api/generate/quote", { json });
    const submitted = await rig.call("POST", "/api/generate/submit", { json });
    assert.equal(quoted.statusCode, 400);
    assert.equal(quoted.body, submitted.body);
  });
}
