import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { isLoopbackHost } from "./config/read-value.ts";
import type { Config } from "./config.ts";
import type { FileRow } from "./core/file.ts";
import { createAccounts } from "./engine/accounts.ts";
import type { EngineContext } from "./engine/context.ts";
import { type Home, makeFirstKey, openHome } from "./engine/first-start.ts";
import { startPruner } from "./engine/pruner.ts";
import { startInquiries, startScheduler } from "./engine/scheduler.ts";
import { createTakeUpload } from "./engine/upload.ts";
import { createWayOut } from "./engine/way-out.ts";
import { openDiskStore } from "./files/disk-store.ts";
import type { FileStore } from "./files/file-store.ts";
import { createIngest } from "./files/ingest.ts";
import type { Links } from "./files/link.ts";
import { openPreviews, type Previews } from "./files/previews.ts";
import { openStaging, type Staging } from "./files/staging.ts";
import { firstSetupLink, openPeople } from "./gateway/people.ts";
import { engineSettings, httpSettings, systemFacts, VERSION } from "./gateway/room-settings.ts";
import { openSecrets } from "./gateway/secrets.ts";
import { openOffline, openProviders, pricedCatalogue } from "./gateway/upstreams.ts";
import { adminDoor } from "./http/admin/door.ts";
import { adminSocketPath } from "./http/admin/socket-path.ts";
import { buildApp } from "./http/app.ts";
import { bindServices } from "./http/bind-services.ts";
import { type HttpServices, operatorOf } from "./http/services.ts";
import { systemClock } from "./lib/clock.ts";
import { createDiskRoom } from "./lib/disk-room.ts";
import { createDownload } from "./lib/download.ts";
import { createLogger, type Logger } from "./lib/log.ts";
import type { Marks } from "./lib/mark.ts";
import { createOutbound, type Outbound } from "./lib/outbound.ts";
import { systemRandom } from "./lib/random.ts";
import type { Resolve } from "./lib/resolve.ts";
import { createValidator } from "./models/validate.ts";
import { createFetchInput } from "./providers/fetch-input.ts";
import type { OfflineProvider } from "./providers/offline/provider.ts";
import { createUpstream } from "./providers/upstream.ts";
import { openSqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Store } from "./store/store.ts";
import { startDispatcher } from "./webhooks/dispatcher.ts";
import type { WebhookSecrets } from "./webhooks/secrets.ts";
import { createCallbackJudge } from "./webhooks/target.ts";

/** A running gateway. */
export interface Gateway {
  /** The origin under which clients reach it, without a slash at the end. */
  readonly url: string;
  /** The key that this start made, or `null`: it is never told again. */
  readonly newKey: string | null;
  /** The link to the first account, or `null` once there is one: it opens once, for a day. */
  readonly setupLink: string | null;
  /** A model of which the gateway makes a picture by a prompt alone, for a first try. */
  readonly trialModel: string;
  /** What the operator should know at the start, a line each. */
  readonly notices: readonly string[];
  /** Finishes what is short, gives up what can be resumed, and closes everything. */
  close(): Promise<void>;
}

/** How to open a gateway. */
export interface GatewayOptions {
  /** Whether to listen on `HOST` and `PORT`; else only the operator's socket is opened. */
  readonly listen: boolean;
  /** Resolves the names of inputs and callbacks; the system's way when absent. */
  readonly resolve?: Resolve;
}

/**
 * Puts the gateway together: the only place that knows every room.
 * @throws {GatewayError} With a message for the operator when it cannot start.
 */
