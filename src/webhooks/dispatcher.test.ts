import assert from "node:assert/strict";
import { test } from "node:test";
import { type Handler, serveHttp, serveTcp } from "../../test/support/vice-server.ts";
import { makeWebhookRig } from "../../test/support/webhook-rig.ts";
import { startDispatcher } from "./dispatcher.ts";

const thanks: Handler = (_request, response) => response.end("ok");

test("startDispatcher() sends what is due and nothing twice", async (t) => {
  await using server = await serveHttp(thanks);
  const rig = await makeWebhookRig(t);
  for (const index of [1, 2, 3]) {
    await rig.endTask(`http://hooks.example:${server.port}/${index}`);
  }
  const dispatcher = startDispatcher(rig.context);
  await rig.tried(3);
  dispatcher.wake();
  await dispatcher.stop(1_000);
  assert.deepEqual(server.seen.map(({ url }) => url).sort(), ["/1", "/2", "/3"]);
});

test("wake() sends at once what has become due", async (t) => {
  await using server = await serveHttp(thanks);
  const rig = await makeWebhookRig(t);
  const dispatcher = startDispatcher(rig.context);
  await rig.clock.sleepers(1);
  await rig.endTask(`http://hooks.example:${server.port}/`);
  dispatcher.wake();
  await rig.tried(1);
  await dispatcher.stop(1_000);
  assert.equal(server.seen.length, 1);
});

test("a receiver that stumbles gets the same event again after the schedule's wait", async (t) => {
  let answers = 0;
  await using server = await serveHttp((_request, response) => {
    answers += 1;
    response.writeHead(answers === 1 ? 500 : 200).end();
  });
  const rig = await makeWebhookRig(t);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/`);
  const dispatcher = startDispatcher(rig.context);
  await rig.tried(1);
  for (let second = 0; second < 7; second += 1) {
    await rig.clock.sleepers(1);
    await rig.clock.advance(1_000);
  }
  await rig.tried(2);
  await dispatcher.stop(1_000);
  const [first, second] = await rig.tries(taskId);
  assert.deepEqual([first?.status, second?.status], [500, 200]);
  const waitedMs = (second?.startedAtMs ?? 0) - (first?.startedAtMs ?? 0);
  assert.ok(waitedMs >= 4_000 && waitedMs <= 7_000, `${waitedMs}`);
  assert.equal(server.seen[1]?.body, server.seen[0]?.body);
});

test("one host gets four connections at a time, all get 64", async (t) => {
  const open = new Map<string, number>();
  let most = 0;
  let mostOfOne = 0;
  await using server = await serveHttp((request, response) => {
    const host = request.headers.host ?? "";
    open.set(host, (open.get(host) ?? 0) + 1);
    most = Math.max(
      most,
      [...open.values()].reduce((sum, count) => sum + count),
    );
    mostOfOne = Math.max(mostOfOne, ...open.values());
    setTimeout(() => {
      open.set(host, (open.get(host) ?? 0) - 1);
      response.end();
    }, 30);
  });
  const rig = await makeWebhookRig(t);
  for (let index = 0; index < 200; index += 1) {
    await rig.endTask(`http://h${index % 20}.example:${server.port}/`);
  }
  const dispatcher = startDispatcher(rig.context);
  await rig.tried(200);
  await dispatcher.stop(1_000);
  assert.equal(server.seen.length, 200);
  assert.equal(mostOfOne, 4);
  assert.ok(most <= 64 && most > 20, `${most}`);
});

test("a dead receiver with many events does not hold up a healthy one", async (t) => {
  await using dead = await serveTcp(() => {});
  await using healthy = await serveHttp(thanks);
  const rig = await makeWebhookRig(t, { timeoutMs: 20_000 });
  for (let index = 0; index < 150; index += 1)
    await rig.endTask(`http://dead.example:${dead.port}/`);
  const taskId = await rig.endTask(`http://healthy.example:${healthy.port}/`);
  const dispatcher = startDispatcher(rig.context);
  await rig.tried(1);
  assert.equal((await rig.tries(taskId))[0]?.status, 200);
  assert.equal(dead.connections, 4);
  await dispatcher.stop(0);
});

test("a slow receiver with many events does not hold up a healthy one", async (t) => {
  const answers: (() => void)[] = [];
  await using slow = await serveHttp((_request, response) => {
    answers.push(() => response.end());
  });
  await using healthy = await serveHttp(thanks);
  const rig = await makeWebhookRig(t, { timeoutMs: 20_000 });
  for (let index = 0; index < 700; index += 1) {
    await rig.endTask(`http://slow.example:${slow.port}/`);
  }
  const taskId = await rig.endTask(`http://healthy.example:${healthy.port}/`);
  const dispatcher = startDispatcher(rig.context);
  // Time stands still: whoever waits for it waits for ever.
  await rig.tried(1);
  assert.equal((await rig.tries(taskId))[0]?.status, 200);
  assert.equal(answers.length, 4);
  const stopped = dispatcher.stop(0);
  for (const answer of answers) answer();
  await stopped;
});

test("a host that was silent gets no queue: its other events are let go", async (t) => {
  await using dead = await serveTcp((socket) => socket.once("data", () => socket.destroy()));
  const rig = await makeWebhookRig(t);
  for (let index = 0; index < 40; index += 1)
    await rig.endTask(`http://dead.example:${dead.port}/`);
  const dispatcher = startDispatcher(rig.context);
  await rig.tried(4);
  await rig.clock.sleepers(1);
  await dispatcher.stop(1_000);
  assert.equal(dead.connections, 4);
  // Nothing is lost: what was let go is due again when its lease ends.
  const later = { nowMs: rig.clock.nowMs() + 60_001, leaseMs: 60_000, limit: 100 };
  assert.equal((await rig.context.deliveries.claimDue(later)).length, 40);
});

test("stop() lets tries under way end", async (t) => {
  const asked = Promise.withResolvers<() => void>();
  await using server = await serveHttp((_request, response) => asked.resolve(() => response.end()));
  const rig = await makeWebhookRig(t);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/`);
  const dispatcher = startDispatcher(rig.context);
  const answer = await asked.promise;
  const stopped = dispatcher.stop(10_000);
  answer();
  await stopped;
  assert.equal((await rig.tries(taskId))[0]?.status, 200);
});

test("stop() calls off what takes too long, and loses nothing", async (t) => {
  const asked = Promise.withResolvers<void>();
  await using server = await serveHttp(() => asked.resolve());
  const rig = await makeWebhookRig(t);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/`);
  const dispatcher = startDispatcher(rig.context);
  await asked.promise;
  const stopped = dispatcher.stop(10_000);
  await rig.clock.sleepers(1);
  await rig.clock.advance(10_000);
  await stopped;
  assert.deepEqual(await rig.tries(taskId), []);
  await rig.clock.advance(60_001);
  assert.equal((await rig.claim()).taskId, taskId);
});
