import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createAccounts } from "../../src/engine/accounts.ts";
import { cancelTask } from "../../src/engine/cancel.ts";
import type { EngineContext } from "../../src/engine/context.ts";
import { openHome } from "../../src/engine/first-start.ts";
import { removeExpired } from "../../src/engine/pruner.ts";
import { startInquiries, startScheduler } from "../../src/engine/scheduler.ts";
import { submitTask } from "../../src/engine/submit.ts";
import { takeUpstreamCallback } from "../../src/engine/upstream-callback.ts";
import { createWayOut } from "../../src/engine/way-out.ts";
import { openDiskStore } from "../../src/files/disk-store.ts";
import type { FileStore } from "../../src/files/file-store.ts";
import { createIngest } from "../../src/files/ingest.ts";
import { openStaging } from "../../src/files/staging.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createDownload } from "../../src/lib/download.ts";
import { silentLog } from "../../src/lib/log.ts";
import { createOutbound } from "../../src/lib/outbound.ts";
import { systemRandom } from "../../src/lib/random.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import { createValidator } from "../../src/models/validate.ts";
import { createFetchInput } from "../../src/providers/fetch-input.ts";
import { createRegistry } from "../../src/providers/registry.ts";
import { createUpstream } from "../../src/providers/upstream.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { startDispatcher } from "../../src/webhooks/dispatcher.ts";
import { createWebhookSecrets } from "../../src/webhooks/secrets.ts";
import { LEASE_MS, type NodeReport, type NodeSetup } from "./node-setup.ts";
import { ledgerProvider } from "./provider.ts";
import { armTaps, tapFiles, tapStore } from "./taps.ts";
import type { News } from "./upstream.ts";

// One node of a case, in a process of its own: the real store, files, engine and dispatcher, with
// taps between them. It submits (again and again under one key, as a client would), leads the task
// through its scenario, and says what it sees when all has come to rest.

const GRANT = 1_000_000;
const LOOK_MS = 40;

const setup: NodeSetup = JSON.parse(process.argv[2] ?? "null");
const taps = armTaps(setup.armed);
const submits = new Map<string, () => void>();
const store = tapStore(await openStore(setup), taps);
const files = tapFiles(await openDiskStore({ root: setup.filesDir, clock: systemClock }), taps);
await run(store, files);

async function run(base: Store, kept: FileStore): Promise<void> {
  const { projectId } = await openHome({
    store: base,
    clock: systemClock,
    random: systemRandom,
    grant: GRANT,
    bootstrapKey: null,
  });
  const outbound = createOutbound({ userAgent: "vidgo-test", ownPorts: () => [] });
  const context = await makeContext(base, kept, outbound);
  const scheduler = startScheduler(context);
  const inquiries = startInquiries(context);
  const dispatcher = startDispatcher({
    deliveries: base.deliveries,
    outbound,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    pollMs: LOOK_MS,
    secrets: createWebhookSecrets(new Uint8Array(32)),
    timeoutMs: LEASE_MS / 2,
    leaseMs: LEASE_MS,
  });
  listenToUpstream(context);
  const taskId = await submitUntilAccepted(context, projectId);
  await restAfter(context, kept, { projectId, taskId });
  say({ event: "done", report: await reportOf(context, kept, { projectId, taskId }) });
  await scheduler.stop(100);
  await inquiries.stop(100);
  await dispatcher.stop(100);
  await outbound.close();
  await base.close();
  process.exit(0);
}

function openStore({ databaseUrl, dataDir }: NodeSetup): Promise<Store> {
  if (databaseUrl !== null) return openPostgresStore({ url: databaseUrl, log: silentLog });
  return openSqliteStore({ dataDir, onFatal: () => process.exit(70) });
}

async function makeContext(
  base: Store,
  kept: FileStore,
  outbound: ReturnType<typeof createOutbound>,
): Promise<EngineContext> {
  const download = createDownload(outbound);
  const staging = await openStaging(join(setup.dataDir, "staging"), systemRandom);
  const ingest = createIngest({ store: kept, staging, download });
  const newPath = (): string => staging.newPlace("part").path;
  const input = { download, clock: systemClock, newPath, ownFile: async () => null };
  const provider = ledgerProvider(taps.tap, heardSubmit);
  const registry = createRegistry([
    { provider, accounts: [{ id: "one", baseUrl: setup.upstreamUrl, secret: {} }] },
  ]);
  return {
    store: base,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    catalogue: createCatalogue(),
    validator: createValidator(),
    registry,
    accounts: createAccounts({ registry, clock: systemClock, log: silentLog }),
    wayOut: createWayOut({
      files: kept,
      staging,
      ingest: async (wish, signal) => {
        const kept = ingest(wish, signal);
        kept.catch(() => undefined);
        if (setup.armed?.taps.includes("keep midway")) {
          await firstBytes(join(setup.dataDir, "staging"));
          await taps.tap("keep midway");
        }
        return kept;
      },
      request: createUpstream(outbound),
      fetchInput: createFetchInput(input),
      ownRow: async () => null,
    }),
    callbackUrl: () => null,
    judgeInputUrl: () => null,
    fileUrl: ({ id, extension }) => `http://gateway/files/${id}.${extension}`,
    settings: {
      node: setup.name,
      leaseMs: LEASE_MS,
      concurrencyMax: 4,
      pollMs: LOOK_MS,
      hardLimitMs: 60_000,
      fileLifeMs: setup.scenario === "expire" ? 300 : 3_600_000,
      offline: "never",
      enforceCredits: true,
    },
  };
}

