import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("music detail wants a key before it looks at the query", async (t) => {
  const rig = await startHttp(t);
  const answer = await rig.call("GET", "/api/generate/detail/music", { key: null });
  assert.equal(answer.statusCode, 401);
  assert.equal(errorOf(answer).type, "authentication_error");
});
