import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("jwks.json of a project that is not there answers 404, whatever its name", async (t) => {
  const rig = await startHttp(t);
  for (const name of ["proj_none", "__proto__", "%00", "a".repeat(200), "..%2f"]) {
    const answer = await rig.call("GET", `/webhooks/${name}/jwks.json`, { key: null });
    assert.equal(answer.statusCode, 404, name);
    assert.equal(errorOf(answer).type, "resource_not_found_error");
  }
});
