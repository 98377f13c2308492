import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { SCOPES } from "../../../core/key.ts";

const SECRET = "xai-a-key-that-nobody-may-see-a1f3";

async function start(t: Parameters<typeof startHttp>[0]) {
  const rig = await startHttp(t);
  const { secret: key } = await rig.addKey(rig.projectId, "live", { scopes: SCOPES });
  const add = (json: unknown) => rig.call("POST", "/api/provider-keys", { key, json });
  const list = async () => dataOf(await rig.call("GET", "/api/providers", { key }));
  const find = async (name: string) => {
    const { providers } = await list();
    assert.ok(Array.isArray(providers));
    return providers.find((provider) => provider.name === name);
  };
  return { rig, key, add, list, find };
}

test("a provider without a key says what would activate it", async (t) => {
  const { find } = await start(t);
  const xai = await find("xai");
  assert.deepEqual([xai.state, xai.activated_by, xai.accounts], ["no_key", "XAI_API_KEY", []]);
  const own = await find("offline");
  assert.deepEqual([own.state, own.activated_by], ["healthy", null]);
  assert.equal(own.accounts[0].source, "built-in");
});

test("a key that is added serves at once, and is removed at once", async (t) => {
  const { rig, key, add, list, find } = await start(t);
  assert.deepEqual(await providersOf(rig), ["offline"]);
  const added = dataOf(await add({ provider: "xai", key: SECRET }));
  const { key_id: id, ...told } = added;
  assert.deepEqual(told, {
    ...{ provider: "xai", account: "console", host: "api.x.ai", last4: "a1f3" },
    ...{ created_time: "2026-11-20T10:30:00", readable: true },
    ...{ active: true, others_need_restart: false },
  });
  const [account] = (await find("xai")).accounts;
  assert.deepEqual(account, {
    ...{ account: "console", source: "console", host: "api.x.ai", state: "healthy" },
    ...{ until_time: null, in_flight: 0, last_error: null },
    ...{ concurrency_max: null, per_minute_max: null },
  });
  assert.deepEqual(await providersOf(rig), ["xai"]);
  const used = rig.services.upstreams.registry.active.find((one) => one.provider.name === "xai");
  assert.deepEqual(used?.accounts[0]?.secret, { key: SECRET });
  const gone = await rig.call("POST", `/api/provider-keys/${id}/remove`, { key });
  assert.equal(dataOf(gone).removed, true);
  assert.equal((await find("xai")).state, "no_key");
  assert.deepEqual((await list()).keys, []);
  assert.equal(
    (await rig.call("POST", `/api/provider-keys/${id}/remove`, { key })).statusCode,
    404,
  );
  const audit = await rig.store.audit.list({ projectId: rig.projectId, limit: 9 });
  const acts = audit.filter(({ action }) => action.startsWith("provider_key"));
  assert.deepEqual(acts.map(({ action, subject }) => `${action} ${subject}`).toSorted(), [
    ...["provider_key.create xai/console", "provider_key.delete xai/console"],
  ]);
});

test("a key is told by nothing, and stands nowhere in clear", async (t) => {
  const { rig, key, add } = await start(t);
  await add({ provider: "xai", key: SECRET });
  for (const path of ["/api/providers", "/api/audit", "/api/model-health"]) {
    assert.ok(!(await rig.call("GET", path, { key })).body.includes(SECRET.slice(0, -4)), path);
  }
  const { dataDir } = rig.services.settings;
  for (const name of ["vidgo.db", "vidgo.db-wal"]) {
    assert.ok(!(await readFile(join(dataDir, name))).includes("nobody-may-see"), name);
  }
});

test("a key that was moved to another address is not used", async (t) => {
  const { rig, add, find, list } = await start(t);
  await add({ provider: "xai", key: SECRET });
  const [row] = await rig.store.providerKeys.list();
  assert.ok(row);
  const who = { projectId: rig.projectId, actor: "operator", nowMs: 1 };
  await rig.store.providerKeys.remove({ ...who, auditId: "aud_1", id: row.id });
  const moved = { ...row, baseUrl: "https://evil.example/v1" };
  await rig.store.providerKeys.add({ ...who, auditId: "aud_2", ...moved });
  await rig.services.keyring.load();
  assert.equal((await find("xai")).state, "no_key");
  const { keys } = await list();
  assert.ok(Array.isArray(keys));
  assert.equal(keys[0].readable, false);
});

test("what cannot be added is refused, and told why", async (t) => {
  const { add } = await start(t);
  await add({ provider: "xai", key: SECRET });
  for (const [json, status, says] of [
    [{ provider: "nobody", key: SECRET }, 400, /^provider must be one of: openai-images, /],
    [{ provider: "xai", key: "short" }, 400, /^key must be 8 to 4096/],
    [{ provider: "xai", key: SECRET, account: "environment" }, 400, /^account must be/],
    [{ provider: "xai", key: SECRET, base_url: "https://x" }, 400, /^Body must hold/],
    [{ provider: "vidgo", key: SECRET }, 400, /set VIDGO_UPSTREAM_URL in the environment$/],
    [{ provider: "xai", key: SECRET }, 409, /^account console of xai exists already/],
  ] as const) {
    const answer = await add(json);
    assert.equal(answer.statusCode, status, answer.body);
    assert.match(errorOf(answer).message, says);
    assert.ok(!answer.body.includes(SECRET));
  }
});

test("an admin of another project is a customer here", async (t) => {
  const { rig } = await start(t);
  const { secret: key } = await rig.addKey(rig.addProject(), "live", { scopes: SCOPES });
  for (const [method, path] of [
    ["GET", "/api/providers"],
    ["POST", "/api/provider-keys"],
    ["POST", "/api/provider-keys/pky_1/remove"],
  ] as const) {
    const answer = await rig.call(method, path, method === "GET" ? { key } : { key, json: {} });
    assert.equal(answer.statusCode, 403);
    assert.equal(errorOf(answer).message, "Only the first project of this gateway may ask");
  }
  const { models } = dataOf(await rig.call("GET", "/api/model-health", { key }));
  assert.ok(Array.isArray(models));
  assert.equal(models[0].routes[0].account, null);
});

/** Who would serve a live task. */
async function providersOf(rig: HttpRig): Promise<unknown> {
  return dataOf(await rig.call("GET", "/api/models/grok-imagine")).providers;
}
