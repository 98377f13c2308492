import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { check, type Download, type Purchase } from "../support/checker.ts";
import { readSqlite } from "../support/final-rows.ts";
import { type GatewayProcess, tryGatewayProcess } from "../support/gateway-process.ts";
import { createJournalClient, type Wish } from "../support/journal-client.ts";
import { tryReceiver } from "../support/receiver.ts";

const TASKS = 300;
const KILLS = 30;
const KILL_PAUSE_MS = 1_000;

test("30 kills during 300 tasks lose, double and alter nothing", async (context) => {
  const gateway = await tryGatewayProcess(context, { environment: { VIDGO_LOG: "error" } });
  // A few tasks are first told that the receiver is busy, so that retries cross kills too.
  const receiver = await tryReceiver(context, {
    answerOf: (taskId, number) => (number === 1 && taskId.endsWith("a") ? 503 : 200),
  });
  const client = createJournalClient({
    urls: [gateway.url],
    key: gateway.key,
    patienceMs: 120_000,
  });

  const killing = (async () => {
    for (let kills = 0; kills < KILLS; kills += 1) {
      await sleep(KILL_PAUSE_MS * (0.5 + (kills % 7) / 6));
      await gateway.kill9();
      await gateway.start();
    }
  })();
  const submitting = (async () => {
    for (let index = 0; index < TASKS; index += 1) {
      await client.submit(wishOf(index, receiver.url));
      // Submits go on while the process dies, up to the last kill.
      if (index % 10 === 9) await sleep(KILL_PAUSE_MS);
    }
  })();
  await Promise.all([killing, submitting]);

  const taskIds = client.submits.flatMap((entry) => entry.taskIds);
  for (const taskId of taskIds) {
    let seen = await client.look(taskId);
    while (seen === null || !["finished", "failed"].includes(seen.status)) {
      await sleep(200);
      seen = await client.look(taskId);
    }
  }
  const announced = (): number =>
    new Set(receiver.received.filter(({ answer }) => answer === 200).map((each) => each.taskId))
      .size;
  while (announced() < TASKS) await sleep(100);
  const downloads: Download[] = [];
  for (const taskId of taskIds) downloads.push(...(await client.download(taskId)));
  assert.equal(await gateway.stop(), 0, gateway.output);

  const rows = readSqlite(gateway.dataDir);
  context.after(() => rows.close());
  const tasks = await rows.tasks();
  const verdict = check({
    submits: client.submits,
    tasks,
    purchases: await purchasesOf(gateway.behind),
    callbacks: receiver.received,
    sightings: client.sightings,
    downloads,
    balances: await rows.balances(),
    custody: [],
    cancels: [],
  });
  assert.deepEqual(verdict.violations, []);
  assert.equal(new Set(taskIds).size, TASKS);
  assert.equal(tasks.length, TASKS);
  const unfinished = tasks.filter(({ stage }) => stage !== "finished");
  assert.deepEqual(
    unfinished.map(({ taskId, errorCode }) => `${taskId} ${errorCode}`),
    [],
  );
  assert.ok(downloads.length >= TASKS);
});

/** Where a gateway behind does the work, each of its tasks is a purchase. */
async function purchasesOf(gateway: GatewayProcess | null): Promise<readonly Purchase[]> {
  if (gateway === null) return [];
  const rows = readSqlite(gateway.dataDir);
  const tasks = await rows.tasks();
  await rows.close();
  return tasks.map(({ nonce, taskId, settled, files }) => {
    return { nonce, jobId: taskId, price: settled, sha256: files[0]?.sha256 ?? null };
  });
}

/** Mostly pictures, some songs, a few films: the longer a render, the more kills it meets. */
function wishOf(index: number, callbackUrl: string): Wish {
  const nonce = `zq-e2e-${index}`;
  const rest = { nonce, callbackUrl, idempotencyKey: `key-${index}` };
  if (index % 100 === 50) {
    const input = { prompt: `a tram in fog ${nonce}`, duration: 6, aspect_ratio: "1:1" };
    return { ...rest, model: "grok-imagine", input };
  }
  if (index % 60 === 30) {
    const input = { prompt: `calm ${nonce}`, custom_mode: false, instrumental: true, mv: "V4" };
    return { ...rest, model: "generate-music", input };
  }
  if (index % 10 === 5) {
    const input = { prompt: `a red fox in snow ${nonce}`, size: "1:1" };
    return { ...rest, model: "gpt-4o-image", input };
  }
  const input = { prompt: `a red fox in snow ${nonce}`, size: "1:1", output_format: "jpg" };
  return { ...rest, model: "flux-kontext-pro", input };
}
