import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Webhook } from "standardwebhooks";
import { type Handler, serveHttp, serveTcp } from "../../test/support/vice-server.ts";
import { makeWebhookRig, type WebhookRig } from "../../test/support/webhook-rig.ts";
import { deliver } from "./deliver.ts";

const never = new AbortController().signal;

/** Makes one try at a receiver and gives what was recorded. */
async function tryOnce(rig: WebhookRig, handler: Handler) {
  await using server = await serveHttp(handler);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/cb`);
  const tried = await deliver(rig.context, await rig.claim(), never);
  const [made] = await rig.tries(taskId);
  assert.ok(made !== undefined && tried !== null);
  const { status, errorClass, excerpt } = made;
  const waitMs = tried.verdict.state === "waiting" ? tried.verdict.dueAtMs - rig.clock.nowMs() : 0;
  return { state: tried.verdict.state, status, errorClass, excerpt, waitMs, seen: server.seen };
}

test("deliver() posts the stored bytes, with the query kept, and records the answer", async (t) => {
  await using server = await serveHttp((_request, response) => response.end("thanks"));
  const rig = await makeWebhookRig(t);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/cb?token=a%20b&x`);
  const due = await rig.claim();
  const tried = await deliver(rig.context, due, never);
  assert.deepEqual(tried, { verdict: { state: "delivered" }, isAnswered: true });
  const [seen] = server.seen;
  assert.deepEqual([seen?.method, seen?.url, seen?.body], ["POST", "/cb?token=a%20b&x", due.body]);
  assert.equal(seen?.headers["content-type"], "application/json");
  assert.equal(seen?.headers["user-agent"], "Vidgo/test");
  assert.equal(seen?.headers["accept-encoding"], "identity");
  assert.match(
    String(seen?.headers["webhook-signature"]),
    /^v1,[A-Za-z0-9+/]{43}= v1a,[A-Za-z0-9+/]{86}==$/,
  );
  const sent = await rig.context.deliveries.find(due.projectId, due.id);
  const kept = sent?.headers.get(1) ?? {};
  const names = ["content-type", "webhook-id", "webhook-signature", "webhook-timestamp"];
  assert.deepEqual(Object.keys(kept).sort(), names);
  for (const name of names) assert.equal(kept[name], seen?.headers[name], `${name} is as sent`);
  const [made] = await rig.tries(taskId);
  assert.deepEqual(
    [made?.number, made?.status, made?.errorClass, made?.excerpt],
    [1, 200, null, "thanks"],
  );
  assert.equal(await rig.context.deliveries.nextDueMs(), null);
});

test("deliver() signs with every secret, the event's id and a fresh time", async (t) => {
  await using server = await serveHttp((_request, response) => response.writeHead(500).end());
  const rig = await makeWebhookRig(t);
  const secrets = [
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
  ];
  const context = { ...rig.context, secrets: { ...rig.context.secrets, signers: () => secrets } };
  await rig.endTask(`http://hooks.example:${server.port}/`);
  for (const _ of [1, 2]) {
    await deliver(context, await rig.claim(), never);
    await rig.clock.advance(8_000);
  }
  const [first, second] = server.seen;
  assert.ok(first !== undefined && second !== undefined);
  assert.match(String(first.headers["webhook-id"]), /^evt_/);
  assert.equal(second.headers["webhook-id"], first.headers["webhook-id"]);
  assert.equal(second.body, first.body);
  assert.equal(
    Number(second.headers["webhook-timestamp"]) - Number(first.headers["webhook-timestamp"]),
    8,
  );
  for (const { headers, body } of server.seen) {
    const given = Object.fromEntries(
      ["id", "timestamp", "signature"].map((name) => [
        `webhook-${name}`,
        String(headers[`webhook-${name}`]),
      ]),
    );
    for (const secret of secrets) new Webhook(secret).verify(body, given);
  }
});

const STATUSES: readonly (readonly [number, string])[] = [
  [200, "delivered"],
  [202, "delivered"],
  [204, "delivered"],
  [299, "delivered"],
  [301, "refused"],
  [302, "refused"],
  [307, "refused"],
  [308, "refused"],
  [400, "refused"],
  [401, "refused"],
  [404, "refused"],
  [410, "refused"],
  [408, "waiting"],
  [425, "waiting"],
  [429, "waiting"],
  [500, "waiting"],
  [502, "waiting"],
  [503, "waiting"],
];

test("deliver() judges every status: redirects and most 4xx are refusals", async (t) => {
  const rig = await makeWebhookRig(t);
  for (const [status, state] of STATUSES) {
    const result = await tryOnce(rig, (_request, response) => response.writeHead(status).end());
    assert.deepEqual([result.state, result.status], [state, status]);
  }
});

test("deliver() never visits where a redirect leads", async (t) => {
  const rig = await makeWebhookRig(t);
  await using target = await serveTcp((socket) => socket.end());
  for (const status of [301, 302, 303, 307, 308]) {
    const location = `http://127.0.0.1:${target.port}/`;
    const result = await tryOnce(rig, (_request, response) =>
      response.writeHead(status, { location }).end(),
    );
    assert.deepEqual([result.state, result.seen.length], ["refused", 1]);
  }
  assert.equal(target.connections, 0);
});

const RETRY_AFTERS: readonly (readonly [string, number, number])[] = [
  // The first wait is 5 s, a fifth to either side; what is asked for counts up to 10 s.
  ["0", 4_000, 6_000],
  ["-1", 4_000, 6_000],
  ["garbage", 4_000, 6_000],
  ["8", 8_000, 8_000],
  ["86400", 10_000, 10_000],
];

