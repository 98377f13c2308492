import { trusted } from "../../lib/call-by-name.ts";
import { type Clock, systemClock } from "../../lib/clock.ts";
import type { Logger } from "../../lib/log.ts";
import { randomBase36, systemRandom } from "../../lib/random.ts";
import { bindStore } from "../bind.ts";
import type { Hints } from "../hints.ts";
import { migrate } from "../migrate.ts";
import { NO_PULSES } from "../pulses.ts";
import { MIGRATIONS } from "../schema.ts";
import type { Store } from "../store.ts";
import type { Run } from "../transactions.ts";
import { within } from "../within.ts";
import { acceptTogether } from "./accept.ts";
import type { Connections, Session } from "./connections.ts";
import { toGatewayError } from "./failure.ts";
import { findTogether } from "./find.ts";
import { makeGate } from "./gate.ts";
import { openPool } from "./pool.ts";
import { shareHints } from "./shared-hints.ts";
import { readOn, transact, transactOn } from "./transact.ts";

/** Where the PostgreSQL store lives. */
export interface PostgresOptions {
  /** As in `DATABASE_URL`: `postgres://user:password@host/database`. */
  readonly url: string;
  readonly log: Logger;
}

/**
 * Opens the store that many nodes share. Trouble with the database is never fatal: calls answer
 * `unavailable`, within 3 s where a client waits, until it is back.
 * @throws {GatewayError} `unavailable` when the database cannot be reached or used.
 */
export async function openPostgresStore({ url, log }: PostgresOptions): Promise<Store> {
  const front = openPool({ url, connectionsMax: 4, answerTimeoutMs: FRONT_TIMEOUT_MS });
  const back = openPool({ url, connectionsMax: 8, answerTimeoutMs: BACK_TIMEOUT_MS });
  try {
    await prepareDatabase({ url, log });
  } catch (error) {
    await Promise.all([front.close(), back.close()]);
    throw toGatewayError(error);
  }
  const nodeId = randomBase36(systemRandom, 12);
  const hints = shareHints({ url, nodeId, connections: back, clock: systemClock, log });
  return assemblePostgresStore({
    front,
    back,
    hints,
    clock: systemClock,
    close: async () => {
      await hints.close();
      await within(BACK_TIMEOUT_MS, Promise.all([front.close(), back.close()]));
    },
  });
}

/** What a PostgreSQL store is made of. */
export interface PostgresParts {
  /** For submits and reads by key, so that workers cannot starve them. */
  readonly front: Connections;
  readonly back: Connections;
  readonly hints: Hints;
  readonly clock: Clock;
  readonly close: () => Promise<void>;
}

/** Puts a store together from its connections. */
export function assemblePostgresStore(parts: PostgresParts): Store {
  const front = hurry(parts.front);
  const gate = makeGate();
  const write = transactOn(parts.back);
  const search = readOn(parts.back);
  const acceptOne = transactOn(front);
  const accept = acceptTogether(front, (submission) => acceptOne("accept", submission));
  const read = readFrom(front);
  return bindStore({
    clock: parts.clock,
    hints: parts.hints,
    pulses: NO_PULSES,
    write: (name, input) =>
      gate.pass(async () => {
        if (name === "accept") return trusted(await accept(trusted(input)));
        // A request waits for it.
        return await (name === "takeRate" ? acceptOne : write)(name, input);
      }),
    read: (name, input) => gate.pass(() => read(name, input)),
    search: (name, input) => gate.pass(() => search(name, input)),
    ping: async () => {
      await gate.pass(() => read("balance", ""));
    },
    close: () => gate.close(parts.close),
  });
}

/** Reads that somebody waits for: those of tasks share round trips. */
function readFrom(front: Connections): Run {
  const { find, peek } = findTogether(front);
  const readOne = readOn(front);
  const transactOne = transactOn(front);
  return async (name, input) => {
    if (name === "findTask") return trusted(await find(trusted(input)));
    if (name === "peekTask") return trusted(await peek(trusted(input)));
    return BY_THE_CLOCK.includes(name) ? transactOne(name, input) : readOne(name, input);
  };
}

/** Connections whose callers wait 3 s at most, from asking for one to the end of their work. */
function hurry(connections: Connections): Connections {
  return { ...connections, use: (work) => within(FRONT_TIMEOUT_MS, connections.use(work)) };
}

/** Brings the schema up to date; nodes that start together take turns. */
export async function upgrade(session: Session): Promise<void> {
  await transact(session, function* (dialect) {
    // Another node's migration may take longer than any ordinary lock or statement.
    yield { sql: `SELECT set_config('lock_timeout', '300s', true)`, values: [] };
    yield { sql: `SELECT set_config('statement_timeout', '0', true)`, values: [] };
    yield { sql: `SELECT pg_advisory_xact_lock($1)`, values: [MIGRATION_LOCK] };
    yield* migrate(dialect, MIGRATIONS);
  });
}

async function prepareDatabase({ url, log }: PostgresOptions): Promise<void> {
  const patient = openPool({ url, connectionsMax: 1, answerTimeoutMs: 600_000 });
  try {
    await patient.use(async (session) => {
      await upgrade(session);
      const [row] = await session.script(`SHOW fsync`);
      if (row?.fsync === "off") {
        log.warn({}, "PostgreSQL has fsync = off: a power cut can lose accepted tasks");
      }
    });
  } finally {
    await patient.close();
  }
}

const FRONT_TIMEOUT_MS = 3_000;
// A little more than the server's own statement_timeout, so that its word comes first.
const BACK_TIMEOUT_MS = 12_000;
// Any number that no other program uses for its own advisory locks on this database.
const MIGRATION_LOCK = 7_843_446_101;
// Reads that compare times need the database's clock.
const BY_THE_CLOCK: readonly string[] = ["nextDue", "nextDelivery"];
