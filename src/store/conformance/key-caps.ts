import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KeyRow, NewKeyRow } from "../key-store.ts";
import type { AcceptResult } from "../store.ts";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** What a task of the fixture holds. */
const HOLD = 8_480;

/** What the caps and the counters of keys promise. */
export function describeKeyCaps(name: string, open: OpenStore): void {
  describe(`${name}: caps of keys`, () => {
    test("accept() keeps a key's cap of a day, however many come at once", async (t) => {
      const f = await setUp(t, open);
      const key = await addKey(f, { spendPerDayMax: 3 * HOLD + 1 });
      const results = await race(f, key, { count: 12 });
      assert.equal(count(results, "accepted"), 3);
      const refused = { kind: "key_capped", per: "day", max: 3 * HOLD + 1 };
      assert.deepEqual(
        results.find(({ kind }) => kind !== "accepted"),
        refused,
      );
      const tomorrow = await race(f, key, { count: 4, atMs: f.nowMs + DAY_MS });
      assert.equal(count(tomorrow, "accepted"), 3);
    });

    test("accept() keeps a key's cap in all and leaves other keys alone", async (t) => {
      const f = await setUp(t, open);
      const key = await addKey(f, { spendMax: 2 * HOLD });
      const free = await addKey(f);
      const [results, others] = await Promise.all([
        race(f, key, { count: 6 }),
        race(f, free, { count: 6 }),
      ]);
      assert.equal(count(results, "accepted"), 2);
      assert.equal(count(others, "accepted"), 6);
      const later = await race(f, key, { count: 1, atMs: f.nowMs + DAY_MS });
      assert.deepEqual(later, [{ kind: "key_capped", per: "total", max: 2 * HOLD }]);
      assert.equal((await rowOf(f, key)).spent, 2 * HOLD);
    });

    test("accept() that the project refuses costs the key nothing", async (t) => {
      const f = await setUp(t, open);
      const key = await addKey(f, { spendMax: 10 * HOLD });
      const limits = { openTasksMax: 0, spendPerDayMax: 0 };
      const change = { keyId: key.id };
      const refused = f.submission(change, { isKeyCapped: true, limits });
      assert.equal((await f.store.tasks.accept(refused)).kind, "crowded");
      assert.equal((await rowOf(f, key)).spent, 0);
    });

    test("settle() gives back to the key what was released", async (t) => {
      const f = await setUp(t, open);
      const key = await addKey(f, { spendMax: 2 * HOLD, spendPerDayMax: 2 * HOLD });
      assert.equal(count(await race(f, key, { count: 3 }), "accepted"), 2);
      const [held] = await f.claim();
      assert.ok(held);
      await f.store.tasks.settle(f.fail(held));
      assert.equal((await rowOf(f, key)).spent, HOLD);
      assert.equal(count(await race(f, key, { count: 3 }), "accepted"), 1);
    });

    test("rotate() takes caps and what was spent along, and names the successor", async (t) => {
      const f = await setUp(t, open);
      const key = await addKey(f, { spendMax: 3 * HOLD });
      await race(f, key, { count: 2 });
      const next = { ...makeKey(f), spendMax: 3 * HOLD };
      await f.store.keys.rotate({ next, formerId: key.id, formerEndsAtMs: f.nowMs + 50 });
      assert.equal((await rowOf(f, key)).replacedBy, next.id);
      assert.equal(count(await race(f, next, { count: 2 }), "accepted"), 1);
    });

    test("rotate() lets a key and its successors spend what was left together", async (t) => {
      const f = await setUp(t, open);
      const key = await addKey(f, { spendMax: 4 * HOLD, spendPerDayMax: 4 * HOLD });
      await race(f, key, { count: 1 });
      const [first, second, third] = [0, 1, 2].map(() => ({
        ...makeKey(f),
        ...{ spendMax: 4 * HOLD, spendPerDayMax: 4 * HOLD },
      }));
      assert.ok(first && second && third);
      const rotate = (former: NewKeyRow, next: NewKeyRow) =>
        f.store.keys.rotate({ next, formerId: former.id, formerEndsAtMs: f.nowMs + HOUR_MS });
      await rotate(key, first);
      assert.equal(count(await race(f, key, { count: 1 }), "accepted"), 1);
      // Its secret was lost, say: the same key is rotated once more.
      await rotate(key, second);
      assert.equal(count(await race(f, first, { count: 1 }), "accepted"), 1);
      await rotate(second, third);
      const line = [key, first, second, third];
      const results = await Promise.all(line.map((each) => race(f, each, { count: 2 })));
      assert.equal(count(results.flat(), "accepted"), 1);
      const [held] = await f.claim();
      assert.ok(held);
      await f.store.tasks.settle(f.fail(held));
      assert.equal(count(await race(f, third, { count: 2 }), "accepted"), 1);
    });

    test("touch() and activity() count uses by the hour, of the project alone", async (t) => {
      const f = await setUp(t, open);
      const key = await addKey(f);
      const atMs = 500_000 * HOUR_MS;
      await f.store.keys.touch(key.id, atMs, 3);
      await f.store.keys.touch(key.id, atMs + 1, 4);
      await f.store.keys.touch(key.id, atMs + HOUR_MS);
      await f.store.keys.touch(key.id, atMs - HOUR_MS, 9);
      await f.accept({ keyId: key.id });
      const wish = { projectId: f.projectId, fromHour: 500_000, nowMs: f.nowMs };
      const { uses, spentToday } = await f.store.keys.activity(wish);
      assert.deepEqual(
        [...uses].sort((a, b) => a.hour - b.hour),
        [
          { keyId: key.id, hour: 500_000, uses: 7 },
          { keyId: key.id, hour: 500_001, uses: 1 },
        ],
      );
      assert.deepEqual(spentToday, [{ keyId: key.id, amount: HOLD }]);
      const other = await f.store.keys.activity({ ...wish, projectId: "proj_other" });
      assert.deepEqual(other, { uses: [], spentToday: [] });
    });
  });
}

async function addKey(f: Fixture, change: Partial<NewKeyRow> = {}): Promise<NewKeyRow> {
  const key = { ...makeKey(f), ...change };
  await f.store.keys.create(key);
  return key;
}

function makeKey(f: Fixture): NewKeyRow {
  const id = f.id("key");
  return {
    ...{ id, projectId: f.projectId, name: "a key", mode: "live", createdAtMs: f.nowMs },
    ...{ digest: id.padStart(64, "0"), prefix: "vg_live_abcd", last4: "wxyz" },
  };
}

/** Submits by a key, all at once. */
function race(
  f: Fixture,
  key: NewKeyRow,
  { count: many, atMs = f.nowMs }: { readonly count: number; readonly atMs?: number },
): Promise<readonly AcceptResult[]> {
  const isKeyCapped = (key.spendMax ?? key.spendPerDayMax ?? null) !== null;
  const change = { keyId: key.id, createdAtMs: atMs };
  const wishes = Array.from({ length: many }, () => f.submission(change, { isKeyCapped }));
  return Promise.all(wishes.map((wish) => f.store.tasks.accept(wish)));
}

function count(results: readonly AcceptResult[], kind: AcceptResult["kind"]): number {
  return results.filter((result) => result.kind === kind).length;
}

async function rowOf(f: Fixture, key: NewKeyRow): Promise<KeyRow> {
  const row = await f.store.keys.find(key.digest);
  assert.ok(row);
  return row;
}
