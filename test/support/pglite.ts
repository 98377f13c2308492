import { PGlite, types } from "@electric-sql/pglite";
import type { Connections, Session } from "../../src/store/postgres/connections.ts";
import type { Row } from "../../src/store/transaction.ts";

/** PostgreSQL's dialect inside this process: one connection, no server, nothing on disk. */
export interface TestPglite extends Connections {
  /** Makes an empty schema and works in it from now on. */
  enterSchema(name: string): Promise<void>;
}

/** Starts it. Its wire, locks and durability are not PostgreSQL's, only its SQL is. */
export async function startPglite(): Promise<TestPglite> {
  const db = await PGlite.create({
    parsers: { [types.INT8]: Number, [types.NUMERIC]: Number },
  });
  let last: Promise<unknown> = Promise.resolve();
  const session: Session = {
    async query({ sql, values }) {
      const clean = values.map((value) =>
        typeof value === "string" ? value.replaceAll("\0", "\uFFFD") : value,
      );
      return (await db.query<Row>(sql, clean)).rows;
    },
    async script(sql) {
      const results = await db.exec(sql, { parsers: { [types.INT8]: Number } });
      return results.at(-1)?.rows.map((row): Row => ({ ...row })) ?? [];
    },
  };
  return {
    use(work) {
      const result = last.then(() => work(session));
      last = result.catch(() => undefined);
      return result;
    },
    async enterSchema(name) {
      await db.exec(`CREATE SCHEMA ${name}; SET search_path = ${name}`);
    },
    close: () => db.close(),
  };
}
