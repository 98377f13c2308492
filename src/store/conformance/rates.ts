import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Fixture, type OpenStore, setUp } from "./fixture.ts";

const SECOND_US = 1_000_000;

/** What the buckets that all nodes draw from promise. */
export function describeRates(name: string, open: OpenStore): void {
  describe(`${name}: rates`, () => {
    test("take() gives no more than a burst, however many ask at once", async (t) => {
      const f = await setUp(t, open);
      const asked = Array.from({ length: 20 }, () => take(f, { want: 3 }));
      const given = (await Promise.all(asked)).map(({ granted }) => granted);
      assert.equal(sum(given), 10);
      assert.ok(given.every((granted) => granted <= 3));
      const other = await f.store.rates.take({ ...WISH, name: "other", nowMs: f.nowMs });
      assert.equal(other.granted, 1, "others are not touched");
    });

    test("take() tells in which time the bucket is full again", async (t) => {
      const f = await setUp(t, open);
      assert.deepEqual(await take(f, { want: 4 }), { granted: 4, standUs: 4 * HOUR_US });
      const rest = await take(f, { want: 9 });
      assert.equal(rest.granted, 6);
      const none = await take(f, { want: 1 });
      assert.equal(none.granted, 0);
      // The database's clock may have gone on meanwhile.
      const late = 10 * HOUR_US - none.standUs;
      assert.ok(late >= 0 && late < 60 * SECOND_US, `${none.standUs}`);
    });

    test("prune() forgets buckets that have long been full, and no others", async (t) => {
      const f = await setUp(t, open);
      await f.store.rates.take({ ...WISH, name: "short", intervalUs: 1, nowMs: f.nowMs });
      await take(f, { want: 10 });
      const cuts = { inputsBeforeMs: 0, keysBeforeMs: 0, deliveriesBeforeMs: 0, eventsBeforeMs: 0 };
      await f.store.upkeep.prune({ ...cuts, nowMs: Date.now() + 2 * 3_600_000, limit: 10 });
      const rows = await f.look(`SELECT name FROM rate`);
      assert.deepEqual(
        rows.map((row) => row.name),
        ["bucket"],
      );
    });
  });
}

const HOUR_US = 3_600 * SECOND_US;
const WISH = { name: "bucket", intervalUs: HOUR_US, burst: 10, want: 1 };

function take(f: Fixture, change: { readonly want: number }) {
  return f.store.rates.take({ ...WISH, ...change, nowMs: f.nowMs });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
