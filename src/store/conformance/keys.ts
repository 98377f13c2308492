import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { USUAL_SCOPES } from "../../core/key.ts";
import type { NewKeyRow } from "../key-store.ts";
import { type Fixture, GRANTED, type OpenStore, setUp } from "./fixture.ts";

/** What keys and projects promise. */
export function describeKeys(name: string, open: OpenStore): void {
  describe(`${name}: keys`, () => {
    test("create(), find() and list() give a key as it was stored", async (t) => {
      const f = await setUp(t, open);
      const first = makeKey(f, { createdAtMs: f.nowMs + 1, mode: "test" });
      const second = makeKey(f, { createdAtMs: f.nowMs + 2 });
      await f.store.keys.create(second);
      await f.store.keys.create(first);
      const stored = {
        bootstrap: false,
        revokedAtMs: null,
        lastUsedAtMs: null,
        expiresAtMs: null,
        scopes: USUAL_SCOPES,
        networks: [],
        madeBy: null,
        replacedBy: null,
        requestsPerMinute: null,
        spendPerDayMax: null,
        spendMax: null,
        spent: 0,
      };
      assert.deepEqual(await f.store.keys.find(first.digest), { ...first, ...stored });
      assert.equal(await f.store.keys.find("0".repeat(64)), null);
      const listed = await f.store.keys.list(f.projectId);
      assert.deepEqual(
        listed.map(({ id }) => id),
        [first.id, second.id],
      );
      assert.deepEqual(await f.store.keys.list("proj_other"), []);
      assert.equal(await f.store.keys.any(f.projectId), true);
      assert.equal(await f.store.keys.any("proj_other"), false);
    });

    test("create() refuses a digest that is taken", async (t) => {
      const f = await setUp(t, open);
      const key = makeKey(f);
      await f.store.keys.create(key);
      await assert.rejects(f.store.keys.create({ ...makeKey(f), digest: key.digest }));
      assert.equal((await f.store.keys.list(f.projectId)).length, 1);
    });

    test("revoke() works once, within the project, and the key stays to be seen", async (t) => {
      const f = await setUp(t, open);
      const key = makeKey(f);
      await f.store.keys.create(key);
      assert.equal(
        await f.store.keys.revoke({
          projectId: "proj_other",
          keyId: key.id,
          nowMs: f.nowMs,
          actor: "operator",
        }),
        false,
      );
      assert.equal(
        await f.store.keys.revoke({
          projectId: f.projectId,
          keyId: "key_none",
          nowMs: f.nowMs,
          actor: "operator",
        }),
        false,
      );
      assert.equal(
        await f.store.keys.revoke({
          projectId: f.projectId,
          keyId: key.id,
          nowMs: f.nowMs + 1,
          actor: "operator",
        }),
        true,
      );
      assert.equal(
        await f.store.keys.revoke({
          projectId: f.projectId,
          keyId: key.id,
          nowMs: f.nowMs + 2,
          actor: "operator",
        }),
        false,
      );
      assert.equal((await f.store.keys.find(key.digest))?.revokedAtMs, f.nowMs + 1);
    });

    test("rotate() stores the next key and ends the former when told", async (t) => {
      const f = await setUp(t, open);
      const former = makeKey(f);
      await f.store.keys.create(former);
      const next = makeKey(f, { createdAtMs: f.nowMs + 1, madeBy: "key_9" });
      const turn = { next, formerId: former.id, formerEndsAtMs: f.nowMs + 50 };
      assert.equal(await f.store.keys.rotate(turn), true);
      assert.equal((await f.store.keys.find(former.digest))?.expiresAtMs, f.nowMs + 50);
      assert.equal((await f.store.keys.find(next.digest))?.expiresAtMs, null);
      const [entry] = await f.store.audit.list({ projectId: f.projectId, limit: 1 });
      assert.deepEqual(
        [entry?.actor, entry?.action, entry?.subject],
        ["key_9", "key.rotate", former.id],
      );
      const again = { next: makeKey(f), formerId: former.id, formerEndsAtMs: f.nowMs + 90 };
      assert.equal(await f.store.keys.rotate(again), true, "while it lasts");
      const ended = (await f.store.keys.find(former.digest))?.expiresAtMs;
      assert.equal(ended, f.nowMs + 50, "never later than it was");
    });

    test("rotate() leaves alone what is not in force here, and stores nothing", async (t) => {
      const f = await setUp(t, open);
      const [ended, revoked, bootstrap] = [
        makeKey(f, { expiresAtMs: f.nowMs }),
        makeKey(f),
        makeKey(f),
      ];
      await f.store.keys.create(ended);
      await f.store.keys.create(revoked);
      await f.store.keys.revoke({
        ...{ projectId: f.projectId, keyId: revoked.id, nowMs: f.nowMs, actor: "operator" },
      });
      await f.store.keys.setBootstrap(bootstrap);
      const before = await f.store.keys.list(f.projectId);
      for (const formerId of ["key_none", ended.id, revoked.id, bootstrap.id]) {
        const turn = { next: makeKey(f), formerId, formerEndsAtMs: f.nowMs + 9 };
        assert.equal(await f.store.keys.rotate(turn), false, formerId);
      }
      const next = makeKey(f, { projectId: "proj_other" });
      const foreign = { next, formerId: before[0]?.id ?? "", formerEndsAtMs: f.nowMs + 9 };
      assert.equal(await f.store.keys.rotate(foreign), false);
      assert.deepEqual(await f.store.keys.list(f.projectId), before);
    });

    test("touch() notes the last use", async (t) => {
      const f = await setUp(t, open);
      const key = makeKey(f);
      await f.store.keys.create(key);
      await f.store.keys.touch(key.id, f.nowMs + 3);
      await f.store.keys.touch("key_none", f.nowMs);
      assert.equal((await f.store.keys.find(key.digest))?.lastUsedAtMs, f.nowMs + 3);
    });

    test("setBootstrap() is repeatable, and a changed one revokes the former", async (t) => {
      const f = await setUp(t, open);
      const [first, second] = [makeKey(f), makeKey(f)];
      await f.store.keys.setBootstrap(first);
      await f.store.keys.setBootstrap({ ...first, id: f.id("key") });
      assert.equal((await f.store.keys.list(f.projectId)).length, 1);
      await f.store.keys.setBootstrap({ ...second, createdAtMs: f.nowMs + 9 });
      assert.equal((await f.store.keys.find(first.digest))?.revokedAtMs, f.nowMs + 9);
      assert.equal((await f.store.keys.find(second.digest))?.revokedAtMs, null);
      assert.equal((await f.store.keys.find(second.digest))?.bootstrap, true);
      await f.store.keys.setBootstrap(first);
      assert.equal((await f.store.keys.find(first.digest))?.revokedAtMs, null, "back in force");
    });

    test("revoke() ends a bootstrap key each time that a start brought it back", async (t) => {
      const f = await setUp(t, open);
      const key = makeKey(f);
      for (const nowMs of [f.nowMs + 1, f.nowMs + 2]) {
        await f.store.keys.setBootstrap(key);
        const wish = { projectId: f.projectId, keyId: key.id, nowMs, actor: "operator" };
        assert.equal(await f.store.keys.revoke(wish), true);
        assert.equal((await f.store.keys.find(key.digest))?.revokedAtMs, nowMs);
      }
    });

    test("setBootstrap() leaves other keys alone", async (t) => {
      const f = await setUp(t, open);
      const key = makeKey(f);
      await f.store.keys.create(key);
      await f.store.keys.setBootstrap(makeKey(f));
      assert.equal((await f.store.keys.find(key.digest))?.revokedAtMs, null);
    });

    test("setBootstrap() from several nodes at once makes one key", async (t) => {
      const f = await setUp(t, open);
      const key = makeKey(f);
      const wishes = Array.from({ length: 8 }, () => ({ ...key, id: f.id("key") }));
      await Promise.all(wishes.map((wish) => f.store.keys.setBootstrap(wish)));
      assert.equal((await f.store.keys.list(f.projectId)).length, 1);
    });

    test("ensureProject() makes one project and one grant however often asked", async (t) => {
      const f = await setUp(t, open);
      const ids = await Promise.all(
        Array.from({ length: 8 }, () =>
          f.store.keys.ensureProject({
            id: f.id("proj"),
            name: "Other",
            email: "other@example.com",
            grant: { id: f.id("led"), amount: 7, note: "start", nowMs: f.nowMs },
            nowMs: f.nowMs,
          }),
        ),
      );
      assert.deepEqual([...new Set(ids)], [f.projectId]);
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED);
    });
  });
}

function makeKey(f: Fixture, change: Partial<NewKeyRow> = {}): NewKeyRow {
  const id = f.id("key");
  return {
    id,
    projectId: f.projectId,
    name: "a key",
    mode: "live",
    digest: id.padStart(64, "0"),
    prefix: "vg_live_abcd",
    last4: "wxyz",
    createdAtMs: f.nowMs,
    ...change,
  };
}
