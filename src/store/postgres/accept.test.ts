import assert from "node:assert/strict";
import { test } from "node:test";
import { startPglite } from "../../../test/support/pglite.ts";
import { systemClock } from "../../lib/clock.ts";
import { makeFixture } from "../conformance/fixture.ts";
import { makeHints } from "../hints.ts";
import type { Row } from "../transaction.ts";
import type { Connections } from "./connections.ts";
import { assemblePostgresStore, upgrade } from "./postgres-store.ts";

/** What a server says that has no time for a statement. */
class Refusal extends Error {
  readonly code = "57014";
}

test("accept() tells of each task that it took, whatever goes wrong after that", async () => {
  const server = await startPglite();
  await server.use(upgrade);
  let accepted = false;
  // From the moment when tasks are on disk, nothing more can be read on the same connection.
  const front: Connections = {
    close: () => Promise.resolve(),
    use: (work) =>
      server.use((session) => {
        let isOver = false;
        return work({
          ...session,
          async query(statement): Promise<readonly Row[]> {
            if (isOver) throw new Refusal("canceling statement due to statement timeout");
            const rows = await session.query(statement);
            isOver = rows.some((row) => row.kind === "accepted");
            accepted ||= isOver;
            return rows;
          },
        });
      }),
  };
  const parts = { front, back: server, hints: makeHints(), clock: systemClock };
  const store = assemblePostgresStore({ ...parts, close: () => server.close() });
  const look = () => assert.fail();
  const f = await makeFixture({ store, look }, "");
  const idempotency = { key: "order 7", fingerprint: "same" };
  const submit = (rest: Parameters<typeof f.submission>[1]) =>
    store.tasks.accept(f.submission({}, rest));
  assert.equal((await submit({ idempotency })).kind, "accepted");
  const kinds = (await Promise.all([submit({}), submit({ idempotency }), submit({})])).map(
    ({ kind }) => kind,
  );
  assert.deepEqual(kinds, ["accepted", "replayed", "accepted"]);
  assert.equal(accepted, true);
  await store.close();
});
