import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("another project's task answers as an unknown one, to the byte", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const { secret: key } = await rig.addKey(rig.addProject(), "live");
  const answers = await Promise.all(
    [id, "task-unified-1-none", "%00", "a".repeat(200)].map((one) =>
      rig.call("GET", `/api/tasks/${one}`, { key }),
    ),
  );
  for (const answer of answers) {
    assert.deepEqual(errorOf(answer), {
      message: "Task not found",
      type: "resource_not_found_error",
    });
  }
  assert.equal(answers[0]?.body, answers[1]?.body);
});