/** Resolves when the first bytes of a result are in a folder, or have been and gone. */
async function firstBytes(folder: string): Promise<void> {
  for (let looks = 0; looks < 100; looks += 1) {
    for (const name of await readdir(folder)) {
      const size = await stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      );
      if (size > 0) return;
    }
    await systemClock.sleep(2);
  }
}

function heardSubmit(marker: string): Promise<void> {
  return new Promise((resolve) => {
    submits.set(marker, resolve);
  });
}

/** What the upstream tells reaches the parent, which hands it on as lines. */
function listenToUpstream(context: EngineContext): void {
  createInterface({ input: process.stdin }).on("line", (line) => {
    const { event, marker: attemptId }: News = JSON.parse(line);
    if (event === "accepted") {
      submits.get(attemptId)?.();
      return;
    }
    const body = Buffer.from(attemptId);
    const request = { headers: new Headers(), body, url: new URL("http://gateway/") };
    const call = (): Promise<unknown> =>
      takeUpstreamCallback(context, attemptId, request).catch(() => pause().then(call));
    void call();
  });
}

/** A client that got no answer asks again under the same key. */
async function submitUntilAccepted(context: EngineContext, projectId: string): Promise<string> {
  const submitter = { projectId, keyId: "client", mode: "live" } as const;
  for (;;) {
    try {
      await taps.tap("submit");
      const { task } = await submitTask(context, submitter, {
        model: "grok-imagine-image",
        input: { prompt: "a boat", size: "1:1" },
        callbackUrl: setup.callbackUrl,
        idempotency: { key: "the-only-one", fingerprint: "f" },
        loopback: true,
      });
      await taps.tap("accepted");
      return task.id;
    } catch {
      await pause();
    }
  }
}

interface Name {
  readonly projectId: string;
  readonly taskId: string;
}

async function restAfter(context: EngineContext, kept: FileStore, name: Name): Promise<void> {
  const { tasks, deliveries } = context.store;
  for (;;) {
    await pause();
    const view = await tasks.find(name.projectId, name.taskId).catch(() => null);
    if (view === null) continue;
    const { stage, cancelAtMs } = view.task;
    if (setup.scenario === "cancel" && stage === "polling" && cancelAtMs === null) {
      await cancelTask(context, name.projectId, name.taskId).catch(() => null);
    }
    if (stage !== "finished" && stage !== "failed") continue;
    const tries = await deliveries.tries(name.projectId, name.taskId).catch(() => []);
    if (!tries.some(({ status }) => status === 200)) continue;
    // What is canceled goes on at the upstream, until it is known what became of it.
    const attempts = await tasks.attempts(name.projectId, name.taskId).catch(() => null);
    if (!attempts?.every(({ endedAtMs }) => endedAtMs !== null)) continue;
    if (setup.scenario !== "expire") return;
    await removeExpired({ ...context, files: kept }).catch(() => null);
    if (view.files.every(({ deletedAtMs }) => deletedAtMs !== null)) return;
  }
}

async function reportOf(
  { store: base }: EngineContext,
  kept: FileStore,
  { projectId, taskId }: Name,
): Promise<NodeReport> {
  const view = await base.tasks.find(projectId, taskId);
  if (view === null) throw new Error("The task is gone");
  let hollow = 0;
  for (const file of view.files) {
    const bytes = await kept.open(file.storageKey);
    const isGone = file.deletedAtMs !== null && bytes === null;
    if (!isGone && (bytes === null || (await sha256Of(bytes)) !== file.sha256)) hollow += 1;
  }
  return {
    stage: view.task.stage,
    errorCode: view.task.errorCode,
    attempts: await booked(base, { projectId, taskId }),
    hollow,
    files: view.files.length,
    balance: await base.tasks.balance(projectId),
    charged: view.task.charged ?? 0,
    tries: (await base.deliveries.tries(projectId, taskId)).length,
  };
}

/** How each attempt stands, and whether the upstream is known to charge for it. */
async function booked(base: Store, { projectId, taskId }: Name): Promise<NodeReport["attempts"]> {
  const dossier = await base.views.dossier(projectId, taskId);
  return (dossier?.attempts ?? []).map(({ state, billed }) => ({ state, billed }));
}

async function sha256Of(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest("hex");
}

function pause(): Promise<void> {
  return systemClock.sleep(LOOK_MS);
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
