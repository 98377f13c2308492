import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SCOPES, USUAL_SCOPES } from "../../core/key.ts";
import type { NewKeyRow } from "../key-store.ts";
import type { AcceptResult } from "../store.ts";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

const DAY_MS = 86_400_000;

/** What limits, events, scopes and the audit log promise. */
export function describeDoors(name: string, open: OpenStore): void {
  describe(`${name}: doors`, () => {
    test("accept() keeps the limit of open tasks, however many come at once", async (t) => {
      const f = await setUp(t, open);
      const limits = { openTasksMax: 10, spendPerDayMax: Number.MAX_SAFE_INTEGER };
      const results = await race(f, 60, { limits });
      assert.equal(results.filter(({ kind }) => kind === "accepted").length, 10);
      assert.deepEqual(
        results.find(({ kind }) => kind !== "accepted"),
        { kind: "crowded", openTasksMax: 10 },
      );
      assert.equal(await f.count("task"), 10);
      assert.equal(await openTasks(f), 10);
      const [held] = await f.claim();
      assert.ok(held);
      await f.store.tasks.settle(f.fail(held));
      assert.equal(await openTasks(f), 9);
      assert.deepEqual(await race(f, 1, { limits }), [{ kind: "accepted" }]);
    });

    test("accept() keeps the limit of a day's spending, however many come at once", async (t) => {
      const f = await setUp(t, open);
      const hold = f.submission().task.hold;
      const limits = { openTasksMax: 1_000, spendPerDayMax: 3 * hold + 1 };
      const results = await race(f, 40, { limits });
      assert.equal(results.filter(({ kind }) => kind === "accepted").length, 3);
      assert.deepEqual(
        results.find(({ kind }) => kind !== "accepted"),
        { kind: "capped", spendPerDayMax: limits.spendPerDayMax },
      );
    });

    test("what is released is not spent, and the next day begins at nothing", async (t) => {
      const f = await setUp(t, open);
      const { hold } = f.submission().task;
      const limits = { openTasksMax: 1_000, spendPerDayMax: hold };
      assert.deepEqual(await race(f, 1, { limits }), [{ kind: "accepted" }]);
      assert.equal((await race(f, 1, { limits }))[0]?.kind, "capped");
      await f.store.tasks.settle(f.fail(await f.claimOne()));
      assert.deepEqual(await race(f, 1, { limits }), [{ kind: "accepted" }]);
      const tomorrow = f.submission({ createdAtMs: f.nowMs + DAY_MS }, { limits });
      assert.deepEqual(await f.store.tasks.accept(tomorrow), { kind: "accepted" });
      const free = f.submission({ hold: 0 }, { limits });
      assert.deepEqual(await f.store.tasks.accept(free), { kind: "accepted" });
    });

    test("accept() tells of the balance before it tells of the day", async (t) => {
      const f = await setUp(t, open);
      const limits = { openTasksMax: 9, spendPerDayMax: 1 };
      const dear = f.submission({ hold: 90_000_000 }, { limits });
      const result = await f.store.tasks.accept(dear);
      assert.equal(result.kind, "insufficient");
      assert.equal(await openTasks(f), 0);
    });

    test("events stand in the order of their ends, without gaps", async (t) => {
      const f = await setUp(t, open);
      const { events, tasks } = f.store;
      assert.equal(await events.latest(f.projectId), 0);
      for (let index = 0; index < 12; index += 1) await f.accept();
      const claims = await f.claim(12);
      await Promise.all(claims.map((held) => tasks.settle(f.fail(held))));
      const all = await events.after(f.projectId, 0, 100);
      assert.deepEqual(
        all.map(({ position }) => position),
        Array.from({ length: 12 }, (_, index) => index + 1),
      );
      assert.deepEqual(all.map(({ taskId }) => taskId).sort(), claims.map(taskOf).sort());
      assert.deepEqual(await events.after(f.projectId, 4, 3), all.slice(4, 7));
      assert.deepEqual(await events.after("other", 0, 3), []);
      assert.equal(await events.latest(f.projectId), 12);
    });

    test("keys keep scopes, networks and expiry; the usual ones when none are said", async (t) => {
      const f = await setUp(t, open);
      await f.store.keys.create(newKey(f, "a"));
      const usual = await f.store.keys.find("digest-a");
      assert.deepEqual(
        [usual?.scopes, usual?.networks, usual?.expiresAtMs],
        [USUAL_SCOPES, [], null],
      );
      const narrow = { scopes: ["read"], networks: ["10.0.0.0/8", "::1"], expiresAtMs: 9 } as const;
      await f.store.keys.create({ ...newKey(f, "b"), ...narrow });
      const kept = await f.store.keys.find("digest-b");
      assert.deepEqual(
        [kept?.scopes, kept?.networks, kept?.expiresAtMs],
        [["read"], ["10.0.0.0/8", "::1"], 9],
      );
      await f.store.keys.setBootstrap(newKey(f, "c"));
      assert.deepEqual((await f.store.keys.find("digest-c"))?.scopes, SCOPES);
    });

    test("the audit log tells who did what, and cannot be changed", async (t) => {
      const f = await setUp(t, open);
      const key = newKey(f, "a");
      await f.store.keys.create({ ...key, madeBy: "key_9", createdAtMs: f.nowMs + 1 });
      await f.store.keys.revoke({
        projectId: f.projectId,
        keyId: key.id,
        nowMs: f.nowMs + 2,
        actor: "key_8",
      });
      await f.store.webhooks.rotate({
        projectId: f.projectId,
        auditId: f.id("aud"),
        actor: "key_7",
        nowMs: f.nowMs + 3,
      });
      const query = { projectId: f.projectId, limit: 3 };
      const entries = await f.store.audit.list(query);
      assert.deepEqual(
        entries.map(({ actor, action, subject }) => [actor, action, subject]),
        [
          ["key_7", "webhooks.rotate", f.projectId],
          ["key_8", "key.revoke", key.id],
          ["key_9", "key.create", key.id],
        ],
      );
      const [first] = entries;
      assert.ok(first);
      const older = await f.store.audit.list({ ...query, before: first });
      assert.deepEqual(older.slice(0, 2), entries.slice(1));
      assert.equal(older[2]?.action, "credits.grant");
      assert.deepEqual(await f.store.audit.list({ ...query, projectId: "other" }), []);
      await assert.rejects(async () => await f.look(`UPDATE audit SET actor = 'nobody'`));
      await assert.rejects(async () => await f.look(`DELETE FROM audit`));
      assert.equal(await f.count("audit"), 4);
    });
  });
}

function taskOf({ task }: { readonly task: { readonly id: string } }): string {
  return task.id;
}

function newKey(f: Fixture, digest: string): NewKeyRow {
  return {
    id: f.id("key"),
    projectId: f.projectId,
    name: "test",
    mode: "live",
    digest: `digest-${digest}`,
    prefix: "vg_live_abcd",
    last4: "wxyz",
    createdAtMs: f.nowMs,
  };
}

function race(
  f: Fixture,
  count: number,
  rest: Parameters<Fixture["submission"]>[1],
): Promise<readonly AcceptResult[]> {
  const wishes = Array.from({ length: count }, () => f.submission({}, rest));
  return Promise.all(wishes.map((wish) => f.store.tasks.accept(wish)));
}

async function openTasks(f: Fixture): Promise<number> {
  const [row] = await f.look(`SELECT open_tasks FROM project`);
  return Number(row?.open_tasks);
}
