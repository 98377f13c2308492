import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { type GatewayProcess, tryGatewayProcess } from "../support/gateway-process.ts";

/** What stands when an attack should be over; the gateway's own limits are 10 s and 30 s. */
const OVER_MS = 100_000;
const DRIP_MS = 1_000;
/** More than all the buffers between two programs. */
const FILE_BYTES = 24 * 1024 * 1024;

interface Attacker {
  readonly socket: Socket;
  /** What came back, while he read. */
  heard: string;
  /** Milliseconds until he was cut off, `null` while he is not. */
  cutAfterMs: number | null;
}

test("1,000 slow clients are cut off, and others are served meanwhile", async (t) => {
  const gateway = await tryGatewayProcess(t, { environment: { VIDGO_UPLOAD_MEDIA: "on" } });
  const path = await uploadSound(gateway);
  const authorization = `Authorization: Bearer ${gateway.key}\r\n`;
  const heads = attack(t, gateway, {
    count: 400,
    opening: "GET /health HTTP/1.1\r\nHost: a\r\n",
    drip: "X-Slow: 1\r\n",
  });
  const bodies = attack(t, gateway, {
    count: 400,
    opening:
      `POST /api/generate/submit HTTP/1.1\r\nHost: a\r\n${authorization}` +
      "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
    drip: " ",
  });
  const readers = attack(t, gateway, {
    count: 200,
    opening: `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
    drip: null,
  });
  const all = [...heads, ...bodies, ...readers];
  const served = await serveUntil(gateway, () => all.every(isOver));
  report(t, { heads, bodies, readers, served });
  assert.equal(heads.filter(isOver).length, 400, "slow headers");
  assert.equal(bodies.filter(isOver).length, 400, "slow bodies");
  assert.equal(readers.filter(isOver).length, 200, "readers who do not read");
  for (const { socket } of readers) assert.ok(socket.bytesRead < FILE_BYTES, "cut, not served");
  for (const { heard } of [...heads, ...bodies]) assert.match(heard, /^HTTP\/1\.1 408 /);
  assert.ok(served.length > 20, `${served.length} others were served`);
  const status = await fetch(`${gateway.url}/ready`);
  assert.equal(status.status, 200);
});

function isOver({ cutAfterMs }: Attacker): boolean {
  return cutAfterMs !== null;
}

function attack(
  t: TestContext,
  gateway: GatewayProcess,
  how: { readonly count: number; readonly opening: string; readonly drip: string | null },
): readonly Attacker[] {
  return Array.from({ length: how.count }, () => {
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
    const attacker: Attacker = { socket, heard: "", cutAfterMs: null };
    const beganMs = performance.now();
    const drip = setInterval(() => {
      if (how.drip !== null && socket.writable) socket.write(how.drip);
      // Whether he was cut off shows only to one who reads on; it may break off in the midst.
      else if (performance.now() - beganMs > OVER_MS / 2) socket.resume();
    }, DRIP_MS);
    if (how.drip === null) socket.pause();
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      if (attacker.heard.length < 100) attacker.heard += bytes.toString("latin1").slice(0, 100);
    });
    socket.once("close", () => {
      clearInterval(drip);
      attacker.cutAfterMs = performance.now() - beganMs;
    });
    socket.write(how.opening);
    t.after(() => socket.destroy());
    return attacker;
  });
}

/** A client like any other, all the while; gives how long each of its requests took. */
async function serveUntil(
  gateway: GatewayProcess,
  isDone: () => boolean,
): Promise<readonly number[]> {
  const headers = { authorization: `Bearer ${gateway.key}` };
  const tookMs: number[] = [];
  const untilMs = performance.now() + OVER_MS;
  while (!isDone() && performance.now() < untilMs) {
    const beganMs = performance.now();
    const answer = await fetch(`${gateway.url}/api/user/balance`, { headers });
    assert.equal(answer.status, 200);
    await answer.text();
    tookMs.push(performance.now() - beganMs);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return tookMs;
}

/** Stores a sound and gives the path of its file. */
async function uploadSound({ url, key }: GatewayProcess): Promise<string> {
  const bytes = Buffer.alloc(FILE_BYTES);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(44_100, 24);
  bytes.writeUInt32LE(176_400, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(bytes.length - 44, 40);
  const form = new FormData();
  form.set("file", new Blob([bytes], { type: "audio/wav" }), "tone.wav");
  const answer = await fetch(`${url}/api/common/upload/stream`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: form,
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return new URL(JSON.parse(text).data.file_url).pathname;
}

function report(
  t: TestContext,
  seen: Readonly<Record<"heads" | "bodies" | "readers", readonly Attacker[]>> & {
    readonly served: readonly number[];
  },
): void {
  const last = (attackers: readonly Attacker[]): string => {
    const times = attackers.map(({ cutAfterMs }) => cutAfterMs ?? Number.NaN);
    return `${(Math.max(...times) / 1000).toFixed(1)} s`;
  };
  const ordered = seen.served.toSorted((a, b) => a - b);
  const p99 = ordered[Math.floor(ordered.length * 0.99)] ?? 0;
  t.diagnostic(
    `last cut: headers ${last(seen.heads)}, bodies ${last(seen.bodies)}, readers seen by ` +
      `${last(seen.readers)}; ${ordered.length} other requests, p99 ${p99.toFixed(0)} ms`,
  );
}
