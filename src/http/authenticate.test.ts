import assert from "node:assert/strict";
import { after, test } from "node:test";
import { errorOf, type HttpRig, startHttp } from "../../test/support/http.ts";
import { makeKey, showKey } from "../core/key.ts";
import { systemRandom } from "../lib/random.ts";

const rig: HttpRig = await startHttp({ after });
const good = await rig.addKey(rig.projectId, "live");
const ask = (authorization: string) =>
  rig.call("GET", "/api/user/balance", { key: null, headers: { authorization } });

/** Counts the questions to the table of keys while `work` runs. */
async function countLookUps(work: () => Promise<void>): Promise<number> {
  const { find } = rig.store.keys;
  let count = 0;
  Object.assign(rig.store.keys, {
    find: (digest: string) => {
      count += 1;
      return find(digest);
    },
  });
  await work();
  Object.assign(rig.store.keys, { find });
  return count;
}

for (const scheme of ["Bearer", "bearer", "BEARER"]) {
  test(`authenticate() takes the scheme ${scheme}`, async () => {
    assert.equal((await ask(`${scheme} ${good.secret}`)).statusCode, 200);
    assert.equal((await ask(`${scheme}   ${good.secret} `)).statusCode, 200);
  });
}

const unknown = makeKey("live", systemRandom).secret;
const REFUSED: readonly (readonly [string, string])[] = [
  ["a key without a scheme", good.secret],
  ["another scheme", `Basic ${good.secret}`],
  ["no key", "Bearer"],
  ["an empty key", "Bearer "],
  ["two keys", `Bearer ${good.secret} ${good.secret}`],
  ["a key in quotes", `Bearer "${good.secret}"`],
  ["an unknown key with a good checksum", `Bearer ${unknown}`],
  [
    "a wrong checksum",
    `Bearer ${good.secret.slice(0, -1)}${good.secret.endsWith("a") ? "b" : "a"}`,
  ],
  ["a short key", "Bearer short"],
  ["an unknown key of another form", `Bearer ${"k".repeat(40)}`],
  ["a key in other letters", `Bearer ${good.secret.toUpperCase()}`],
  ["a key that is too long", `Bearer ${"k".repeat(600)}`],
  ["signs beyond ASCII", `Bearer ${"é".repeat(40)}`],
];

const plain = await rig.call("GET", "/api/user/balance", { key: null });

for (const [name, authorization] of REFUSED) {
  test(`authenticate() refuses ${name} with the one answer`, async () => {
    const answer = await ask(authorization);
    assert.equal(answer.statusCode, 401);
    assert.equal(answer.body, plain.body);
    assert.equal(answer.headers["www-authenticate"], "Bearer");
  });
}

test("authenticate() words its refusal as the documentation does", () => {
  assert.deepEqual(errorOf(plain), {
    message: "Unauthorized - Invalid API key",
    type: "authentication_error",
  });
});

test("authenticate() looks at no key outside the header", async () => {
  const answer = await rig.call("GET", `/api/user/balance?key=${good.secret}`, {
    key: null,
    headers: { "x-api-key": good.secret, cookie: `key=${good.secret}` },
  });
  assert.equal(answer.statusCode, 401);
});

test("authenticate() asks the store nothing about a key that cannot exist", async () => {
  const count = await countLookUps(async () => {
    await ask(`Bearer vg_live_${"a".repeat(49)}`);
    await ask("Bearer short");
    await ask("Bearer");
  });
  assert.equal(count, 0);
});

test("authenticate() asks the store once a second about a good key", async () => {
  const { secret } = await rig.addKey(rig.projectId, "live");
  const count = await countLookUps(async () => {
    for (let index = 0; index < 5; index += 1) await ask(`Bearer ${secret}`);
    await rig.clock.advance(999);
    await ask(`Bearer ${secret}`);
    await rig.clock.advance(1);
    await ask(`Bearer ${secret}`);
  });
  assert.equal(count, 2);
});

test("authenticate() knows a revoked key for a second at most", async () => {
  const { id, secret } = await rig.addKey(rig.projectId, "live");
  assert.equal((await ask(`Bearer ${secret}`)).statusCode, 200);
  await rig.store.keys.revoke({
    projectId: rig.projectId,
    keyId: id,
    nowMs: rig.clock.nowMs(),
    actor: "operator",
  });
  await rig.clock.advance(1_000);
  const answer = await ask(`Bearer ${secret}`);
  assert.equal(answer.statusCode, 401);
  assert.equal(answer.body, plain.body);
});

test("authenticate() lets a key in as soon as it is made", async () => {
  const { secret } = makeKey("live", systemRandom);
  assert.equal((await ask(`Bearer ${secret}`)).statusCode, 401);
  const row = { id: "key_late", projectId: rig.projectId, name: "late", mode: "live" } as const;
  await rig.store.keys.create({ ...row, ...showKey(secret), createdAtMs: rig.clock.nowMs() });
  assert.equal((await ask(`Bearer ${secret}`)).statusCode, 200);
});

test("authenticate() notes the last use once a minute and waits for nothing", async () => {
  const { id, secret } = await rig.addKey(rig.projectId, "live");
  const { touch } = rig.store.keys;
  const touched: number[] = [];
  const written: Promise<void>[] = [];
  Object.assign(rig.store.keys, {
    touch: (keyId: string, nowMs: number) => {
      touched.push(nowMs);
      const writing = touch(keyId, nowMs);
      written.push(writing);
      return writing;
    },
  });
  const first = rig.clock.nowMs();
  for (const waitMs of [0, 30_000, 29_000, 1_000]) {
    await rig.clock.advance(waitMs);
    await ask(`Bearer ${secret}`);
  }
  await Promise.all(written);
  Object.assign(rig.store.keys, { touch });
  assert.deepEqual(touched, [first, first + 60_000]);
  const row = (await rig.store.keys.list(rig.projectId)).find((key) => key.id === id);
  assert.equal(row?.lastUsedAtMs, first + 60_000);
});

test("authenticate() serves on when the last use cannot be noted", async () => {
  const { secret } = await rig.addKey(rig.projectId, "live");
  const { touch } = rig.store.keys;
  Object.assign(rig.store.keys, { touch: async () => assert.fail("disk full") });
  assert.equal((await ask(`Bearer ${secret}`)).statusCode, 200);
  Object.assign(rig.store.keys, { touch });
});

test("authenticate() says 500 and lets nobody in when the store fails", async () => {
  const { secret } = await rig.addKey(rig.projectId, "live");
  const { find } = rig.store.keys;
  Object.assign(rig.store.keys, { find: async () => assert.fail("a secret of the database") });
  const answer = await ask(`Bearer ${secret}`);
  Object.assign(rig.store.keys, { find });
  assert.equal(answer.statusCode, 500);
  assert.ok(!answer.body.includes("secret of the database"));
});
