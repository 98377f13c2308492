import { writeSync } from "node:fs";
import { makeFixture } from "../../src/store/conformance/fixture.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";

// A process that accepts tasks and tells of each only after it was acknowledged, to be killed or
// watched from outside. argv: data folder, mark of its ids, how many (0: until it dies), how many
// at a time.

const [dataDir = "", mark = "", count = "0", width = "1"] = process.argv.slice(2);

const store = await openSqliteStore({
  dataDir,
  onFatal: (message) => {
    writeSync(1, `fatal ${message}\n`);
    process.exit(1);
  },
});
const f = await makeFixture({ store, look: () => Promise.resolve([]) }, mark);
await f.accept({ hold: 0 });
const [claim] = await f.claim(1, 3_600_000);
writeSync(1, `claimed ${claim?.task.id}\n`);

let started = 0;
await Promise.all(Array.from({ length: Number(width) }, acceptInTurn));
await store.close();

async function acceptInTurn(): Promise<void> {
  while (count === "0" || started < Number(count)) {
    started += 1;
    const task = await f.accept({ hold: 1 });
    writeSync(1, `accepted ${task.id}\n`);
  }
}
