import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { callByName, trusted } from "../../lib/call-by-name.ts";
import { systemClock } from "../../lib/clock.ts";
import { bindStore } from "../bind.ts";
import { type Fixture, makeFixture, makeTry } from "../conformance/fixture.ts";
import { makeHints } from "../hints.ts";
import { makePulses } from "../pulses.ts";
import type { Store } from "../store.ts";
import type { Transaction } from "../transaction.ts";
import { type Run, TRANSACTIONS } from "../transactions.ts";
import { type Database, openForWriting, SQLITE } from "./database.ts";

test("no statement of a task's life walks through a table", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vidgo-store-"));
  const path = join(folder, "vidgo.db");
  const db = openForWriting(path);
  t.after(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  const said = new Set<string>();
  await live(await makeFixture({ store: listening(db, said), look: () => assert.fail() }, ""));
  using explained = new DatabaseSync(path);
  let seen = 0;
  for (const sql of said) {
    if (!/^(SELECT|UPDATE)/.test(sql) || SMALL_TABLES.test(sql)) continue;
    seen += 1;
    const plan = explained.prepare(`EXPLAIN QUERY PLAN ${sql.replace(/\$(\d+)/g, "?$1")}`).all();
    const text = plan.map(({ detail }) => String(detail)).join("\n");
    assert.doesNotMatch(text, /^SCAN (?!json_each)/m, `${sql}\n${text}`);
    // Sorting means that a limit is found only after reading all that matches.
    if (sql.includes("LIMIT")) assert.doesNotMatch(text, /TEMP B-TREE/, `${sql}\n${text}`);
  }
  assert.ok(seen >= 25, `${seen} statements were looked at`);
});

// One row at the first start, and one for each bootstrap key there ever was.
const SMALL_TABLES = /FROM project ORDER BY|WHERE bootstrap = 1/;

function listening(db: Database, said: Set<string>): Store {
  const run: Run = async (name, input) => {
    const call = callByName<Transaction<unknown>>(TRANSACTIONS, name, [SQLITE, input]);
    return trusted(db.run(listen(call, said)));
  };
  return bindStore({
    pulses: makePulses(),
    clock: systemClock,
    hints: makeHints(),
    write: run,
    read: run,
    search: run,
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
}

function* listen(transaction: Transaction<unknown>, said: Set<string>): Transaction<unknown> {
  let step = transaction.next([]);
  while (step.done !== true) {
    said.add(step.value.sql.trim());
    step = transaction.next(yield step.value);
  }
  return step.value;
}

/** A task that is canceled under way, and what becomes of its attempt. */
async function inquire(f: Fixture): Promise<void> {
  const { tasks, inquiries } = f.store;
  const { claim, attemptId: id } = await f.begin();
  const wish = f.cancellation(claim.task.id);
  await tasks.recordStep(f.step(claim, { attempt: { id, state: "running" } }));
  await tasks.cancel(wish);
  await tasks.cancel(wish);
  await tasks.wake(id, f.nowMs);
  const { fence } = await f.claimInquiry();
  const taskId = claim.task.id;
  await tasks.extendLease({ taskId, fence, nowMs: f.nowMs, leaseMs: 9 });
  const attempt = { id, state: "succeeded", ended: true } as const;
  await inquiries.record({ taskId, fence, nowMs: f.nowMs, dueAtMs: f.nowMs, attempt });
  await inquiries.nextDueMs();
  const old = { inputsBeforeMs: f.nowMs, keysBeforeMs: 0, deliveriesBeforeMs: 0 };
  await f.store.upkeep.prune({ ...old, eventsBeforeMs: 0, nowMs: f.nowMs, limit: 1 });
}

/** Says every statement of the contract at least once. */
async function live(f: Fixture): Promise<void> {
  const { tasks, files, deliveries, keys } = f.store;
  const callbackUrl = "https://example.com/hook";
  const first = f.submission({ callbackUrl }, { idempotency: { key: "k", fingerprint: "f" } });
  await tasks.accept(first);
  await tasks.accept(first);
  const claim = await f.claimOne();
  const intent = f.intent(claim);
  await tasks.recordIntent(intent);
  const attempt = { id: intent.attempt.id, state: "running" } as const;
  await tasks.recordStep(f.step(claim, { attempt }));
  await tasks.wake(intent.attempt.id, f.nowMs);
  const again = await f.claimOne();
  await tasks.extendLease({ ...again, taskId: again.task.id, nowMs: f.nowMs, leaseMs: 9 });
  const creation = { id: "c", kind: "audio", file: 0, ref: null } as const;
  const end = f.finish(again, { creations: [creation], charged: 1 });
  await tasks.settle({ ...end, attempt: { ...attempt, ended: true } });
  await tasks.find(f.projectId, first.task.id);
  await tasks.list({ projectId: f.projectId, limit: 5, stages: ["queued"] });
  await tasks.attempts(f.projectId, first.task.id);
  await tasks.creations(f.projectId, ["c"]);
  await inquire(f);
  await tasks.nextDueMs();
  await tasks.balance(f.projectId);
  await files.find("none");
  await files.expired(f.nowMs, 5);
  await files.markDeleted(["none"], f.nowMs);
  await files.known(["none"]);
  const [due] = await deliveries.claimDue({ nowMs: f.nowMs, leaseMs: 9, limit: 9 });
  assert.ok(due);
  await deliveries.recordTry(makeTry(f, due));
  await deliveries.tries(f.projectId, first.task.id);
  await deliveries.nextDueMs();
  await keys.find("none");
  await keys.list(f.projectId);
  await keys.revoke({ projectId: f.projectId, keyId: "none", nowMs: f.nowMs, actor: "operator" });
  await keys.touch("none", f.nowMs);
}
