import pg from "pg";
import type { Clock } from "../../lib/clock.ts";
import type { Logger } from "../../lib/log.ts";
import { startLoop } from "../../lib/loop.ts";
import { HINTS, type Hint, type Hints, makeHints } from "../hints.ts";
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
 * noticed within 10 s and replaced.
 */
export function shareHints(options: SharedHintsOptions): SharedHints {
  const local = makeHints();
  const ending = new AbortController();
  const send = gather(options, ending.signal);
  const ear = makeEar(options, (payload) => {
    const [nodeId, name] = payload.split(" ");
    const hint = HINTS.find((each) => each === name);
    if (nodeId !== options.nodeId && hint !== undefined) local.give(hint);
  });
  const loop = startLoop({
    name: "hints",
    clock: options.clock,
    log: options.log,
    everyMs: CHECK_EVERY_MS,
    step: async () => {
      const found = await ear.check(() => loop.wake());
      if (found === "deaf") return RECONNECT_EVERY_MS;
      if (found === "listening") return null;
      // What was sent while nobody listened is lost: look once.
      for (const hint of HINTS) local.give(hint);
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
      ear.close();
    },
  };
}

/** How often the listening connection is checked, milliseconds. */
const CHECK_EVERY_MS = 10_000;

const RECONNECT_EVERY_MS = 1_000;
const CHANNEL = "vidgo_hint";
const GATHER_MS = 20;

/** Sends each kind of hint once in a while, however often it is given. */
function gather(
  { clock, connections, nodeId }: SharedHintsOptions,
  signal: AbortSignal,
): (hint: Hint) => void {
  const waiting = new Set<Hint>();
  let sending = false;
  const flush = async (): Promise<void> => {
    await clock.sleep(GATHER_MS, signal);
    const hints = [...waiting];
    waiting.clear();
    sending = false;
    if (signal.aborted) return;
    const sql = `SELECT pg_notify('${CHANNEL}', $1)`;
    await connections.use(async (session) => {
      for (const hint of hints) await session.query({ sql, values: [`${nodeId} ${hint}`] });
    });
  };
  return (hint) => {
    waiting.add(hint);
    // A hint that cannot be sent is a hint lost: the others poll.
    if (!sending) void flush().catch(() => undefined);
    sending = true;
  };
}

/** One connection that listens, made again when it is lost. */
function makeEar(options: SharedHintsOptions, hear: (payload: string) => void) {
  let client: pg.Client | null = null;
  const drop = (): void => {
    // Not awaited: over a dead wire nobody says goodbye.
    client?.end().catch(() => undefined);
    client = null;
  };
  const open = async (onLoss: () => void): Promise<void> => {
    const opening = new pg.Client({ ...settings(options.url), query_timeout: 3_000 });
    client = opening;
    let open = false;
    opening.on("notification", ({ payload }) => hear(payload ?? ""));
    opening.on("error", () => {
      if (!open || client !== opening) return;
      drop();
      onLoss();
    });
    await opening.connect();
    await opening.query(`LISTEN ${CHANNEL}`);
    open = true;
  };
  return {
    close: drop,
    /** Makes sure that somebody listens: still, anew, or not at the moment. */
    async check(onLoss: () => void): Promise<"listening" | "anew" | "deaf"> {
      try {
        if (client !== null) {
          await client.query("SELECT 1");
          return "listening";
        }
        await open(onLoss);
        return "anew";
      } catch (error) {
        drop();
        options.log.warn({ error }, "Hints of other nodes are not heard; polling goes on");
        return "deaf";
      }
    },
  };
}
