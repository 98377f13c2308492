import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FinalRows, readPostgres, readSqlite } from "../../test/support/final-rows.ts";
import { type GatewayProcess, startGatewayProcess } from "../../test/support/gateway-process.ts";
import { startPostgres } from "../../test/support/postgres.ts";
import { type Receiver, startReceiver } from "../../test/support/receiver.ts";
import { type Custody, openCustody } from "./custody.ts";
import { startFake } from "./fakes.ts";
import { type ChaosOptions, fakeOf } from "./options.ts";
import { startUpstream, type UpstreamProcess } from "./upstream-process.ts";

/** All that takes part in a run. */
export interface Scene extends AsyncDisposable {
  readonly nodes: readonly GatewayProcess[];
  /** Who held and wrote what; `null` where the database cannot tell its writers apart. */
  readonly custody: Custody | null;
  readonly upstream: UpstreamProcess;
  readonly receiver: Receiver;
  /** Opens the database beside the gateways. */
  rows(): Promise<FinalRows>;
}

/** Longer than it takes to come back from a kill, short enough to be outlived by a pause. */
export const LEASE_S = 6;

/** Starts upstream, database, receiver and gateways; all of them end with the scene. */
export async function openScene(options: ChaosOptions): Promise<Scene> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "vidgo-chaos-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const fake = fakeOf(options.provider);
  const upstream = await (fake === null
    ? startUpstream(folder, options)
    : startFake(fake, options));
  opened.defer(() => upstream.close());
  const receiver = await startReceiver({ answerOf: busyAtFirst });
  opened.defer(() => receiver.close());
  const database = options.store === "postgres" ? await startPostgres() : null;
  if (database !== null) opened.defer(() => database.stop());
  const custody = database === null ? null : openCustody(database.url);
  if (custody !== null) opened.defer(() => custody.close());
  const environment = {
    ...(await (fake?.settings(upstream.origin, folder) ??
      providerSettings(options, upstream.origin))),
    ...(database === null ? {} : { VIDGO_SECRET: "s".repeat(32) }),
    VIDGO_HARD_LIMIT_HOURS: (options.hardLimitMs / 3_600_000).toFixed(6),
    VIDGO_LEASE_SECONDS: String(LEASE_S),
    VIDGO_LOG: "error",
  };
  const nodes: GatewayProcess[] = [];
  for (let number = 0; number < options.nodes; number += 1) {
    const own = custody === null ? {} : { DATABASE_URL: custody.urlFor(nodeName(number)) };
    const node = await startGatewayProcess({
      environment: { ...environment, ...own },
      dataDir: join(folder, "data"),
      ...(options.root === null ? {} : { root: options.root }),
    });
    opened.defer(() => node.close());
    nodes.push(node);
  }
  await custody?.begin();
  const owned = opened.move();
  return {
    nodes,
    custody,
    upstream,
    receiver,
    rows: async () =>
      database === null ? readSqlite(join(folder, "data")) : readPostgres(database.url),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The name under which a node is known to the database. */
export function nodeName(number: number): string {
  return `node-${number}`;
}

/** One task in 36 is told at its first callback that the receiver is busy. */
function busyAtFirst(taskId: string, number: number): number {
  return number === 1 && taskId.endsWith("a") ? 503 : 200;
}

function providerSettings(options: ChaosOptions, origin: string): Record<string, string> {
  if (options.provider === "openai-videos") {
    return {
      OPENAI_VIDEOS_BASE_URL: origin,
      OPENAI_VIDEOS_API_KEY: "upstream-key",
      OPENAI_VIDEOS_MODELS: "sora-2=sora-2,grok-imagine=grok",
      OPENAI_VIDEOS_GRACE_SECONDS: String(options.graceMs / 1_000),
    };
  }
  return {
    VIDGO_UPSTREAM_URL: origin,
    VIDGO_UPSTREAM_KEY: "upstream-key",
    VIDGO_UPSTREAM_RESUBMIT: options.provider === "vidgo" ? "idempotency-key" : "blind",
  };
}
