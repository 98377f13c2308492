import pg from "pg";
import { GatewayError } from "../../core/error.ts";
import type { Row, SqlValue, Statement } from "../transaction.ts";
import type { Connections, Session } from "./connections.ts";
import { isOutdated, sqlState } from "./failure.ts";

/** How many connections, and how long one answer may take on our side of the wire. */
export interface PoolOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly answerTimeoutMs: number;
}

/** Opens connections as they are needed. */
export function openPool(options: PoolOptions): Connections {
  const pool = new pg.Pool({
    ...settings(options.url),
    max: options.connectionsMax,
    // A server that stopped answering is noticed here; TCP alone would take minutes.
    query_timeout: options.answerTimeoutMs,
    idleTimeoutMillis: 30_000,
  });
  // An idle connection that breaks is replaced when the next one is needed.
  pool.on("error", () => undefined);
  // One that breaks in use tells its query; without a listener it would end the process, too.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const checked = new WeakSet<pg.PoolClient>();
  let closed: Promise<void> | null = null;
  return {
    async use(work) {
      const client = await pool.connect();
      const watched = watch(client);
      try {
        if (!checked.has(client)) await checkDurable(watched.session);
        checked.add(client);
        return await work(watched.session);
      } finally {
        client.release(watched.broken());
      }
    },
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}

/** The settings that every connection has. */
export function settings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: "vidgo",
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: 10_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 15_000,
    types: { getTypeParser },
  };
}

/** A session on a client, which notes whether the client can be used again. */
export function watch(client: pg.ClientBase): {
  readonly session: Session;
  broken(): boolean;
} {
  let broken = false;
  const guard = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      // Without a word from the server nobody knows where this conversation stands; after one of
      // these classes the server has ended it.
      const state = sqlState(error);
      broken ||= state === null || /^(08|57P)/.test(state);
      throw error;
    }
  };
  const say = async ({ sql, values }: Statement): Promise<readonly Row[]> => {
    const query = { name: nameOf(sql), text: sql, values: values.map(clean) };
    return (await guard(client.query<Row>(query))).rows;
  };
  const session: Session = {
    async query(statement) {
      try {
        return await say(statement);
      } catch (error) {
        if (!isOutdated(error)) throw error;
        prepareAnew();
        // Inside a transaction this is refused, too: then the whole of it is run again.
        return await say(statement).catch(() => Promise.reject(error));
      }
    },
    async script(sql) {
      const results: readonly pg.QueryResult<Row>[] = [await guard(client.query<Row>(sql))].flat();
      return results.at(-1)?.rows ?? [];
    },
  };
  return { session, broken: () => broken };
}

/**
 * Stops when commits would be acknowledged before they are on disk.
 * @throws {GatewayError} `unavailable`, naming the setting.
 */
export async function checkDurable(session: Session): Promise<void> {
  const [row] = await session.script(`SHOW synchronous_commit`);
  if (row?.synchronous_commit !== "off") return;
  throw new GatewayError(
    "unavailable",
    "PostgreSQL has synchronous_commit = off: accepted tasks could be lost. Set it to on for the " +
      "role or database that DATABASE_URL names",
  );
}

const names = new Map<string, string>();
let prepared = 0;

/** Statements are few and fixed, so that each is parsed and planned once per connection. */
function nameOf(sql: Statement["sql"]): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  prepared += 1;
  const name = `vidgo_${prepared}`;
  names.set(sql, name);
  return name;
}

/** Under new names: what was prepared gives other columns since a newer version added some. */
function prepareAnew(): void {
  names.clear();
}

// PostgreSQL's text cannot hold the character zero, which strangers may send us.
function clean(value: SqlValue): SqlValue {
  return typeof value === "string" && value.includes("\0")
    ? value.replaceAll("\0", "\uFFFD")
    : value;
}

const INTEGERS_AS_TEXT: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC];

/** Amounts and times are below 2^53, so that 64-bit integers are numbers here. */
function getTypeParser(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  if (INTEGERS_AS_TEXT.includes(oid)) return Number;
  return format === "binary"
    ? pg.types.getTypeParser(oid, "binary")
    : pg.types.getTypeParser(oid, "text");
}
