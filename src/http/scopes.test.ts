import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../test/support/http.ts";

const BALANCE = "/api/user/balance";

test("an expired key is refused from its moment on, with the one answer", async (t) => {
  const rig = await startHttp(t);
  const expiresAtMs = rig.clock.nowMs() + 60_000;
  const { secret } = await rig.addKey(rig.projectId, "live", { expiresAtMs });
  assert.equal((await rig.call("GET", BALANCE, { key: secret })).statusCode, 200);
  await rig.clock.advance(60_000);
  const refused = await rig.call("GET", BALANCE, { key: secret });
  const none = await rig.call("GET", BALANCE, { key: null });
  assert.deepEqual([refused.statusCode, refused.body], [401, none.body]);
});

test("a revoked key works for a second at most", async (t) => {
  const rig = await startHttp(t);
  const key = await rig.addKey(rig.projectId, "live");
  assert.equal((await rig.call("GET", BALANCE, { key: key.secret })).statusCode, 200);
  await rig.store.keys.revoke({
    projectId: rig.projectId,
    keyId: key.id,
    nowMs: rig.clock.nowMs(),
    actor: "operator",
  });
  await rig.clock.advance(1_000);
  assert.equal((await rig.call("GET", BALANCE, { key: key.secret })).statusCode, 401);
});

test("a key with networks works inside them, also while it is remembered", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "live", { networks: ["192.0.2.0/24"] });
  const from = async (remoteAddress: string) => {
    const headers = { authorization: `Bearer ${secret}` };
    const answer = await rig.app.inject({ method: "GET", url: BALANCE, headers, remoteAddress });
    return answer.statusCode;
  };
  assert.equal(await from("198.51.100.1"), 401);
  assert.equal(await from("192.0.2.9"), 200);
  assert.equal(await from("198.51.100.1"), 401);
  assert.equal(await from("::ffff:192.0.2.9"), 200);
});

test("X-Forwarded-For counts only when it comes from a trusted proxy", async (t) => {
  for (const [trustedProxies, status] of [
    [[], 401],
    [["127.0.0.1"], 200],
  ] as const) {
    const rig = await startHttp(t, { trustedProxies });
    const { secret } = await rig.addKey(rig.projectId, "live", { networks: ["192.0.2.9"] });
    const headers = { "x-forwarded-for": "192.0.2.9" };
    assert.equal((await rig.call("GET", BALANCE, { key: secret, headers })).statusCode, status);
  }
});

test("a key without the scope gets 403 and is told which", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "live", { scopes: ["submit"] });
  const refused = await rig.call("GET", BALANCE, { key: secret });
  assert.equal(refused.statusCode, 403);
  assert.deepEqual(errorOf(refused), {
    message: "The key lacks the scope read",
    type: "permission_denied_error",
  });
});

test("20 bad keys a minute and address get 401, then 429; good keys go on", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.projectId, "live");
  const bad = (remoteAddress: string) =>
    rig.app.inject({
      method: "GET",
      url: BALANCE,
      headers: { authorization: `Bearer ${"k".repeat(40)}` },
      remoteAddress,
    });
  for (let index = 0; index < 20; index += 1) {
    assert.equal((await bad("192.0.2.1")).statusCode, 401);
  }
  const refused = await bad("192.0.2.1");
  assert.equal(refused.statusCode, 429);
  assert.ok(Number(refused.headers["retry-after"]) >= 1);
  assert.equal((await bad("192.0.2.2")).statusCode, 401);
  const good = await rig.app.inject({
    method: "GET",
    url: BALANCE,
    headers: { authorization: `Bearer ${secret}` },
    remoteAddress: "192.0.2.1",
  });
  assert.equal(good.statusCode, 200);
  for (let index = 0; index < 20; index += 1) await bad(`2001:db8:0:1::${index}`);
  assert.equal((await bad("2001:db8:0:1:ffff::1")).statusCode, 429, "one network, one address");
});
