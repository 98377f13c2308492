import assert from "node:assert/strict";
import { after, test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

const PAYLOAD = JSON.stringify({ model: "grok-imagine", input: { prompt: "x" } });

const rig = await startHttp({ after });

const REFUSALS: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
  [{ "content-type": "text/plain" }, /^Content-Type text\/plain is not supported; expected/],
  [{ "content-type": "application/x-www-form-urlencoded" }, /expected application\/json$/],
  [{ "content-type": "multipart/form-data; boundary=x" }, /expected application\/json$/],
  [{ "content-type": "nonsense" }, /^Content-Type nonsense is not supported/],
  [{ "content-type": "" }, /^Content-Type is empty; expected application\/json$/],
  [{ "content-type": "application/json; charset=latin1" }, /^charset latin1 is not supported/],
  [
    { "content-type": "application/json", "content-encoding": "gzip" },
    /^Content-Encoding gzip is not supported; send plain JSON$/,
  ],
];

for (const [headers, message] of REFUSALS) {
  test(`submit refuses ${JSON.stringify(headers)}`, async () => {
    const answer = await rig.call("POST", "/api/generate/submit", { payload: PAYLOAD, headers });
    assert.equal(answer.statusCode, 415);
    const error = errorOf(answer);
    assert.match(error.message, message);
    assert.equal(error.type, "unsupported_media_type_error");
    assert.equal(await rig.countTasks(), 0);
  });
}

for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON"]) {
  test(`submit takes ${type}`, async () => {
    const headers = { "content-type": type };
    const answer = await rig.call("POST", "/api/generate/submit", { payload: PAYLOAD, headers });
    assert.equal(answer.statusCode, 200);
  });
}
