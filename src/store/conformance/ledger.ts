import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Claim } from "../store.ts";
import { type Fixture, GRANTED, type OpenStore, setUp } from "./fixture.ts";

/** What holds of money however writes interleave. */
export function describeLedger(name: string, open: OpenStore): void {
  describe(`${name}: ledger`, () => {
    test("grant() raises the balance, and the same grant counts once", async (t) => {
      const f = await setUp(t, open);
      const grant = {
        id: "led_gift",
        projectId: f.projectId,
        amount: 5,
        note: "gift",
        nowMs: f.nowMs,
      };
      await f.store.tasks.grant(grant);
      await assert.rejects(f.store.tasks.grant(grant));
      assert.equal(await f.store.tasks.balance(f.projectId), GRANTED + 5);
      assert.equal(await f.store.tasks.balance("proj_none"), 0);
    });

    test("balances after any interleaving of submits, ends and cancels", async (t) => {
      const f = await setUp(t, open);
      await fc.assert(
        fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds) => {
          for (const acts of rounds) await playRound(f, acts);
          await checkBooks(f);
        }),
        { numRuns: 40 },
      );
      assert.ok((await f.count("ledger WHERE kind = 'settle'")) > 0, "some were paid");
      assert.ok((await f.count("ledger WHERE kind = 'release'")) > 0, "some were given back");
    });
  });
}

type Act =
  | { readonly kind: "submit"; readonly hold: number; readonly key: number | null }
  | { readonly kind: "end"; readonly share: number | null; readonly twice: boolean }
  | { readonly kind: "expire" | "cancel" };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("submit" as const),
      hold: fc.integer({ min: 0, max: 90_000 }),
      key: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("end" as const),
      share: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 3 }),
      twice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("expire", "cancel") }) },
);

/** Acts that happen at the same time. */
const round: fc.Arbitrary<readonly Act[]> = fc.array(act, { minLength: 1, maxLength: 8 });

async function playRound(f: Fixture, acts: readonly Act[]): Promise<void> {
  await Promise.all(acts.map((next) => play(f, next)));
}

async function play(f: Fixture, next: Act): Promise<void> {
  if (next.kind === "submit") {
    const idempotency = next.key === null ? null : { key: `k${next.key}`, fingerprint: "f" };
    await f.store.tasks.accept(f.submission({ hold: next.hold }, { idempotency }));
    return;
  }
  const [claim] = await f.claim(1, next.kind === "expire" ? 0 : 60_000);
  if (claim === undefined) return;
  if (next.kind === "end") await endTask(f, claim, next);
  else if (next.kind === "cancel") {
    assert.equal(await f.store.tasks.cancel(f.cancellation(claim.task.id)), "canceled");
  }
}

async function endTask(
  f: Fixture,
  claim: Claim,
  end: Extract<Act, { readonly kind: "end" }>,
): Promise<void> {
  const settle = () =>
    f.store.tasks.settle(
      end.share === null
        ? f.fail(claim)
        : f.finish(claim, { charged: Math.floor((claim.task.hold * end.share) / 100) }),
    );
  const ended = await Promise.all(end.twice ? [settle(), settle()] : [settle()]);
  assert.equal(ended.filter(Boolean).length, 1);
}

async function checkBooks(f: Fixture): Promise<void> {
  const tasks = await f.look(`
    SELECT task.id, task.stage, task.hold, task.charged,
      coalesce(sum(CASE WHEN kind = 'hold' THEN amount END), 0) AS held,
      coalesce(sum(CASE WHEN kind = 'settle' THEN amount END), 0) AS settled,
      coalesce(sum(CASE WHEN kind = 'release' THEN amount END), 0) AS released
    FROM task LEFT JOIN ledger ON ledger.task_id = task.id
    GROUP BY task.id, task.stage, task.hold, task.charged`);
  let spent = 0;
  for (const row of tasks) {
    assert.equal(Number(row.held), row.hold, `hold of ${row.id}`);
    const ended = row.stage === "finished" || row.stage === "failed";
    assert.equal(Number(row.settled) + Number(row.released), ended ? row.hold : 0);
    if (ended) assert.equal(Number(row.settled), row.charged);
    spent += Number(row.held) - Number(row.released);
  }
  assert.equal(await f.store.tasks.balance(f.projectId), GRANTED - spent);
  assert.ok(spent <= GRANTED, "never below zero");
}
