import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

test("status answers 304 as long as nothing changed, and 200 once it has", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const url = `/api/generate/status/${id}`;
  const first = await rig.call("GET", url);
  const headers = { "if-none-match": String(first.headers.etag) };
  const same = await rig.call("GET", url, { headers });
  assert.equal(same.statusCode, 304);
  assert.equal(same.body, "");
  assert.equal(same.headers.etag, first.headers.etag);
  assert.equal(same.headers["retry-after"], "1");
  await rig.startTask(id, 5);
  const changed = await rig.call("GET", url, { headers });
  assert.equal(changed.statusCode, 200);
  assert.notEqual(changed.headers.etag, first.headers.etag);
});

test("status reads weak tags, lists of tags and the asterisk", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const url = `/api/generate/status/${id}`;
  const { etag } = (await rig.call("GET", url)).headers;
  for (const value of [`W/${etag}`, `"other", ${etag}`, "*"]) {
    const answer = await rig.call("GET", url, { headers: { "if-none-match": value } });
    assert.equal(answer.statusCode, 304, value);
  }
  const other = await rig.call("GET", url, { headers: { "if-none-match": '"other"' } });
  assert.equal(other.statusCode, 200);
});