export async function openGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  // Whatever was opened is closed again, last first, when a later step fails.
  await using opened = new AsyncDisposableStack();
  // Without a port this is the gateway of one command, whose standard output is its result.
  const elsewhere = options.listen ? {} : { destination: process.stderr };
  const log = createLogger({ level: config.logLevel, ...elsewhere });
  const store = await openStore(config, log);
  opened.defer(() => store.close());
  const { clock, random } = SYSTEM;
  const { grant, bootstrapKey } = config;
  const home = await openHome({ store, clock, random, grant, bootstrapKey });
  const address = { url: config.publicUrl ?? "", port: 0 };
  const homeProjectId = home.projectId;
  const parts = await openParts(config, { store, log, address, options, homeProjectId });
  opened.defer(() => parts.outbound.close());
  opened.defer(() => parts.previews.close());
  opened.defer(() => parts.offline.close());
  const doors = makeDoors(parts, home, options);
  opened.defer(() => closeDoors(doors));
  await openDoors(config, doors, address);
  const setupLink = options.listen ? await firstSetupLink(parts.services, home.projectId) : null;
  // Not before the address is known: a task that ends writes its links down for good.
  const loops = startLoops(parts, config.role);
  opened.defer(() => loops.stop());
  const newKey = options.listen ? await makeFirstKey({ store, ...SYSTEM }, homeProjectId) : null;
  const owned = opened.move();
  return {
    url: address.url,
    newKey,
    setupLink,
    trialModel: trialModelOf(parts),
    notices: noticesOf(config, parts),
    async close() {
      // Requests that wait for pictures would hold up the doors.
      await Promise.all([parts.previews.close(), closeDoors(doors)]);
      await owned.disposeAsync();
    },
  };
}

const SYSTEM = { clock: systemClock, random: systemRandom } as const;
const DRAIN_MS = 5_000;

async function openStore(config: Config, log: Logger): Promise<Store> {
  if (config.databaseUrl !== null) {
    // Its driver takes 5 MB, which the embedded store need not pay for.
    const { openPostgresStore } = await import("./store/postgres/postgres-store.ts");
    return openPostgresStore({ url: config.databaseUrl, log });
  }
  return openSqliteStore({
    dataDir: config.dataDir,
    onFatal(message) {
      // Nothing that the database says after this can be trusted; a restart recovers from its log.
      log.error({ detail: message }, "The database failed; stopping");
      process.exit(70);
    },
  });
}

/** Where clients reach us: known once the port is. */
interface Address {
  url: string;
  port: number;
}

interface Parts {
  readonly engine: EngineContext;
  readonly services: HttpServices;
  readonly offline: OfflineProvider;
  readonly previews: Previews;
  readonly outbound: Outbound;
  readonly webhookSecrets: WebhookSecrets;
  readonly sweepStaging: () => Promise<unknown>;
  readonly keepInputMs: number;
}

