import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Millicredits } from "../../src/core/money.ts";
import { createAccounts } from "../../src/engine/accounts.ts";
import type { EngineContext, EngineSettings } from "../../src/engine/context.ts";
import { openHome } from "../../src/engine/first-start.ts";
import { createWayOut } from "../../src/engine/way-out.ts";
import { openDiskStore } from "../../src/files/disk-store.ts";
import type { FileStore } from "../../src/files/file-store.ts";
import { createIngest } from "../../src/files/ingest.ts";
import { openStaging, type Staging } from "../../src/files/staging.ts";
import { createDownload } from "../../src/lib/download.ts";
import { silentLog } from "../../src/lib/log.ts";
import { createOutbound } from "../../src/lib/outbound.ts";
import { systemRandom } from "../../src/lib/random.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import { createValidator } from "../../src/models/validate.ts";
import { createFetchInput } from "../../src/providers/fetch-input.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { createRegistry } from "../../src/providers/registry.ts";
import { type AccountLimits, NO_LIMITS } from "../../src/providers/settings.ts";
import { createUpstream } from "../../src/providers/upstream.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { type HandClock, makeHandClock } from "./hand-clock.ts";

/** An engine on a real database and a real folder, its time in our hands. */
export interface EngineBench extends AsyncDisposable {
  readonly context: EngineContext;
  readonly clock: HandClock;
  readonly files: FileStore;
  readonly staging: Staging;
  readonly projectId: string;
  /** Puts a small PNG into the staging folder; gives its name. */
  stagePicture(): Promise<string>;
}

/** What a bench may differ in. */
export interface BenchOptions {
  readonly providers: readonly Provider[];
  readonly settings?: Partial<EngineSettings>;
  /** Keeps its folder in memory where there is room: for many short lives. */
  readonly isQuick?: true;
  /** Of the account of each provider. */
  readonly limits?: AccountLimits;
  /** What the project starts with, millicredits; 1,000 credits unless said. */
  readonly grant?: Millicredits;
}

/** A PNG of one pixel. */
export const PIXEL: Uint8Array = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Opens a bench in a folder of its own. */
export async function openEngineBench(options: BenchOptions): Promise<EngineBench> {
  const room = options.isQuick === true && existsSync(MEMORY) ? MEMORY : tmpdir();
  const dataDir = await mkdtemp(join(room, "vidgo-engine-"));
  const clock = makeHandClock();
  const store = await openSqliteStore({
    dataDir,
    onFatal: (message) => process.stderr.write(`${message}\n`),
  });
  const files = await openDiskStore({ root: join(dataDir, "files"), clock });
  const staging = await openStaging(join(dataDir, "staging"), systemRandom);
  const outbound = createOutbound({ userAgent: "vidgo-test", ownPorts: () => [] });
  const download = createDownload(outbound);
  const newPath = (): string => staging.newPlace("part").path;
  const base = {
    store,
    clock,
    random: systemRandom,
    grant: options.grant ?? 1_000_000,
    bootstrapKey: null,
  };
  const { projectId } = await openHome(base);
  const registry = createRegistry(
    options.providers.map((provider) => ({
      provider,
      accounts: [
        {
          id: `${provider.name}-account`,
          baseUrl: "",
          secret: {},
          limits: options.limits ?? NO_LIMITS,
        },
      ],
    })),
  );
  const context: EngineContext = {
    store,
    clock,
    random: systemRandom,
    log: silentLog,
    catalogue: createCatalogue(),
    validator: createValidator(),
    registry,
    accounts: createAccounts({ registry, clock, log: silentLog }),
    wayOut: createWayOut({
      files,
      staging,
      ingest: createIngest({ store: files, staging, download }),
      request: createUpstream(outbound),
      fetchInput: createFetchInput({ download, clock, newPath, ownFile: async () => null }),
      ownRow: async (url) => {
        const [, id] = /^https:\/\/gateway\.example\.com\/files\/(\w+)\./.exec(url) ?? [];
        const row = id === undefined ? null : await store.files.find(id);
        return row !== null && row.expiresAtMs <= clock.nowMs() ? "gone" : row;
      },
    }),
    callbackUrl: () => null,
    judgeInputUrl: () => null,
    fileUrl: ({ id, extension }) => `https://gateway.example.com/files/${id}.${extension}`,
    settings: { ...SETTINGS, ...options.settings },
  };
  return {
    context,
    clock,
    files,
    staging,
    projectId,
    async stagePicture() {
      const { name, path } = await staging.reserve("png");
      await writeFile(path, PIXEL);
      return name;
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await outbound.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

const MEMORY = "/dev/shm";

const SETTINGS: EngineSettings = {
  node: "node",
  leaseMs: 30_000,
  concurrencyMax: 16,
  pollMs: 1_000,
  hardLimitMs: 86_400_000,
  fileLifeMs: 86_400_000,
  offline: "auto",
  enforceCredits: true,
};
