import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { SCOPES } from "../../../core/key.ts";
import { present } from "../../../lib/assert.ts";
import { createMarks } from "../../../lib/mark.ts";

const MARKS = createMarks(Buffer.alloc(32, 3));
const ID = "att_1";

/** A task whose submit has left and was not answered yet. */
async function start(t: Parameters<typeof startHttp>[0]) {
  const rig = await startHttp(t);
  const { secret: key } = await rig.addKey(rig.projectId, "live", { scopes: SCOPES });
  const wish = { provider: "minimax", key: "minimax-0123456789abcdef" };
  assert.equal(
    dataOf(await rig.call("POST", "/api/provider-keys", { key, json: wish })).active,
    true,
  );
  const task = await rig.acceptTask();
  const nowMs = rig.clock.nowMs();
  const claim = { node: "node", nowMs, leaseMs: 30_000, limit: 1 };
  const { fence } = present((await rig.store.tasks.claimDue(claim))[0], "claim");
  const attempt = {
    ...{ id: ID, number: 1, provider: "minimax", account: "console" },
    ...{ upstreamModel: "MiniMax-Hailuo-2.3", prepared: {} },
  };
  const intent = { taskId: task.id, fence, attempt, nowMs, home: null };
  assert.ok(await rig.store.tasks.recordIntent(intent));
  return rig;
}

function tell(rig: HttpRig, json: unknown, name = MARKS.mark(ID)) {
  return rig.call("POST", `/callbacks/${name}`, { key: null, json });
}

async function operationOf(rig: HttpRig): Promise<unknown> {
  return present(await rig.store.tasks.attempt(ID), ID).attempt.operation;
}

test("a challenge comes back as JSON, and names no job", async (t) => {
  const rig = await start(t);
  const answer = await tell(rig, { challenge: "c-1" });
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers["content-type"]), /^application\/json/);
  assert.deepEqual(answer.json(), { challenge: "c-1" });
  assert.equal(await operationOf(rig), null);
});

test("one before the submit's answer names the job, others change nothing", async (t) => {
  const rig = await start(t);
  for (const json of [
    { task_id: "7", status: "Processing" },
    { task_id: "7", status: "Processing" },
    { task_id: "8", status: "Success" },
    { status: "Preparing" },
    "nonsense",
  ]) {
    const answer = await tell(rig, json);
    assert.deepEqual([answer.statusCode, answer.body], [200, ""]);
    assert.deepEqual(await operationOf(rig), { id: "7" });
  }
});
