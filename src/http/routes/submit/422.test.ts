import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";

test("submit refuses an Idempotency-Key that came with another body", async (t) => {
  const rig = await startHttp(t);
  const headers = { "idempotency-key": "order-17" };
  const send = (input: object) =>
    rig.call("POST", "/api/generate/submit", { json: { model: "grok-imagine", input }, headers });
  assert.equal((await send({ prompt: "a fox" })).statusCode, 200);
  const answer = await send({ prompt: "a wolf" });
  assert.equal(answer.statusCode, 422);
  assert.equal(errorOf(answer).type, "idempotency_error");
  assert.equal(await rig.countTasks(), 1);
});

test("submit keeps the keys of two projects apart", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.addProject(), "test");
  const headers = { "idempotency-key": "order-17" };
  const send = (prompt: string, key?: string) =>
    rig.call("POST", "/api/generate/submit", {
      json: { model: "grok-imagine", input: { prompt } },
      headers,
      ...(key === undefined ? {} : { key }),
    });
  assert.equal((await send("a fox")).statusCode, 200);
  const other = await send("a wolf", secret);
  assert.equal(other.statusCode, 200);
  assert.equal(other.headers["idempotent-replayed"], undefined);
});
