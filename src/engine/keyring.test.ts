import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { systemRandom } from "../lib/random.ts";
import { openSqliteStore } from "../store/sqlite/sqlite-store.ts";
import { createKeyring } from "./keyring.ts";

test("load() that was slow does not take up an older list than a later one", async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), "vidgo-keyring-"));
  const store = await openSqliteStore({ dataDir, onFatal: (message) => assert.fail(message) });
  t.after(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });
  const { providerKeys } = store;
  await store.keys.ensureProject({ id: "proj_1", name: "Home", email: "", grant: null, nowMs: 1 });
  const stored = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const lists = [answer.promise];
  const inUse: string[][] = [];
  const keyring = createKeyring({
    store: {
      async add(key) {
        const isNew = await providerKeys.add(key);
        stored.resolve();
        return isNew;
      },
      remove: providerKeys.remove,
      // As from a pool of connections: the first answer comes last.
      async list() {
        const rows = await providerKeys.list();
        await lists.shift();
        return rows;
      },
    },
    ...{ sealKey: randomBytes(32), random: systemRandom, isShared: true },
    registry: { account: () => null },
    known: [
      { name: "kling", variable: "KLING_BASE_URL", baseUrl: "https://kling.example", models: {} },
    ],
    activate: (accounts) => inUse.push(accounts.map(({ id }) => id)),
  });
  const slow = keyring.load();
  const actor = { projectId: "proj_1", auditId: "aud_1", actor: "operator", nowMs: 1 };
  const added = keyring.add(actor, { provider: "kling", account: "second", key: "secret-key" });
  await stored.promise;
  // Time enough to read the newer list, were it not to wait for the older one.
  for (let round = 0; round < 5; round += 1) await providerKeys.list();
  answer.resolve();
  await Promise.all([slow, added]);
  assert.deepEqual(inUse, [[], ["second"]]);
});
