import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { test } from "node:test";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";

async function endOne(rig: HttpRig): Promise<string> {
  const { id } = await rig.acceptTask();
  await rig.failTask(id, "canceled", "no more");
  return id;
}

async function read(rig: HttpRig, query: string) {
  const { events, cursor } = dataOf(await rig.call("GET", `/api/events${query}`));
  assert.ok(Array.isArray(events));
  return { tasks: events.map(({ task_id: id }) => id), events, cursor: String(cursor) };
}

test("events gives ends in order, from any cursor, to their own project", async (t) => {
  const rig = await startHttp(t);
  const ended = [await endOne(rig), await endOne(rig), await endOne(rig)];
  const all = await read(rig, "");
  assert.deepEqual(all.tasks, ended);
  const { event_id: eventId, created_time: time, ...first } = all.events[0];
  assert.match(eventId, /^evt_/);
  assert.match(time, /^2026-11-20T/);
  assert.deepEqual(first, { cursor: "1", type: "task.failed", task_id: ended[0], data: {} });
  const page = await read(rig, "?limit=2");
  assert.deepEqual([page.tasks, page.cursor], [ended.slice(0, 2), "2"]);
  assert.deepEqual((await read(rig, `?cursor=${page.cursor}`)).tasks, ended.slice(2));
  assert.deepEqual((await read(rig, "?cursor=now")).tasks, []);
  const stranger = await rig.addKey(rig.addProject(), "live");
  const theirs = await rig.call("GET", "/api/events", { key: stranger.secret });
  assert.deepEqual(dataOf(theirs), { events: [], cursor: "0" });
});

test("events waits for the next end, and no longer than it was asked to", async (t) => {
  const rig = await startHttp(t);
  const waiting = read(rig, "?cursor=now&wait=25");
  for (let second = 0; second < 3; second += 1) {
    await rig.clock.sleepers(1);
    await rig.clock.advance(1_000);
  }
  await rig.clock.sleepers(1);
  const ended = await endOne(rig);
  assert.deepEqual((await waiting).tasks, [ended]);
  assert.equal(rig.services.keyUses.pending(rig.keyId), 0, "counted once, at the start");
  const empty = read(rig, "?cursor=now&wait=2");
  for (let second = 0; second < 2; second += 1) {
    await rig.clock.sleepers(1);
    await rig.clock.advance(1_000);
  }
  assert.deepEqual((await empty).tasks, []);
});

for (const query of ["cursor=x", "cursor=-1", "wait=26", "wait=x", "limit=501"]) {
  test(`events refuses ${query}`, async (t) => {
    const rig = await startHttp(t);
    assert.equal(errorOf(await rig.call("GET", `/api/events?${query}`)).type, "validation_error");
  });
}

/** Opens a stream on a real socket. */
async function open(rig: HttpRig, secret: string, lastEventId?: string) {
  if (!rig.app.server.listening) await rig.app.listen({ host: "127.0.0.1", port: 0 });
  const address = rig.app.server.address();
  assert.ok(typeof address === "object" && address !== null);
  const headers = {
    authorization: `Bearer ${secret}`,
    accept: "text/event-stream",
    ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
  };
  const request = get({ host: "127.0.0.1", port: address.port, path: "/api/events", headers });
  const [answer]: IncomingMessage[] = await once(request, "response");
  assert.ok(answer);
  let text = "";
  answer.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(text)) await once(answer, "data");
    return text;
  };
  return { answer, until, close: () => request.destroy() };
}

test("events streams what is there and what comes, and goes on after Last-Event-ID", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "live");
  const [first, second] = [await endOne(rig), await endOne(rig)];
  const stream = await open(rig, secret);
  assert.equal(stream.answer.headers["content-type"], "text/event-stream; charset=utf-8");
  const text = await stream.until(/id: 2\n.*\n.*\n\n/);
  assert.match(text, new RegExp(`id: 1\nevent: task.failed\ndata: .*"task_id":"${first}"`));
  const third = await endOne(rig);
  await stream.until(new RegExp(`id: 3\nevent: task.failed\ndata: .*${third}`));
  stream.close();
  const again = await open(rig, secret, "1");
  const rest = await again.until(/id: 3\n/);
  assert.match(rest, new RegExp(`id: 2\n.*\n.*${second}`));
  assert.doesNotMatch(rest, /id: 1\n/);
  again.close();
});

test("events answers HEAD with its head alone, and waits for nothing", async (t) => {
  const rig = await startHttp(t);
  const { id } = await rig.acceptTask();
  const headers = { accept: "text/event-stream" };
  for (const path of ["/api/events", `/api/generate/status/${id}/events`]) {
    const answer = await rig.call("HEAD", path, { headers });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["content-type"], "text/event-stream; charset=utf-8");
    assert.equal(answer.body, "");
  }
});

test("events ends the stream of a key that is revoked within a second", async (t) => {
  const rig = await startHttp(t);
  const key = await rig.addKey(rig.projectId, "live");
  const stream = await open(rig, key.secret);
  await stream.until(/alive/);
  // The stream, and the look-out for slow clients.
  await rig.clock.sleepers(2);
  await rig.store.keys.revoke({
    projectId: rig.projectId,
    keyId: key.id,
    nowMs: rig.clock.nowMs(),
    actor: "operator",
  });
  const over = once(stream.answer, "end");
  await rig.clock.advance(1_000);
  await over;
});

test("events tells a key that was revoked while it waited nothing more", async (t) => {
  const rig = await startHttp(t);
  const { id: keyId, secret } = await rig.addKey(rig.projectId, "live");
  const waiting = rig.call("GET", "/api/events?cursor=now&wait=25", { key: secret });
  await rig.clock.sleepers(1);
  const { projectId, clock } = rig;
  await rig.store.keys.revoke({ projectId, keyId, nowMs: clock.nowMs(), actor: "operator" });
  await clock.advance(1_000);
  const answer = await waiting;
  assert.equal(answer.statusCode, 401, answer.body);
});

test("events ends its streams and waits when the surface closes, and lets it close", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "live");
  const stream = await open(rig, secret);
  await stream.until(/alive/);
  const waiting = read(rig, "?cursor=now&wait=25");
  // The stream, the wait, and the look-out for slow clients.
  await rig.clock.sleepers(3);
  const over = once(stream.answer, "end");
  const closed = rig.app.close();
  await over;
  assert.deepEqual((await waiting).tasks, []);
  await closed;
});

test("events keeps only so many requests of one key waiting", async (t) => {
  const rig = await startHttp(t);
  const waiting = Array.from({ length: 50 }, () => read(rig, "?cursor=now&wait=1"));
  await rig.clock.sleepers(50);
  assert.equal((await rig.call("GET", "/api/events?cursor=now")).statusCode, 429);
  await rig.clock.advance(1_000);
  await Promise.all(waiting);
  assert.equal((await rig.call("GET", "/api/events?cursor=now")).statusCode, 200);
});
