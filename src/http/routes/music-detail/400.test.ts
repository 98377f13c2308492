import assert from "node:assert/strict";
import { after, test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

const rig = await startHttp({ after });

const REFUSED = [
  ["", "is required"],
  ["?task_id=", "is required"],
  ["?id=a", "is required"],
  ["?task_id=a&task_id=b", "is given more than once"],
] as const;

for (const [query, fault] of REFUSED) {
  test(`music detail wants one task_id, not ${query || "none"}`, async () => {
    const answer = await rig.call("GET", `/api/generate/detail/music${query}`);
    assert.equal(answer.statusCode, 400);
    const message = `task_id ${fault}`;
    assert.deepEqual(errorOf(answer), { message, type: "validation_error" });
  });
}
