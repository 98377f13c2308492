import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { digestKey, isPlausibleKey, makeKey } from "../core/key.ts";
import { systemRandom } from "../lib/random.ts";
import { openSqliteStore } from "../store/sqlite/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { type FirstStart, makeFirstKey, openHome } from "./first-start.ts";

interface Start {
  readonly store: Store;
  /** Starts again on the same store; one that nobody reads makes no key. */
  start(
    changes?: Partial<FirstStart> & { readonly isRead?: boolean },
  ): Promise<{ readonly projectId: string; readonly newKey: string | null }>;
  /** Whether a key is known, in force, or neither. */
  stateOf(secret: string): Promise<"in force" | "revoked" | "unknown">;
}

async function setup(t: TestContext): Promise<Start> {
  const dataDir = await mkdtemp(join(tmpdir(), "vidgo-first-"));
  const store = await openSqliteStore({ dataDir, onFatal: (message) => assert.fail(message) });
  t.after(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });
  const clock = makeHandClock();
  return {
    store,
    async start({ isRead = true, ...changes } = {}) {
      await clock.advance(1_000);
      const base = { store, clock, random: systemRandom, grant: 100_000_000, bootstrapKey: null };
      const { projectId } = await openHome({ ...base, ...changes });
      return { projectId, newKey: isRead ? await makeFirstKey(base, projectId) : null };
    },
    async stateOf(secret) {
      const row = await store.keys.find(digestKey(secret));
      if (row === null) return "unknown";
      return row.revokedAtMs === null ? "in force" : "revoked";
    },
  };
}

const FORMER = "former-bootstrap-key-0123456789abcdef";
const LATER = "later-bootstrap-key-0123456789abcdefg";

test("a first start makes a project, its credits and one live key, once", async (t) => {
  const { store, start, stateOf } = await setup(t);
  const first = await start();
  const key = first.newKey ?? "";
  assert.match(key, /^vg_live_/);
  assert.ok(isPlausibleKey(key));
  assert.equal(await stateOf(key), "in force");
  assert.equal(await store.tasks.balance(first.projectId), 100_000_000);

  assert.deepEqual(await start(), { projectId: first.projectId, newKey: null });
  assert.equal((await store.keys.list(first.projectId)).length, 1);
  assert.equal(await store.tasks.balance(first.projectId), 100_000_000);
});

test("openHome() grants nothing, when the grant is 0", async (t) => {
  const { store, start } = await setup(t);
  const { projectId } = await start({ grant: 0 });
  assert.equal(await store.tasks.balance(projectId), 0);
});

test("openHome() leaves the first key to the start that shows it", async (t) => {
  const { store, start } = await setup(t);
  const quiet = await start({ isRead: false });
  assert.equal(quiet.newKey, null);
  assert.deepEqual(await store.keys.list(quiet.projectId), []);
  assert.match((await start()).newKey ?? "", /^vg_live_/);
});

test("makeFirstKey() makes no key again, when all were revoked", async (t) => {
  const { store, start } = await setup(t);
  const { projectId } = await start();
  for (const { id } of await store.keys.list(projectId)) {
    assert.equal(
      await store.keys.revoke({
        projectId,
        keyId: id,
        nowMs: 1_800_000_000_000,
        actor: "operator",
      }),
      true,
    );
  }
  assert.equal((await start()).newKey, null);
});

test("openHome() takes the bootstrap key instead of making one", async (t) => {
  const { store, start, stateOf } = await setup(t);
  const { projectId, newKey } = await start({ bootstrapKey: FORMER });
  assert.equal(newKey, null);
  assert.equal(await stateOf(FORMER), "in force");
  const [row] = await store.keys.list(projectId);
  assert.partialDeepStrictEqual(row, { bootstrap: true, mode: "live", prefix: "form" });
  await start({ bootstrapKey: FORMER });
  assert.equal((await store.keys.list(projectId)).length, 1);
});

test("openHome() revokes the former bootstrap key, when it changes", async (t) => {
  const { start, stateOf } = await setup(t);
  await start({ bootstrapKey: FORMER });
  await start({ bootstrapKey: LATER });
  assert.equal(await stateOf(FORMER), "revoked");
  assert.equal(await stateOf(LATER), "in force");
  await start({ bootstrapKey: FORMER });
  assert.deepEqual([await stateOf(FORMER), await stateOf(LATER)], ["in force", "revoked"]);
});

test("openHome() leaves keys that are no bootstrap key alone", async (t) => {
  const { start, stateOf } = await setup(t);
  const { newKey } = await start();
  await start({ bootstrapKey: FORMER });
  assert.equal(await stateOf(newKey ?? ""), "in force");
});

test("openHome() keeps the mode that a bootstrap key of our own tells", async (t) => {
  const { store, start } = await setup(t);
  const { secret } = makeKey("test", systemRandom);
  const { projectId } = await start({ bootstrapKey: secret });
  assert.equal((await store.keys.list(projectId))[0]?.mode, "test");
});
