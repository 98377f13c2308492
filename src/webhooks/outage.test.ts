import assert from "node:assert/strict";
import { test } from "node:test";
import { serveHttp } from "../../test/support/vice-server.ts";
import { makeWebhookRig } from "../../test/support/webhook-rig.ts";
import { startDispatcher } from "./dispatcher.ts";

const HOUR_MS = 3_600_000;
const TASKS = 60;

test("a receiver that is down for six hours gets every event, once it is back", async (t) => {
  let isDown = true;
  await using server = await serveHttp((_request, response) => {
    response.writeHead(isDown ? 503 : 200).end();
  });
  const rig = await makeWebhookRig(t);
  const ids: string[] = [];
  for (let index = 0; index < TASKS; index += 1) {
    ids.push(await rig.endTask(`http://ill.example:${server.port}/${index}`));
  }
  const dispatcher = startDispatcher({ ...rig.context, pollMs: 60_000 });
  const startMs = rig.clock.monotonicMs();
  const pass = async (hours: number, done: () => Promise<boolean>): Promise<void> => {
    const endMs = rig.clock.monotonicMs() + hours * HOUR_MS;
    while (rig.clock.monotonicMs() < endMs && !(await done())) {
      await rig.clock.sleepers(1);
      await rig.clock.advance(20_000);
      dispatcher.wake();
    }
  };
  await pass(6, async () => false);
  const failed = server.seen.length;
  isDown = false;
  const { deliveries } = rig.context;
  const query = { projectId: rig.fixture.projectId, limit: 100 };
  const isOver = async () =>
    (await rig.fixture.store.deliveries.list({ ...query, states: ["waiting"] })).length === 0;
  await pass(12, isOver);
  await dispatcher.stop(1_000);
  assert.ok(await isOver(), "nothing waits");
  const ended = await rig.fixture.store.deliveries.list(query);
  assert.deepEqual(
    ended.map(({ state }) => state),
    Array.from({ length: TASKS }, () => "delivered"),
  );
  assert.deepEqual(ended.map(({ taskId }) => taskId).sort(), ids.sort());
  const spentH = (rig.clock.monotonicMs() - startMs) / HOUR_MS;
  t.diagnostic(`${TASKS} of ${TASKS} after ${spentH.toFixed(1)} h, ${failed} tries in the outage`);
  assert.equal(await deliveries.nextDueMs(), null);
});
