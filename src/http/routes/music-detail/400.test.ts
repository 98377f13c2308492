import assert from "node:assert/strict";
import { after, test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

const rig = await startHttp({ after });

for (const query of ["", "?task_id=", "?task_id=a&task_id=b", "?id=a"]) {
  test(`music detail wants one task_id, not ${query || "none"}`, async () => {
    const answer = await rig.call("GET", `/api/generate/detail/music${query}`);
    assert.equal(answer.statusCode, 400);
    assert.deepEqual(errorOf(answer), { message: "task_id is required", type: "validation_error" });
  });
}
