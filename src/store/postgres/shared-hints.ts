import pg from "pg";
import type { Clock } from "../../lib/clock.ts";
import type { Logger } from "../../lib/log.ts";
import { startLoop } from "../../lib/loop.ts";
import { type Hint, type Hints, makeHints } from "../hints.ts";
import type { Connections } from "./connections.ts";
import { settings } from "./pool.ts";

/** What passing hints between nodes needs. */
export interface SharedHintsOptions {
  readonly url: string;
  /** Tells this node's own hints from those of others. */
  readonly nodeId: string;
  /** Where hints are sent from. */
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Hints that reach every node on the database. */
export interface SharedHints extends Hints {
  close(): Promise<void>;
}

/**
 * Passes hints on through NOTIFY. They are sent after the commit and gathered for a moment: inside
 * a transaction NOTIFY makes all commits of the database wait for each other. A lost connection is
 * noticed within {@link CHECK_EVERY_MS} and replaced.
 */
export function shareHints(options: SharedHintsOptions): SharedHints {
  const local = makeHints();
  const ending = new AbortController();
  const send = gather(options, ending.signal);
  const ear = makeEar(options, (payload) => {
    const [nodeId, hint] = payload.split(" ");
    if (nodeId !== options.nodeId && (hint === "tasks" || hint === "deliveries")) local.give(hint);
  });
  const loop = startLoop({
    name: "hints",
    clock: options.clock,
    log: options.log,
    everyMs: CHECK_EVERY_MS,
    step: async () => {
      if (!(await ear.check(() => loop.wake()))) return null;
      // What was sent while nobody listened is lost: look once.
      local.give("tasks");
      local.give("deliveries");
      return null;
    },
  });
  return {
    listen: local.listen,
    give(hint) {
      local.give(hint);
      send(hint);
    },
    async close() {
      ending.abort();
      await loop.stop();
      await ear.close();
    },
  };
}

/** How often the listening connection is checked, milliseconds. */
export const CHECK_EVERY_MS = 10_000;

const CHANNEL = "vidgo_hint";
const GATHER_MS = 20;

/** Sends each kind of hint once in a while, however often it is given. */
function gather(
  { clock, connections, nodeId }: SharedHintsOptions,
  signal: AbortSignal,
): (hint: Hint) => void {
  const waiting = new Set<Hint>();
  const flush = async (): Promise<void> => {
    await clock.sleep(GATHER_MS, signal);
    const hints = [...waiting];
    waiting.clear();
    if (signal.aborted) return;
    const sql = `SELECT pg_notify('${CHANNEL}', $1)`;
    await connections.use(async (session) => {
      for (const hint of hints) await session.query({ sql, values: [`${nodeId} ${hint}`] });
    });
  };
  return (hint) => {
    waiting.add(hint);
    // A hint that cannot be sent is a hint lost: the others poll.
    if (waiting.size === 1) void flush().catch(() => undefined);
  };
}

/** One connection that listens. */
function makeEar(options: SharedHintsOptions, hear: (payload: string) => void) {
  let client: pg.Client | null = null;
  const drop = async (): Promise<void> => {
    const dropped = client;
    client = null;
    await dropped?.end().catch(() => undefined);
  };
  return {
    close: drop,
    /** Makes sure that somebody listens; gives whether the connection is a new one. */
    async check(onLoss: () => void): Promise<boolean> {
      try {
        if (client !== null) {
          await client.query("SELECT 1");
          return false;
        }
        client = new pg.Client({ ...settings(options.url), query_timeout: 3_000 });
        client.on("notification", ({ payload }) => hear(payload ?? ""));
        client.on("error", () => void drop().then(onLoss));
        await client.connect();
        await client.query(`LISTEN ${CHANNEL}`);
        return true;
      } catch (error) {
        await drop();
        throw error;
      }
    },
  };
}