async function openParts(
  config: Config,
  base: {
    readonly store: Store;
    readonly log: Logger;
    readonly address: Address;
    readonly options: GatewayOptions;
    readonly homeProjectId: string;
  },
): Promise<Parts> {
  const { clock, random } = SYSTEM;
  const { store, log, address, homeProjectId } = base;
  const { links, webhookSecrets, marks, sessionSecret, sealKey } = openSecrets(config, address);
  const files = await openDiskStore({ root: join(config.dataDir, "files"), clock });
  const stagingDir = join(config.dataDir, "staging");
  const staging = await openStaging(stagingDir, random);
  const outbound = openOutbound(address, base.options);
  const room = createDiskRoom(config, clock);
  const download = createDownload(outbound, room);
  const ingest = createIngest({ store: files, staging, download });
  const previews = openCache(config, store, files);
  const catalogue = pricedCatalogue(config);
  const offline = openOffline(config, { stagingDir, catalogue, log });
  const { registry, keyring } = await openProviders(config, { store, offline, sealKey });
  const ownRow = (url: string) => findOwnRow({ store, links }, url);
  const findOwnFile = async (url: string) => {
    const row = await ownRow(url);
    if (row === null) return null;
    return { path: row === "gone" ? null : await files.localPath(row.storageKey) };
  };
  const fetchInput = createFetchInput({
    download,
    clock,
    newPath: () => staging.newPlace("part").path,
    ownFile: async (url) => (await findOwnFile(url))?.path ?? null,
  });
  const request = createUpstream(outbound);
  const engine: EngineContext = {
    store,
    catalogue,
    validator: createValidator(),
    registry,
    accounts: createAccounts({ registry, clock, log }),
    wayOut: createWayOut({ files, staging, ingest, request, fetchInput, ownRow, room }),
    ...{ clock, random, log },
    judgeInputUrl: (url, loopback) =>
      links.parseUrl(url) === null ? outbound.judge(url, loopback ? "loopback" : "public") : null,
    fileUrl: links.url,
    callbackUrl: (attemptId, baseUrl) =>
      upstreamCallbackUrl(config, { marks, address }, { attemptId, baseUrl }),
    settings: engineSettings(config),
  };
  const services = bindServices({
    ...{ engine, files, links, previews, marks, outbound, webhookSecrets, keyring, homeProjectId },
    judgeCallback: createCallbackJudge(outbound),
    people: openPeople(config, { store, log, address, secret: sessionSecret }),
    takeUpload: createTakeUpload({
      ...{ store, files, staging, download, clock, random },
      ownFile: findOwnFile,
      mediaToo: config.uploadMedia === "on",
    }),
    uploadsPerMinute: config.uploadsPerMinute,
    system: systemFacts(config),
    settings: httpSettings(config, address),
  });
  const stagedMs = Math.max(STAGED_AGE_MS, config.hardLimitMs);
  const sweepStaging = sweeper(staging, previews, stagedMs);
  const closing = { offline, previews, outbound, sweepStaging };
  return { engine, services, ...closing, webhookSecrets, keepInputMs: config.keepInputMs };
}

/** Removes what was left on its way, and previews beyond their share. */
function sweeper(staging: Staging, previews: Previews, stagedMs: number): Parts["sweepStaging"] {
  return async () => {
    await staging.sweep(SYSTEM.clock.nowMs(), stagedMs);
    await previews.sweep();
  };
}

function openOutbound(address: Address, { resolve }: GatewayOptions): Outbound {
  return createOutbound({
    userAgent: `vidgo/${VERSION}`,
    ownPorts: () => [address.port],
    ...(resolve === undefined ? {} : { resolve }),
  });
}

function openCache({ dataDir }: Config, store: Store, files: FileStore): Previews {
  const root = join(dataDir, "previews");
  const onColour = (fileId: string, colour: string) => store.files.paint(fileId, colour);
  return openPreviews({ root, files, clock: SYSTEM.clock, onColour });
}

/** A paid result may wait in staging for as long as its task may live, and a day at least. */
const STAGED_AGE_MS = 86_400_000;

/** An upstream elsewhere reaches us only by a public URL, one on this machine always. */
function upstreamCallbackUrl(
  config: Config,
  { marks, address }: { readonly marks: Marks; readonly address: Address },
  { attemptId, baseUrl }: { readonly attemptId: string; readonly baseUrl: string },
): string | null {
  const host = URL.parse(baseUrl)?.hostname ?? null;
  const isNear = host !== null && isLoopbackHost(host);
  if (config.publicUrl === null && !isNear) return null;
  return `${address.url}/callbacks/${marks.mark(attemptId)}`;
}

/** One of our own files by its link, while it lives. */
async function findOwnRow(
  { store, links }: { store: Store; links: Links },
  url: string,
): Promise<FileRow | "gone" | null> {
  const id = links.parseUrl(url);
  if (id === null) return null;
  const row = await store.files.find(id);
  const lives = row?.deletedAtMs === null && row.expiresAtMs > SYSTEM.clock.nowMs();
  return lives ? row : "gone";
}

interface Loops {
  stop(): Promise<void>;
}

