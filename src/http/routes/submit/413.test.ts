import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("submit refuses a body beyond the limit and takes one at it", async (t) => {
  const rig = await startHttp(t, { bodyBytesMax: 2_000 });
  const frame = JSON.stringify({ model: "grok-imagine", input: { prompt: "x" }, pad: "" });
  const bodyOf = (sizeBytes: number) =>
    frame.replace('"pad":""', `"pad":"${"p".repeat(sizeBytes - frame.length)}"`);
  const headers = { "content-type": "application/json" };
  const fits = { payload: bodyOf(2_000), headers };
  assert.equal((await rig.call("POST", "/api/generate/submit", fits)).statusCode, 200);
  const large = { payload: bodyOf(2_001), headers };
  const answer = await rig.call("POST", "/api/generate/submit", large);
  assert.equal(answer.statusCode, 413);
  assert.deepEqual(errorOf(answer), {
    message: "Body is larger than 2000 bytes",
    type: "payload_too_large",
  });
  assert.equal(await rig.countTasks(), 1);
});
