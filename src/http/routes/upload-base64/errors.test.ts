import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";
import { detailOf, smallPicture, uploadOf } from "../../../../test/support/upload.ts";

const URL_PATH = "/api/common/upload/base64";

test("POST /upload/base64 answers 401 with {detail}, without a key", async (context) => {
  const rig = await startHttp(context);
  const answer = await rig.call("POST", URL_PATH, { key: null, json: {} });
  assert.equal(answer.statusCode, 401);
  assert.equal(detailOf(answer), "Not authenticated");
});

test("POST /upload/base64 answers 429 to the sixth upload within a minute", async (context) => {
  const rig = await startHttp(context);
  const json = { base64_data: (await smallPicture("png")).toString("base64") };
  for (let count = 0; count < 5; count += 1) {
    uploadOf(await rig.call("POST", URL_PATH, { json }));
    await rig.clock.advance(1_000);
  }
  const answer = await rig.call("POST", "/api/common/upload/url", { json: {} });
  assert.equal(answer.statusCode, 429);
  assert.equal(detailOf(answer), "Rate limit exceeded");
  assert.equal(answer.headers["retry-after"], "55");
  const other = await rig.addKey(rig.projectId, "live");
  const headers = { authorization: `Bearer ${other.secret}` };
  uploadOf(await rig.call("POST", URL_PATH, { key: null, headers, json }));
  await rig.clock.advance(55_000);
  uploadOf(await rig.call("POST", URL_PATH, { json }));
});

test("POST /upload/base64 answers 413 to a body of more than 23 MiB", async (context) => {
  const rig = await startHttp(context);
  const json = { base64_data: "A".repeat(23 * 1024 * 1024) };
  const answer = await rig.call("POST", URL_PATH, { json });
  assert.equal(answer.statusCode, 413);
  assert.match(String(detailOf(answer)), /Body is larger than/);
});

test("pages of other origins may upload", async (context) => {
  const rig = await startHttp(context);
  const headers = { origin: "https://app.example.com", "access-control-request-method": "POST" };
  for (const kind of ["base64", "url", "stream"]) {
    const url = `/api/common/upload/${kind}`;
    const answer = await rig.call("OPTIONS", url, { key: null, headers });
    assert.equal(answer.statusCode, 204);
    assert.equal(answer.headers["access-control-allow-origin"], "*");
    assert.match(String(answer.headers["access-control-allow-methods"]), /POST/);
  }
});
