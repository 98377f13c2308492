import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { serveHttp } from "../../test/support/vice-server.ts";
import { makeWebhookRig } from "../../test/support/webhook-rig.ts";
import { systemClock } from "../lib/clock.ts";
import { startDispatcher } from "./dispatcher.ts";

const TASKS = 1_000;
const A_TURN = 20;

test("with 1,000 tasks in flight the first try follows the end within a second", async (t) => {
  await using server = await serveHttp((_request, response) => response.end());
  const rig = await makeWebhookRig(t);
  const { fixture } = rig;
  for (let index = 0; index < TASKS; index += 1) {
    const url = `http://h${index % 50}.example:${server.port}/`;
    await fixture.store.tasks.accept(
      fixture.submission({ callbackUrl: url, hold: 1 }, { loopback: true }),
    );
  }
  const claims = await fixture.claim(TASKS);
  const dispatcher = startDispatcher({ ...rig.context, clock: systemClock });
  for (let from = 0; from < TASKS; from += A_TURN) {
    const nowMs = Date.now();
    const turn = claims.slice(from, from + A_TURN);
    await Promise.all(
      turn.map((claim) => fixture.store.tasks.settle({ ...fixture.fail(claim), nowMs })),
    );
    dispatcher.wake();
    await pause(40);
  }
  await rig.tried(TASKS);
  await dispatcher.stop(1_000);
  const query = { projectId: fixture.projectId, limit: TASKS };
  const made = await fixture.store.deliveries.list(query);
  const waits = made.map(({ createdAtMs, tries }) => (tries[0]?.startedAtMs ?? 9e15) - createdAtMs);
  waits.sort((left, right) => left - right);
  const [p50, p99] = [waits[TASKS / 2] ?? 0, waits[TASKS * 0.99] ?? 0];
  t.diagnostic(`first try after the end: p50 ${p50} ms, p99 ${p99} ms, most ${waits.at(-1)} ms`);
  assert.equal(made.length, TASKS);
  assert.ok(p99 < 1_000, `${p99} ms`);
});
