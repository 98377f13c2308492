import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, servedFile, startHttp } from "../../../../test/support/http.ts";

test("files refuses a range beyond the end and tells the size", async (t) => {
  const rig = await startHttp(t);
  const { path } = await servedFile(rig);
  for (const range of ["bytes=1000-", "bytes=1000-1001", "bytes=-0", `bytes=${"9".repeat(400)}-`]) {
    const answer = await rig.call("GET", path, { headers: { range } });
    assert.equal(answer.statusCode, 416, range);
    assert.equal(errorOf(answer).type, "range_error");
    assert.equal(answer.headers["content-range"], "bytes */1000");
    assert.equal(answer.headers["content-disposition"], undefined);
  }
});
