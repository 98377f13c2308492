import assert from "node:assert/strict";
import { test } from "node:test";
import { servedFile, startHttp } from "../../../../test/support/http.ts";

test("files answers 304 to whoever has the bytes, also for a range", async (t) => {
  const rig = await startHttp(t);
  const { row, path } = await servedFile(rig);
  const headers = { "if-none-match": `"other", "${row.sha256}"`, range: "bytes=0-9" };
  const answer = await rig.call("GET", path, { headers });
  assert.equal(answer.statusCode, 304);
  assert.equal(answer.body, "");
  assert.equal(answer.headers.etag, `"${row.sha256}"`);
  const other = await rig.call("GET", path, { headers: { "if-none-match": '"other"' } });
  assert.equal(other.statusCode, 200);
});
