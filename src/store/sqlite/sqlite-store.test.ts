import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TestContext } from "node:test";
import { trusted } from "../../lib/call-by-name.ts";
import type { OpenedStore } from "../conformance/fixture.ts";
import { describeStore } from "../conformance.ts";
import type { Row } from "../transaction.ts";
import { openSqliteStore } from "./sqlite-store.ts";

describeStore("SQLite", openEmpty);

// What the contract means does not depend on the disk; durability.test.ts asks the disk.
const FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

async function openEmpty(t: TestContext): Promise<OpenedStore> {
  const dataDir = mkdtempSync(join(FOLDER, "vidgo-store-"));
  const store = await openSqliteStore({
    dataDir,
    onFatal: (message) => t.assert.fail(`The store died: ${message}`),
  });
  t.after(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });
  return {
    store,
    async look(sql) {
      using db = new DatabaseSync(join(dataDir, "vidgo.db"), { readOnly: true });
      return trusted<readonly Row[]>(db.prepare(sql).all());
    },
  };
}
