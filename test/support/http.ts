import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { shownSettings } from "../../src/config/shown-settings.ts";
import type { TaskErrorCode } from "../../src/core/error.ts";
import type { FileRow } from "../../src/core/file.ts";
import { makeId, makeTaskId } from "../../src/core/id.ts";
import { type Mode, makeKey, showKey } from "../../src/core/key.ts";
import type { Output } from "../../src/core/outcome.ts";
import type { Task } from "../../src/core/task.ts";
import { createAccounts } from "../../src/engine/accounts.ts";
import type { EngineContext } from "../../src/engine/context.ts";
import { createMeasure } from "../../src/engine/measure.ts";
import { createTakeUpload, UPLOAD_BYTES_MAX } from "../../src/engine/upload.ts";
import { openDiskStore } from "../../src/files/disk-store.ts";
import type { FileStore } from "../../src/files/file-store.ts";
import { createLinks, type Links } from "../../src/files/link.ts";
import { openPreviews, type Previews } from "../../src/files/previews.ts";
import { openStaging, type Staging } from "../../src/files/staging.ts";
import { buildApp } from "../../src/http/app.ts";
import { bindServices } from "../../src/http/bind-services.ts";
import {
  type Caller,
  type HttpServices,
  type HttpSettings,
  operatorOf,
} from "../../src/http/services.ts";
import { createDownload, type Download } from "../../src/lib/download.ts";
import { isJsonObject } from "../../src/lib/json.ts";
import { createMarks } from "../../src/lib/mark.ts";
import { judgeUrlText } from "../../src/lib/net-address.ts";
import { createOutbound } from "../../src/lib/outbound.ts";
import { type RandomBytes, systemRandom } from "../../src/lib/random.ts";
import type { Resolve } from "../../src/lib/resolve.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import { createValidator } from "../../src/models/validate.ts";
import { createPeople } from "../../src/people/people.ts";
import { createFetchInput } from "../../src/providers/fetch-input.ts";
import { offlineProvider } from "../../src/providers/offline/provider.ts";
import type { Registry } from "../../src/providers/registry.ts";
import type { NewKeyRow } from "../../src/store/key-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { createWebhookSecrets } from "../../src/webhooks/secrets.ts";
import { type HandClock, makeHandClock } from "./hand-clock.ts";
import { rigProviders } from "./rig-providers.ts";

/** The HTTP surface on a real store in a folder of its own, without sockets. */
export interface HttpRig {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly clock: HandClock;
  readonly services: HttpServices;
  readonly projectId: string;
  readonly keyId: string;
  /** Lines of the log at level error. */
  readonly errors: readonly string[];
  /** Sends a request with the live key; `key: null` sends none. */
  call(method: Method, url: string, options?: CallOptions): Promise<LightMyRequestResponse>;
  /** Stores a key and gives its secret. */
  addKey(
    projectId: string,
    mode: Mode,
    change?: Partial<NewKeyRow>,
  ): Promise<{ readonly id: string; readonly secret: string }>;
  /** Stores another project and gives its id. */
  addProject(): string;
  /** Stores the row of an uploaded clip of some seconds, without bytes, and gives its URL. */
  addClip(seconds: number, change?: Partial<FileRow>): Promise<string>;
  /** Accepts a task past the HTTP surface and gives it. */
  acceptTask(model?: string, callbackUrl?: string): Promise<Task>;
  /** Moves an accepted task to `running`. */
  startTask(taskId: string, progress: number): Promise<void>;
  /** Ends a task with the given files and items. */
  finishTask(taskId: string, results: RigResults): Promise<readonly FileRow[]>;
  /** Ends a task as failed. */
  failTask(taskId: string, errorCode: TaskErrorCode, errorMessage: string): Promise<void>;
  /** How many tasks the project has. */
  countTasks(): Promise<number>;
}

