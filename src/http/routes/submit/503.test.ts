import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

const SUBMIT = { model: "grok-imagine", input: { prompt: "a fox" } };

test("submit takes nothing in while the disk is nearly full", async (t) => {
  const rig = await startHttp(t, { diskFreeBytesMin: Number.MAX_SAFE_INTEGER });
  const answer = await rig.call("POST", "/api/generate/submit", { json: SUBMIT });
  assert.equal(answer.statusCode, 503);
  assert.equal(answer.headers["retry-after"], "30");
  assert.deepEqual(errorOf(answer), {
    message: "The disk is nearly full; nothing was done or charged",
    type: "service_error",
  });
  assert.equal(await rig.countTasks(), 0);
  const wish = { base64_data: "iVBORw0KGgo=", file_name: "a.png" };
  const upload = await rig.call("POST", "/api/common/upload/base64", { json: wish });
  assert.deepEqual([upload.statusCode, upload.headers["retry-after"]], [503, "30"]);
  assert.match(upload.body, /"Upload failed: The disk is nearly full/);
});

test("submit answers a repeat although the disk is nearly full by now", async (t) => {
  const rig = await startHttp(t);
  const headers = { "idempotency-key": "order-1" };
  const submit = () => rig.call("POST", "/api/generate/submit", { json: SUBMIT, headers });
  const first = await submit();
  Object.assign(rig.services, { room: { forWork: () => false } });
  const again = await submit();
  assert.equal(again.statusCode, 200);
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.deepEqual(again.json().data.task_id, first.json().data.task_id);
  const other = await rig.call("POST", "/api/generate/submit", { json: SUBMIT });
  assert.equal(other.statusCode, 503);
});