function startLoops(parts: Parts, role: Config["role"]): Loops {
  if (role === "api") return { stop: async () => {} };
  const { engine, services } = parts;
  const { store, clock, random, log } = engine;
  const scheduler = startScheduler(engine);
  const inquiries = startInquiries(engine);
  const dispatcher = startDispatcher({
    deliveries: store.deliveries,
    outbound: parts.outbound,
    clock,
    random,
    log,
    pollMs: engine.settings.pollMs,
    secrets: parts.webhookSecrets,
  });
  const pruner = startPruner({
    ...engine,
    files: services.files,
    sweepStaging: parts.sweepStaging,
    keepInputMs: parts.keepInputMs,
  });
  const loops = { tasks: scheduler, deliveries: dispatcher, inquiries };
  const stopListening = store.onHint((hint) => {
    if (hint !== "files") loops[hint].wake();
  });
  return {
    async stop() {
      stopListening();
      const drained = [scheduler, dispatcher, inquiries].map((loop) => loop.stop(DRAIN_MS));
      await Promise.all([...drained, pruner.stop()]);
    },
  };
}

/** The ways in: the operator's socket, and the public port when it is wanted. */
interface Doors {
  readonly admin: FastifyInstance;
  readonly app: FastifyInstance | null;
}

function makeDoors(parts: Parts, home: Home, options: GatewayOptions): Doors {
  const admin = buildApp(parts.services, adminDoor(operatorOf(home.projectId)));
  return { admin, app: options.listen ? buildApp(parts.services) : null };
}

async function closeDoors({ admin, app }: Doors): Promise<void> {
  await Promise.all([admin.close(), app?.close()]);
}

async function openDoors(config: Config, { admin, app }: Doors, address: Address): Promise<void> {
  if (app !== null) {
    await app.listen({ host: config.host, port: config.port });
    const bound = app.server.address();
    address.port = typeof bound === "object" && bound !== null ? bound.port : config.port;
    const host = config.host.includes(":") ? `[${config.host}]` : config.host;
    address.url = config.publicUrl ?? `http://${host}:${address.port}`;
  }
  await listenOnSocket(admin, config.dataDir);
}

/** The folder is 0700 and so is nobody else's; the mode of the socket is the second wall. */
async function listenOnSocket(admin: FastifyInstance, dataDir: string): Promise<void> {
  const path = adminSocketPath(dataDir);
  // Left behind by a process that was killed: the folder's lock says that it is gone.
  rmSync(path, { force: true });
  await admin.listen({ path });
  chmodSync(path, 0o600);
}

/** The first that is served; none of them is where only films or songs are. */
function trialModelOf({ services }: Parts): string {
  const { models } = services.catalogue;
  const able = models.find(
    (model) =>
      model.media === "image" &&
      String(model.input.required) === "prompt" &&
      services.servedBy(model).providers.length > 0,
  );
  return able?.id ?? "gpt-4o-image";
}

function noticesOf(config: Config, { engine }: Parts): readonly string[] {
  const { registry, catalogue } = engine;
  const others = registry.active.filter(
    ({ provider }) => provider !== engine.registry.provider("offline"),
  );
  const names = others
    .map(({ provider: { name, models }, accounts }) => {
      const origins = accounts.map(({ id }) => registry.origin(name, id)).join(" and ");
      return `${name} by ${origins} (models: ${Object.keys(models).length})`;
    })
    .join(", ");
  const count = catalogue.models.length;
  const served =
    config.offline === "always" || (config.offline === "auto" && others.length === 0)
      ? `The offline engine serves all ${count} models, procedurally and for free of any provider.`
      : `Live tasks go to: ${names === "" ? "no provider yet" : names}. Test keys run offline.`;
  const credits = config.credits === "off" ? ["Credits are off: live tasks need no balance."] : [];
  const idle =
    config.role === "api" && config.databaseUrl === null
      ? [
          "VIDGO_ROLE=api without DATABASE_URL: tasks are accepted and nobody works on them, as " +
            "no other process can use this folder. Leave VIDGO_ROLE out.",
        ]
      : [];
  return [served, ...credits, ...idle];
}
