import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("music detail hides another project's task like an unknown one", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask("generate-music");
  const { secret } = await rig.addKey(rig.addProject(), "live");
  const url = "/api/generate/detail/music?task_id=";
  const foreign = await rig.call("GET", url + id, { key: secret });
  const unknown = await rig.call("GET", `${url}task-unified-1-none`);
  const odd = await rig.call("GET", `${url}%00`);
  assert.equal(foreign.statusCode, 404);
  assert.equal(errorOf(foreign).message, "Task not found");
  assert.equal(foreign.body, unknown.body);
  assert.equal(foreign.body, odd.body);
});