test("deliver() heeds Retry-After within bounds", async (t) => {
  const rig = await makeWebhookRig(t);
  for (const [value, minMs, maxMs] of RETRY_AFTERS) {
    const result = await tryOnce(rig, (_request, response) => {
      response.writeHead(429, { "retry-after": value }).end();
    });
    assert.equal(result.state, "waiting");
    assert.ok(result.waitMs >= minMs && result.waitMs <= maxMs, `${value}: ${result.waitMs}`);
  }
});

test("deliver() gives up on a receiver that never answers", async (t) => {
  const rig = await makeWebhookRig(t, { timeoutMs: 500 });
  const result = await tryOnce(rig, () => {});
  assert.deepEqual([result.state, result.status, result.errorClass], ["waiting", null, "timeout"]);
});

test("deliver() takes the status, though the body drips, breaks off or never ends", async (t) => {
  const rig = await makeWebhookRig(t, { timeoutMs: 1_000 });
  const bodies: Handler[] = [
    (_request, response) => {
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    },
    (_request, response) => {
      response.writeHead(200, { "content-length": "9000" });
      response.write("x", () => setTimeout(() => response.destroy(), 20));
    },
    (_request, response) => {
      const chunk = Buffer.alloc(65_536, "x");
      const pump = () => {
        while (!response.destroyed && response.write(chunk)) {}
      };
      response.on("drain", pump);
      pump();
    },
  ];
  for (const handler of bodies) {
    const result = await tryOnce(rig, handler);
    assert.deepEqual([result.state, result.status], ["delivered", 200]);
    assert.ok(result.excerpt.length <= 1_024);
  }
});

test("deliver() keeps 1,024 characters, without what a terminal would obey", async (t) => {
  const rig = await makeWebhookRig(t);
  const long = await tryOnce(rig, (_request, response) => response.end("é".repeat(9_000)));
  assert.equal(long.excerpt, "é".repeat(1_024));
  const odd = await tryOnce(rig, (_request, response) =>
    response.end("a\0b\u001b[31m\r\n\tc\u009b"),
  );
  assert.equal(odd.excerpt, "a\ufffdb\ufffd[31m\ufffd\n\tc\ufffd");
});

test("deliver() does not unpack a compressed answer", async (t) => {
  const rig = await makeWebhookRig(t);
  const result = await tryOnce(rig, (_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000)));
  });
  assert.equal(result.state, "delivered");
  assert.ok(result.excerpt.length <= 1_024);
});

test("deliver() tries again after a reset and a name without address", async (t) => {
  const reset = await tryOnce(await makeWebhookRig(t), (_request, response) => response.destroy());
  assert.deepEqual([reset.state, reset.errorClass], ["waiting", "reset"]);

  const rig = await makeWebhookRig(t, { resolve: async () => [] });
  const taskId = await rig.endTask("https://nowhere.invalid/");
  const tried = await deliver(rig.context, await rig.claim(), never);
  assert.deepEqual([tried?.verdict.state, tried?.isAnswered], ["waiting", false]);
  assert.equal((await rig.tries(taskId))[0]?.errorClass, "dns");
});

test("deliver() reaches no inner address, and tells nobody which", async (t) => {
  await using sink = await serveTcp((socket) => socket.end());
  const rig = await makeWebhookRig(t);
  for (const host of ["127.0.0.1", "hooks.example", "169.254.169.254", "localhost"]) {
    const taskId = await rig.endTask(`http://${host}:${sink.port}/`, false);
    await deliver(rig.context, await rig.claim(), never);
    const [made] = await rig.tries(taskId);
    assert.deepEqual(
      [made?.status, made?.errorClass, made?.excerpt],
      [null, "refused_address", ""],
    );
  }
  assert.equal(sink.connections, 0);
});

test("deliver() ends after eleven tries", async (t) => {
  await using server = await serveHttp((_request, response) => response.writeHead(503).end());
  const rig = await makeWebhookRig(t);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/`);
  const states: (string | undefined)[] = [];
  for (let tries = 1; tries <= 11; tries += 1) {
    states.push((await deliver(rig.context, await rig.claim(), never))?.verdict.state);
    await rig.clock.advance(12 * 3_600_000);
  }
  assert.deepEqual(states, [...Array(10).fill("waiting"), "exhausted"]);
  assert.equal(await rig.context.deliveries.nextDueMs(), null);
  assert.deepEqual(
    (await rig.tries(taskId)).map(({ number }) => number),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  );
});

test("deliver() records nothing when it is called off: the lease brings it back", async (t) => {
  const stop = new AbortController();
  await using server = await serveHttp(() => stop.abort());
  const rig = await makeWebhookRig(t);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/`);
  assert.equal(await deliver(rig.context, await rig.claim(), stop.signal), null);
  assert.deepEqual(await rig.tries(taskId), []);
  await rig.clock.advance(60_001);
  assert.equal((await rig.claim()).tries, 0);
});

test("deliver() changes nothing when its lease has passed on", async (t) => {
  await using server = await serveHttp((_request, response) => response.writeHead(500).end());
  const rig = await makeWebhookRig(t);
  const taskId = await rig.endTask(`http://hooks.example:${server.port}/`);
  const late = await rig.claim();
  await rig.clock.advance(60_001);
  await rig.claim();
  assert.equal(await deliver(rig.context, late, never), null);
  assert.deepEqual(await rig.tries(taskId), []);
});
