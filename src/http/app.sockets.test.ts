import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { servedFile, startHttp } from "../../test/support/http.ts";

const rig = await startHttp({ after });
await rig.app.listen({ host: "127.0.0.1", port: 0 });
const address = rig.app.server.address();
assert.ok(address !== null && typeof address === "object");
const { port } = address;

/** Sends bytes as they are and gives everything that came back until the end. */
async function exchange(text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.on("error", () => {});
  socket.write(text);
  await once(socket, "close");
  return answer;
}

test("app takes a body in chunks", async () => {
  const { secret } = await rig.addKey(rig.projectId, "test");
  const body = JSON.stringify({ model: "grok-imagine", input: { prompt: "x" } });
  const answer = await exchange(
    "POST /api/generate/submit HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" +
      `Authorization: Bearer ${secret}\r\nContent-Type: application/json\r\n` +
      `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  );
  assert.match(answer, /"status":"not_started"/);
});

/** Sends a request and says at once that no more will come, as `nc -N` does. */
async function halfClosed(head: string, body: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let answer = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.end(`${head}\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await once(socket, "close");
  return answer;
}

test("app answers who has asked and will not ask again, and closes then", async () => {
  const { secret } = await rig.addKey(rig.projectId, "test");
  const key = `Authorization: Bearer ${secret}`;
  const head = `POST /api/generate/submit HTTP/1.1\r\nContent-Type: application/json\r\n${key}`;
  const body = JSON.stringify({ model: "grok-imagine", input: { prompt: "x" } });
  assert.match(await halfClosed(head, body), /^HTTP\/1\.1 200 .*"status":"not_started"/s);
  assert.match(await halfClosed("GET /health HTTP/1.1", ""), /^HTTP\/1\.1 200 /);
});

test("app streams no events to who has hung up", async () => {
  const { secret } = await rig.addKey(rig.projectId, "test");
  const head =
    "GET /api/events HTTP/1.1\r\nAccept: text/event-stream\r\n" + `Authorization: Bearer ${secret}`;
  assert.match(await halfClosed(head, ""), /^(?:HTTP\/1\.1 200 .*)?$/s);
});

test("app makes no task of a body that breaks off", async () => {
  const { secret } = await rig.addKey(rig.projectId, "live");
  const before = await rig.countTasks();
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    "POST /api/generate/submit HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n" +
      `Authorization: Bearer ${secret}\r\nContent-Type: application/json\r\n\r\n{"model"`,
  );
  const [arrived] = await once(rig.app.server, "request");
  const over = new Promise((resolve) => arrived.once("close", resolve));
  socket.resetAndDestroy();
  await over;
  assert.equal(await rig.countTasks(), before);
  assert.deepEqual(rig.errors, []);
});

/** Once the buffers of the system are full, nothing moves until the reader does. */
async function untilStill(response: ServerResponse): Promise<void> {
  for (let still = 0, before = -1; still < 200; ) {
    await new Promise((resolve) => setImmediate(resolve));
    still = response.writableNeedDrain && response.writableLength === before ? still + 1 : 0;
    before = response.writableLength;
  }
}

test("files reads no further ahead than a slow reader takes", async () => {
  const bytes = Buffer.alloc(48 * 1024 * 1024, 7);
  const { path } = await servedFile(rig, { bytes });
  const socket = connect(port, "127.0.0.1");
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  const [, response] = await once(rig.app.server, "request");
  await untilStill(response);
  assert.ok(response.writableLength < 1024 * 1024, `${response.writableLength} bytes wait`);
  let received = 0;
  for await (const chunk of socket) received += chunk.length;
  assert.ok(received > bytes.length);
});

test("app cuts a body that has not come whole in 30 s, and gives uploads longer", async () => {
  const { secret } = await rig.addKey(rig.projectId, "live");
  const begin = async (path: string) => {
    const socket = connect(port, "127.0.0.1");
    let heard = "";
    socket.setEncoding("latin1").on("error", () => {});
    socket.on("data", (text) => {
      heard += text;
    });
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${secret}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"a":',
    );
    await once(rig.app.server, "request");
    const over = new Promise<string>((resolve) => socket.once("close", () => resolve(heard)));
    return { socket, over };
  };
  const slow = await begin("/api/generate/submit");
  const upload = await begin("/api/common/upload/base64");
  for (let look = 0; look < 14; look += 1) {
    await rig.clock.advance(2_000);
    await rig.clock.sleepers(1);
  }
  assert.equal(slow.socket.destroyed, false);
  await rig.clock.advance(2_000);
  assert.match(await slow.over, /^HTTP\/1\.1 408 .*"Request timed out; send /s);
  assert.equal(upload.socket.destroyed, false);
  upload.socket.destroy();
});

test("app cuts a body that stalls behind a whole request of its connection", async () => {
  const { secret } = await rig.addKey(rig.projectId, "test");
  const head =
    `POST /api/generate/submit HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${secret}\r\n` +
    "Content-Type: application/json\r\n";
  const body = JSON.stringify({ model: "grok-imagine", input: { prompt: "x" } });
  const whole = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  const over = exchange(`${whole}${head}Content-Length: 500\r\n\r\n{"a":`);
  await once(rig.app.server, "request");
  for (let look = 0; look < 16; look += 1) {
    await rig.clock.advance(2_000);
    await rig.clock.sleepers(1);
  }
  const heard = await Promise.race([over, setTimeout(5_000, "it stays open", { ref: false })]);
  assert.match(heard, /^HTTP\/1\.1 200 .*"not_started".*HTTP\/1\.1 408 /s);
});

test("files cuts a reader that takes nothing for half a minute, and no other", async (t) => {
  const { path } = await servedFile(rig, { bytes: Buffer.alloc(48 * 1024 * 1024, 7) });
  const idle = connect(port, "127.0.0.1");
  t.after(() => idle.destroy());
  await once(idle, "connect");
  const stalled = connect(port, "127.0.0.1");
  stalled.pause().on("error", () => {});
  stalled.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  const [, response] = await once(rig.app.server, "request");
  await untilStill(response);
  const gone = once(response, "close");
  for (let look = 0; look < 17; look += 1) {
    await rig.clock.advance(2_000);
    await rig.clock.sleepers(1);
  }
  await gone;
  assert.equal(idle.destroyed, false);
  let received = 0;
  for await (const chunk of stalled) received += chunk.length;
  assert.ok(received < 48 * 1024 * 1024, `${received} bytes`);
});

test("files lets go of a reader that went away", async () => {
  const { path } = await servedFile(rig, { bytes: Buffer.alloc(16 * 1024 * 1024) });
  const socket = connect(port, "127.0.0.1");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  const [, response] = await once(rig.app.server, "request");
  await once(socket, "data");
  socket.destroy();
  await once(response, "close");
  assert.deepEqual(rig.errors, []);
});

test("app takes nothing in by a key that was revoked while the body came", async () => {
  const { id, secret } = await rig.addKey(rig.projectId, "live");
  const before = await rig.countTasks();
  const body = JSON.stringify({ model: "grok-imagine", input: { prompt: "late" } });
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (chunk) => {
    answer += chunk;
  });
  const found = once(rig.app.server, "request");
  socket.write(
    "POST /api/generate/submit HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" +
      `Authorization: Bearer ${secret}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
  );
  await found;
  const { projectId, store, clock } = rig;
  // By the time that a key's row is read here, that of the socket has been.
  await store.keys.find("0".repeat(64));
  const wish = { projectId, keyId: id, nowMs: clock.nowMs(), actor: "operator" };
  assert.ok(await store.keys.revoke(wish));
  await clock.advance(1_001);
  socket.end(body.slice(9));
  await once(socket, "close");
  assert.match(answer, /^HTTP\/1\.1 401 /);
  assert.equal(await rig.countTasks(), before);
});