/** Methods that tests use. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** What a request carries. */
export interface CallOptions {
  readonly key?: string | null;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly payload?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a finished task made. */
export interface RigResults {
  readonly files: readonly {
    readonly mediaType: string;
    readonly extension: string;
    readonly bytes: Buffer;
  }[];
  readonly outputs: readonly Output[];
}

const RANDOM: RandomBytes = systemRandom;
const START_MS = Date.UTC(2026, 10, 20, 10, 30, 0);
/** A machine without neighbours, whose gateway listens on one port. */
const NETWORK = { ownPorts: [8787], ownAddresses: [], cidrsAllowed: [] };
const DAY_MS = 86_400_000;

/** Starts a rig that ends with the test, or with the file when it is given `{ after }`. */
export async function startHttp(
  context: { after(end: () => Promise<void>): void },
  settings: Partial<HttpSettings> = {},
  uploads: RigUploads = { mediaToo: false },
): Promise<HttpRig> {
  const dataDir = await mkdtemp(join(tmpdir(), "vidgo-http-"));
  const fatal: string[] = [];
  const store = await openSqliteStore({ dataDir, onFatal: (message) => fatal.push(message) });
  const clock = makeHandClock(START_MS);
  const projectId = await store.keys.ensureProject({
    id: makeId("project", RANDOM),
    name: "default",
    email: "owner@example.com",
    grant: { id: makeId("ledger", RANDOM), amount: 100_000_000, note: "start", nowMs: START_MS },
    nowMs: START_MS,
  });
  const errors: string[] = [];
  const files = await openDiskStore({ root: join(dataDir, "files"), clock });
  const staging = await openStaging(join(dataDir, "staging"), RANDOM);
  const previews = openPreviews({
    ...{ root: join(dataDir, "previews"), files, clock },
    onColour: (fileId, colour) => store.files.paint(fileId, colour),
  });
  const services = makeServices({
    ...{ store, files, staging, previews, projectId, clock, dataDir, errors, settings, uploads },
  });
  const app = buildApp(services);
  context.after(async () => {
    await app.close();
    await previews.close();
    await store.close();
    await rm(dataDir, { recursive: true });
  });
  return makeRig({ app, services, store, clock, projectId, dataDir, errors });
}

/** How uploads are taken. */
export interface RigUploads {
  readonly mediaToo: boolean;
  /** Who may make an account; with a link unless said. */
  readonly signup?: "open";
  /** Resolves the names of what is fetched; the system's way when absent. */
  readonly resolve?: Resolve;
}

interface ServicesSource {
  readonly store: Store;
  readonly files: FileStore;
  readonly staging: Staging;
  readonly previews: Previews;
  readonly projectId: string;
  readonly uploads: RigUploads;
  readonly clock: HandClock;
  readonly dataDir: string;
  readonly errors: string[];
  readonly settings: Partial<HttpSettings>;
}

function makeServices(source: ServicesSource): HttpServices {
  const { store, files, staging, clock, dataDir } = source;
  const settings: HttpSettings = {
    version: "0.1.0",
    publicUrl: "http://127.0.0.1:8787",
    loopbackCallbacks: true,
    bodyBytesMax: 1024 * 1024,
    uploadBytesMax: UPLOAD_BYTES_MAX.picture,
    keepAliveMs: 5_000,
    consoleDir: join(dataDir, "no-console"),
    dataDir,
    diskFreeBytesMin: 0,
    keepMaxMs: 30 * DAY_MS,
    limits: null,
    trustedProxies: [],
    ...source.settings,
  };
  const links = createLinks({ publicUrl: () => settings.publicUrl, key: randomBytes(32) });
  const outbound = createOutbound({
    ...{ userAgent: "test/1", ownPorts: () => NETWORK.ownPorts },
    ...(source.uploads.resolve === undefined ? {} : { resolve: source.uploads.resolve }),
  });
  const download = createDownload(outbound);
  const models = Object.fromEntries(createCatalogue().models.map(({ id, media }) => [id, media]));
  const offline = offlineProvider({ workers: 1, stagingDir: dataDir, models, clock });
  const { registry, keyring } = rigProviders(store, offline);
  return bindServices({
    ...{ outbound, keyring, homeProjectId: source.projectId },
    webhookSecrets: createWebhookSecrets(Buffer.alloc(32, 5)),
    takeUpload: createTakeUpload({
      ...{ store, files, staging, clock, random: RANDOM, ...source.uploads },
      download,
      ownFile: async (url) => {
        const id = links.parseUrl(url);
        if (id === null) return null;
        const row = await store.files.find(id);
        const lives = row?.deletedAtMs === null && row.expiresAtMs > clock.nowMs();
        return { path: lives ? await files.localPath(row.storageKey) : null };
      },
    }),
    uploadsPerMinute: 5,
    system: {
      ...{ role: "all", database: "sqlite" },
      settings: shownSettings({ PORT: "9000", VIDGO_SECRET: "never-to-be-told".repeat(3) }),
    },
    engine: engineOf(source, { links, download, registry }),
    files,
    links,
    previews: source.previews,
    marks: createMarks(Buffer.alloc(32, 3)),
    people: createPeople({
      ...{ store: store.people, clock, random: RANDOM, log: { warn: () => {} } },
      ...{ secret: Buffer.alloc(32, 7), publicUrl: () => settings.publicUrl },
      ...{ signup: source.uploads.signup ?? "invite", grant: 7_000 },
    }),
    judgeCallback: (url, loopback) =>
      judgeUrlText(url, { ...NETWORK, reach: loopback ? "loopback" : "public" }),
    settings,
  });
}

/** The part of the engine that submits; nothing here works on tasks. */
function engineOf(
  source: ServicesSource,
  parts: { readonly links: Links; readonly download: Download; readonly registry: Registry },
): EngineContext {
  const { store, staging, clock, errors } = source;
  const { links, download, registry } = parts;
  const catalogue = createCatalogue();
  const log: EngineContext["log"] = {
    info: () => {},
    warn: () => {},
    error: (fields, message) => errors.push(`${message} ${fields.route} ${fields.error}`),
  };
  const unused = () => assert.fail("a submit leaves the process by no way");
  const ownRow = async (url: string) => {
    const id = links.parseUrl(url);
    return id === null ? null : store.files.find(id);
  };
  const fetchInput = createFetchInput({
    ...{ download, clock, ownFile: async () => null },
    newPath: () => staging.newPlace("part").path,
  });
  return {
    store,
    clock,
    catalogue,
    log,
    random: RANDOM,
    validator: createValidator(),
    registry,
    accounts: createAccounts({ registry, clock, log }),
    callbackUrl: () => null,
    judgeInputUrl: () => null,
    wayOut: {
      request: unused,
      fetchInput,
      measure: createMeasure({ ownRow, fetchInput }),
      stage: unused,
      localPath: unused,
      keep: unused,
      letGo: unused,
      keepText: unused,
      hasRoom: unused,
    },
    fileUrl: links.url,
    settings: {
      node: "node",
      leaseMs: 30_000,
      concurrencyMax: 1,
      pollMs: 1_000,
      hardLimitMs: DAY_MS,
      fileLifeMs: DAY_MS,
      offline: "auto",
      enforceCredits: true,
    },
  };
}

interface RigSource {
  readonly app: FastifyInstance;
  readonly services: HttpServices;
  readonly store: Store;
  readonly clock: HandClock;
  readonly projectId: string;
  readonly dataDir: string;
  readonly errors: readonly string[];
}

async function makeRig(source: RigSource): Promise<HttpRig> {
  const { app, services, store, clock, projectId } = source;
  const addKey: HttpRig["addKey"] = async (ofProject, mode, change = {}) => {
    const { secret } = makeKey(mode, RANDOM);
    const id = makeId("key", RANDOM);
    const row = { id, projectId: ofProject, name: "test", mode, createdAtMs: clock.nowMs() };
    await store.keys.create({ ...row, ...showKey(secret), ...change });
    return { id, secret };
  };
  const key = await addKey(projectId, "live");
  const caller = { ...operatorOf(projectId), keyId: key.id };
  return {
    app,
    services,
    store,
    clock,
    projectId,
    errors: source.errors,
    keyId: key.id,
    addKey,
    call: (method, url, options = {}) => {
      const { key: secret = key.secret, json, payload, headers = {} } = options;
      return app.inject({
        method,
        url,
        headers: {
          ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(json === undefined ? {} : { payload: JSON.stringify(json) }),
        ...(payload === undefined ? {} : { payload }),
      });
    },
    async addClip(durationS, change = {}) {
      const row = { ...clipRow(projectId, { durationS, nowMs: clock.nowMs() }), ...change };
      await store.files.add(row);
      return services.links.url(row);
    },
    addProject: () => insertProject(source.dataDir, clock.nowMs()),
    acceptTask: (model = "grok-imagine", callbackUrl) => {
      const task = newTask(caller, model, clock.nowMs());
      return acceptTask(services, { ...task, callbackUrl: callbackUrl ?? null });
    },
    startTask: (taskId, progress) => startTask(services, taskId, progress),
    finishTask: (taskId, results) => finishTask(source, taskId, results),
    failTask: (taskId, errorCode, errorMessage) =>
      settle(services, taskId, { kind: "failed", errorCode, errorMessage }),
    countTasks: async () => (await store.tasks.list({ projectId, limit: 1000 })).length,
  };
}

function newTask(caller: Caller, model: string, nowMs: number): Task {
  return {
    id: makeTaskId(nowMs, RANDOM),
    projectId: caller.projectId,
    keyId: caller.keyId,
    mode: caller.mode,
    model,
    input: { prompt: "a red fox" },
    callbackUrl: null,
    stage: "queued",
    progress: 0,
    routes: [
      { provider: "offline", upstreamModel: model, account: "offline", onAmbiguous: "retry" },
    ],
    routeIndex: 0,
    attempts: 0,
    hold: 30_500,
    charged: null,
    outputs: [],
    errorCode: null,
    errorMessage: null,
    cancelAtMs: null,
    createdAtMs: nowMs,
    startedAtMs: null,
    softLimitAtMs: nowMs + DAY_MS / 24,
    hardLimitAtMs: nowMs + DAY_MS,
    finishedAtMs: null,
    expiresAtMs: null,
  };
}

async function acceptTask(services: HttpServices, task: Task): Promise<Task> {
  await services.store.tasks.accept({
    task,
    loopback: false,
    idempotency: null,
    oneShot: null,
    enforceCredits: false,
  });
  return task;
}

async function claim(services: HttpServices, taskId: string): Promise<number> {
  const { store, clock } = services;
  const wish = { nowMs: clock.nowMs(), leaseMs: 30_000, limit: 1000, node: "node" };
  const claims = await store.tasks.claimDue(wish);
  const claimed = claims.find((one) => one.task.id === taskId);
  if (claimed === undefined) throw new Error(`Task ${taskId} is not due`);
  return claimed.fence;
}

async function startTask(services: HttpServices, taskId: string, progress: number): Promise<void> {
  const nowMs = services.clock.nowMs();
  const fence = await claim(services, taskId);
  await services.store.tasks.recordStep({
    taskId,
    fence,
    stage: "polling",
    dueAtMs: nowMs,
    nowMs,
    progress,
    started: true,
  });
}

async function finishTask(
  source: RigSource,
  taskId: string,
  results: RigResults,
): Promise<readonly FileRow[]> {
  const { clock, projectId, dataDir, services } = source;
  const createdAtMs = clock.nowMs();
  const files = await Promise.all(
    results.files.map(async ({ bytes, mediaType, extension }, position): Promise<FileRow> => {
      const id = makeId("file", RANDOM);
      await writeFile(join(dataDir, id), bytes);
      await services.files.adopt(id, join(dataDir, id));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return {
        id,
        projectId,
        taskId,
        position,
        storageKey: id,
        mediaType,
        extension,
        sha256,
        sizeBytes: bytes.length,
        width: null,
        height: null,
        durationS: null,
        createdAtMs,
        expiresAtMs: createdAtMs + DAY_MS,
        deletedAtMs: null,
      };
    }),
  );
  const { outputs } = results;
  const view = await source.store.tasks.find(projectId, taskId);
  const charged = view?.task.hold ?? 0;
  await settle(services, taskId, {
    kind: "finished",
    outputs,
    files,
    creations: [],
    charged,
  });
  return files;
}

function clipRow(
  projectId: string,
  { durationS, nowMs }: { readonly durationS: number; readonly nowMs: number },
): FileRow {
  const id = makeId("file", RANDOM);
  return {
    ...{ id, projectId, taskId: null, position: 0, storageKey: id, sizeBytes: 1, durationS },
    ...{ mediaType: "video/mp4", extension: "mp4", sha256: "0".repeat(64) },
    ...{ width: 64, height: 48, createdAtMs: nowMs, expiresAtMs: nowMs + DAY_MS },
    deletedAtMs: null,
  };
}

type End = Parameters<Store["tasks"]["settle"]>[0]["end"];

async function settle(services: HttpServices, taskId: string, end: End): Promise<void> {
  const { store, clock } = services;
  const settled = await store.tasks.settle({
    taskId,
    fence: await claim(services, taskId),
    nowMs: clock.nowMs(),
    expiresAtMs: clock.nowMs() + DAY_MS,
    end,
    ledger: { settleId: makeId("ledger", RANDOM), releaseId: makeId("ledger", RANDOM) },
    event: { id: makeId("event", RANDOM), deliveryId: makeId("delivery", RANDOM), body: "{}" },
  });
  if (!settled) throw new Error(`Task ${taskId} was not settled`);
}

function insertProject(dataDir: string, nowMs: number): string {
  const id = makeId("project", RANDOM);
  using db = new DatabaseSync(join(dataDir, "vidgo.db"));
  db.prepare(
    "INSERT INTO project (id, name, email, balance, created_at) VALUES (?, 'other', ?, 0, ?)",
  ).run(id, "other@example.com", nowMs);
  return id;
}

/** Reads an error envelope out of an answer; fails the test when it is not one. */
export function errorOf(answer: LightMyRequestResponse): { message: string; type: string } {
  const body: unknown = answer.json();
  if (!isJsonObject(body) || !isJsonObject(body.error))
    throw new Error(`Not an error: ${answer.body}`);
  const { message, type } = body.error;
  if (body.code !== answer.statusCode || "data" in body)
    throw new Error(`Not ours: ${answer.body}`);
  if (typeof message !== "string" || typeof type !== "string") throw new Error(answer.body);
  return { message, type };
}

/** Reads the `data` of a success; fails the test when it is not one. */
export function dataOf(answer: LightMyRequestResponse): { readonly [name: string]: unknown } {
  const body: unknown = answer.json();
  if (
    !isJsonObject(body) ||
    body.code !== 200 ||
    answer.statusCode !== 200 ||
    !isJsonObject(body.data)
  ) {
    throw new Error(`Not a success: ${answer.statusCode} ${answer.body}`);
  }
  return body.data;
}

/** Finishes a task with one file of the given bytes; gives its row and its path. */
export async function servedFile(
  rig: HttpRig,
  file: Partial<RigResults["files"][number]> = {},
): Promise<{ readonly row: FileRow; readonly path: string; readonly bytes: Buffer }> {
  const bytes = file.bytes ?? randomBytes(1_000);
  const { mediaType = "image/png", extension = "png" } = file;
  const { id } = await rig.acceptTask();
  const [row] = await rig.finishTask(id, {
    files: [{ bytes, mediaType, extension }],
    outputs: [{ kind: "media", file: 0, media: "image" }],
  });
  assert.ok(row !== undefined);
  return { row, bytes, path: new URL(rig.services.links.url(row)).pathname };
}
