import assert from "node:assert/strict";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { serveHttp } from "../../../../test/support/vice-server.ts";

async function post(rig: HttpRig, path: string, json: unknown = {}) {
  return dataOf(await rig.call("POST", `/api/webhooks/${path}`, { json }));
}

test("webhooks gives the secret, and two of them for a day after a rotation", async (t) => {
  const rig = await startHttp(t);
  const first = dataOf(await rig.call("GET", "/api/webhooks/secret"));
  assert.match(String(first.secret), /^whsec_/);
  assert.deepEqual([first.former_secret, first.former_until], [null, null]);
  const turned = await post(rig, "secret/rotate");
  assert.notEqual(turned.secret, first.secret);
  assert.deepEqual(
    [turned.former_secret, turned.former_until],
    [first.secret, "2026-11-21T10:30:00"],
  );
  await rig.clock.advance(86_400_000);
  const later = dataOf(await rig.call("GET", "/api/webhooks/secret"));
  const { secret, former_secret, former_until } = later;
  assert.deepEqual([secret, former_secret, former_until], [turned.secret, null, null]);
});

test("webhooks changes how callbacks are sent, and says who did", async (t) => {
  const rig = await startHttp(t);
  const usual = { body: "flat", retry_4xx: false };
  assert.deepEqual(dataOf(await rig.call("GET", "/api/webhooks/settings")), usual);
  assert.deepEqual(await post(rig, "settings", { body: "wrapped" }), { ...usual, body: "wrapped" });
  const both = { body: "wrapped", retry_4xx: true };
  assert.deepEqual(await post(rig, "settings", { retry_4xx: true }), both);
  const { secret } = await rig.addKey(rig.projectId, "live", { scopes: ["admin"] });
  const { entries } = dataOf(await rig.call("GET", "/api/audit", { key: secret }));
  assert.ok(Array.isArray(entries));
  const changes = entries.filter(({ action }) => action === "webhooks.change");
  assert.deepEqual([changes.length, changes[0]?.actor], [2, rig.keyId]);
});

for (const json of [{}, { body: "x" }, { retry_4xx: 1 }, { body: "flat", more: 1 }, []]) {
  test(`webhooks refuses the settings ${JSON.stringify(json)}`, async (t) => {
    const rig = await startHttp(t);
    const answer = await rig.call("POST", "/api/webhooks/settings", { json });
    assert.equal(errorOf(answer).type, "validation_error");
  });
}

test("ping sends a signed event of the usual form and tells what came back", async (t) => {
  const rig = await startHttp(t);
  await using server = await serveHttp((_request, response) => response.end("thanks"));
  const result = await post(rig, "ping", { url: `http://127.0.0.1:${server.port}/hook` });
  assert.deepEqual([result.status, result.error, result.answer], [200, null, "thanks"]);
  const [seen] = server.seen;
  assert.ok(seen);
  assert.equal(JSON.parse(seen.body).status, "finished");
  assert.equal(seen.headers["webhook-id"], result.event_id);
  const stamp = Number(seen.headers["webhook-timestamp"]);
  assert.equal(stamp, Math.floor(rig.clock.nowMs() / 1000));
  const { secret } = dataOf(await rig.call("GET", "/api/webhooks/secret"));
  const expected = new Webhook(String(secret)).sign(
    String(result.event_id),
    new Date(stamp * 1000),
    seen.body,
  );
  assert.match(String(seen.headers["webhook-signature"]), /^v1,\S+ v1a,\S+$/);
  assert.ok(String(seen.headers["webhook-signature"]).startsWith(`${expected} `));
});

test("ping tells a closed port from nothing else that cannot be reached", async (t) => {
  const rig = await startHttp(t);
  const closed = await serveHttp(() => {});
  await closed[Symbol.asyncDispose]();
  const asked = post(rig, "ping", { url: `http://127.0.0.1:${closed.port}/` });
  await rig.clock.sleepers(1);
  assert.ok(
    rig.clock.slept.some((delayMs) => delayMs > 5_000),
    "time tells nothing either",
  );
  await rig.clock.advance(6_000);
  const { event_id: _, ...rest } = await asked;
  assert.deepEqual(rest, { status: null, error: "unreachable", duration_ms: null, answer: "" });
});

test("ping refuses what a submit would refuse", async (t) => {
  const rig = await startHttp(t, { loopbackCallbacks: false });
  for (const url of ["http://127.0.0.1/", "ftp://a.example/", "http://10.0.0.1/", "", 5]) {
    const answer = await rig.call("POST", "/api/webhooks/ping", { json: { url } });
    assert.equal(answer.statusCode, 400, `${url}`);
  }
});

test("endpoints shows what is disabled, and enable lets it go on", async (t) => {
  const rig = await startHttp(t);
  assert.deepEqual(dataOf(await rig.call("GET", "/api/webhooks/endpoints")), { endpoints: [] });
  const answer = await rig.call("POST", "/api/webhooks/endpoints/enable", {
    json: { host: "a.example" },
  });
  assert.equal(answer.statusCode, 404);
});
