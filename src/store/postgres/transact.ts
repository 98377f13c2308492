import { callByName, trusted } from "../../lib/call-by-name.ts";
import { integer } from "../rows.ts";
import type { Dialect, Transaction } from "../transaction.ts";
import { type Run, TRANSACTIONS } from "../transactions.ts";
import type { Connections, Session } from "./connections.ts";
import { isRace, toGatewayError } from "./failure.ts";

/** PostgreSQL's words, for a transaction that began at `nowMs` by the database's clock. */
export function postgresDialect(nowMs: number | null): Dialect {
  return { name: "postgres", skipLocked: "FOR UPDATE SKIP LOCKED", nowMs };
}

/** Runs each call in a transaction of its own; a race is run again a few times. */
export function transactOn(connections: Connections): Run {
  return async (name, input) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await connections.use((session) =>
          transact(session, (dialect) => trusted(begin(dialect, name, input))),
        );
      } catch (error) {
        if (attempt === ATTEMPTS_MAX || !isRace(error)) throw toGatewayError(error);
      }
    }
  };
}

/** Runs calls that only read, each statement for itself: no BEGIN, no COMMIT. */
export function readOn(connections: Connections): Run {
  return async (name, input) => {
    try {
      return await connections.use((session) =>
        follow(session, trusted(begin(postgresDialect(null), name, input))),
      );
    } catch (error) {
      throw toGatewayError(error);
    }
  };
}

/** Runs one transaction between BEGIN and COMMIT. */
export async function transact<Result>(
  session: Session,
  make: (dialect: Dialect) => Transaction<Result>,
): Promise<Result> {
  const [row] = await session.script(`BEGIN; ${CLOCK}`);
  try {
    const nowMs = row === undefined ? null : integer(row, "now_ms");
    const result = await follow(session, make(postgresDialect(nowMs)));
    await session.script("COMMIT");
    return result;
  } catch (error) {
    // On a broken connection the server rolls back by itself.
    await session.script("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

const ATTEMPTS_MAX = 4;

/** The database's time in milliseconds, as SQL. */
export const NOW_MS = `floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

const CLOCK = `SELECT ${NOW_MS} AS now_ms`;

function begin(dialect: Dialect, name: string, input: unknown): Transaction<unknown> {
  return callByName<Transaction<unknown>>(TRANSACTIONS, name, [dialect, input]);
}

async function follow<Result>(session: Session, transaction: Transaction<Result>): Promise<Result> {
  let step = transaction.next([]);
  while (step.done !== true) step = transaction.next(await session.query(step.value));
  return step.value;
}
