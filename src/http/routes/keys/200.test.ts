import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, errorOf, type HttpRig, startHttp } from "../../../../test/support/http.ts";
import { signUp } from "../../../../test/support/visitor.ts";

const SUBMIT = { model: "grok-imagine", input: { prompt: "a red fox" } };
const HOUR_MS = 3_600_000;

test("a key is made with all that it may, shown once, and listed without its secret", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const json = {
    ...{ name: "render", mode: "test", scopes: ["read", "submit"], networks: ["127.0.0.1"] },
    ...{ expires_in_days: 2, spend_per_day: 600, spend_total: 9_000.5, requests_per_minute: 60 },
  };
  const made = dataOf(await ada.ask("POST", "/api/keys", { json }));
  const { key, ...shown } = made;
  assert.match(String(key), /^vg_test_\w{49}$/);
  assert.partialDeepStrictEqual(shown, {
    ...{ name: "render", mode: "test", status: "active", bootstrap: false },
    ...{ made_by: ada.personId, scopes: ["submit", "read"], networks: ["127.0.0.1"] },
    ...{ requests_per_minute: 60, spend_per_day: "600", spend_total: "9000.5" },
    ...{ spent_today: "0", spent_total: "0", last_used_time: null },
    ...{ expires_time: "2026-11-22T10:30:00", revoked_time: null, replaced_by: null },
  });
  const list = await ada.ask("GET", "/api/keys");
  assert.ok(!list.body.includes(String(key)));
  const listed = listOf(list.json()).find(({ id }) => id === made.id);
  assert.deepEqual(listed, shown);
});

test("a key's requests a minute and caps hold on the wire", async (t) => {
  const rig = await startHttp(t);
  const make = async (json: object) => {
    const answer = await rig.call("POST", "/api/keys", { key: await adminKey(rig), json });
    return String(dataOf(answer).key);
  };
  const slow = await make({ requests_per_minute: 2 });
  const ask = () => rig.call("GET", "/api/user/balance", { key: slow });
  assert.deepEqual([(await ask()).statusCode, (await ask()).statusCode], [200, 200]);
  const refused = await ask();
  assert.equal(refused.statusCode, 429);
  assert.ok(Number(refused.headers["retry-after"]) >= 1);

  const daily = await make({ spend_per_day: 31 });
  const submit = (key: string) => rig.call("POST", "/api/generate/submit", { key, json: SUBMIT });
  assert.equal((await submit(daily)).statusCode, 200);
  const capped = await submit(daily);
  assert.equal(capped.statusCode, 429);
  assert.match(errorOf(capped).message, /^The key may spend 31 credits a day/);
  const total = await make({ spend_total: 29 });
  const over = await submit(total);
  assert.equal(over.statusCode, 402);
  assert.match(errorOf(over).message, /^The key may spend 29 credits in all/);
});

test("uses and spending of a key are seen by the hour and the day", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  for (let index = 0; index < 3; index += 1) await rig.call("GET", "/api/user/balance");
  await rig.clock.advance(2 * HOUR_MS);
  await rig.call("POST", "/api/generate/submit", { json: SUBMIT });
  await rig.store.ping();
  ada.cookie = (await signUp(rig, "bob@example.com")).cookie;
  const key = listOf((await ada.ask("GET", "/api/keys")).json()).find(({ id }) => id === rig.keyId);
  assert.ok(key);
  assert.equal(key.uses.length, 36);
  assert.deepEqual(key.uses.slice(-3), [1, 0, 3]);
  assert.equal(key.spent_today, "30");
  assert.equal(key.spent_total, null);
});

test("a rotated key works beside its successor for the overlap", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const made = dataOf(await ada.ask("POST", "/api/keys", { json: { spend_total: 50 } }));
  const works = async (key: unknown) =>
    (await rig.call("GET", "/api/user/balance", { key: String(key) })).statusCode;
  const json = { overlap_hours: 1 };
  const next = dataOf(await ada.ask("POST", `/api/keys/${made.id}/rotate`, { json }));
  assert.equal(next.spend_total, "50");
  assert.equal(next.former_id, made.id);
  assert.equal(next.former_expires_time, "2026-11-20T11:30:00");
  const former = listOf((await ada.ask("GET", "/api/keys")).json()).find(
    ({ id }) => id === made.id,
  );
  assert.deepEqual([former?.status, former?.replaced_by], ["rotating", next.id]);
  assert.equal(former?.expires_time, "2026-11-20T11:30:00");
  assert.deepEqual([await works(made.key), await works(next.key)], [200, 200]);
  await rig.clock.advance(HOUR_MS);
  assert.deepEqual([await works(made.key), await works(next.key)], [401, 200]);
});

test("a revoked key is refused within a second, and once only revoked", async (t) => {
  const rig = await startHttp(t);
  const ada = await signUp(rig, "ada@example.com");
  const made = dataOf(await ada.ask("POST", "/api/keys"));
  const key = String(made.key);
  assert.equal((await rig.call("GET", "/api/user/balance", { key })).statusCode, 200);
  const revoked = dataOf(await ada.ask("POST", `/api/keys/${made.id}/revoke`));
  assert.equal(revoked.status, "revoked");
  await rig.clock.advance(1_000);
  assert.equal((await rig.call("GET", "/api/user/balance", { key })).statusCode, 401);
  assert.equal((await ada.ask("POST", `/api/keys/${made.id}/revoke`)).statusCode, 404);
});

test("another project's keys, members and invitations answer as unknown ones", async (t) => {
  const rig = await startHttp(t);
  const other = rig.addProject();
  const ada = await signUp(rig, "ada@example.com");
  const eve = await signUp(rig, "eve@example.com", { projectId: other });
  const made = dataOf(await ada.ask("POST", "/api/keys"));
  const invited = dataOf(await ada.ask("POST", "/api/invitations", { json: { role: "viewer" } }));
  for (const [path, id, none] of [
    ["/api/keys/ID/rotate", made.id, "key_none"],
    ["/api/keys/ID/revoke", made.id, "key_none"],
    ["/api/members/ID/role", ada.personId, "person_none"],
    ["/api/members/ID/remove", ada.personId, "person_none"],
    ["/api/invitations/ID/revoke", invited.id, "inv_none"],
  ] as const) {
    const json = path.endsWith("/role") ? { role: "viewer" } : {};
    const foreign = await eve.ask("POST", path.replace("ID", String(id)), { json });
    const unknown = await eve.ask("POST", path.replace("ID", none), { json });
    assert.deepEqual([foreign.statusCode, foreign.body], [404, unknown.body], path);
  }
  for (const path of ["/api/keys", "/api/members", "/api/invitations", "/api/project"]) {
    const { body } = await eve.ask("GET", path);
    for (const id of [made.id, invited.id, ada.personId, rig.projectId]) {
      assert.ok(!body.includes(String(id)), `${path} shows ${id}`);
    }
  }
});

interface Listed {
  readonly id: string;
  readonly uses: readonly number[];
  readonly status: string;
  readonly replaced_by: string | null;
  readonly spent_today: string;
  readonly spent_total: string | null;
  readonly expires_time: string | null;
}

function listOf(body: { readonly data: { readonly keys: readonly Listed[] } }): readonly Listed[] {
  return body.data.keys;
}

async function adminKey(rig: HttpRig): Promise<string> {
  return (await rig.addKey(rig.projectId, "live", { scopes: ["admin"] })).secret;
}
